import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** A file of a skeleton, as it travels with a change request. */
interface SkeletonFile {
  path: string;
  content: string;
  executable?: boolean;
}

/** Writes a skeleton where it can be run. */
export async function writeSkeleton(
  folder: string,
  files: SkeletonFile[],
): Promise<void> {
  for (const { path, content, executable } of files) {
    const target = resolve(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
    if (executable) await chmod(target, 0o755);
  }
}

/** Only what a program needs to be found and to write its caches; not what this test run was given. */
function environment(extra: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return {
    NODE_ENV: 'test',
    PATH,
    HOME,
    PYTHONDONTWRITEBYTECODE: '1',
    // Nothing is to be fetched: the skeletons use the standard libraries alone.
    GOFLAGS: '-mod=mod',
    GOPROXY: 'off',
    GOTOOLCHAIN: 'local',
    ...extra,
  };
}

/** Runs a command to its end and answers what it printed; throws that when it fails. */
export function execute(folder: string, command: string[]): string {
  const [program, ...args] = command;
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    env: environment({}),
    encoding: 'utf8',
  });
  if (status !== 0) {
    throw new Error(
      `${command.join(' ')} failed: ${error ?? ''}\n${stdout}\n${stderr}`,
    );
  }
  return stdout;
}

/** Whether a program is there, so that a test for it can be left out by name. */
export function isInstalled(program: string, ...args: string[]): boolean {
  return spawnSync(program, args).status === 0;
}

/** A service of a skeleton that runs. */
export interface RunningService {
  get(path: string): Promise<{ status: number; type: string; body: string }>;
  /** Asks it to stop, as Kubernetes does, and answers its exit code. */
  terminate(): void;
  exited: Promise<number | null>;
  process: ChildProcess;
}

/** Starts a service on a free port and waits until it listens. */
export async function startService(
  folder: string,
  command: string[],
  variables: Record<string, string>,
): Promise<RunningService> {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd: folder,
    env: environment({ PORT: '0', ...variables }),
  });
  let output = '';
  const exited = new Promise<number | null>(done => {
    child.on('exit', code => done(code));
  });
  const port = await new Promise<number>((found, fail) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      const match = /"port":(\d+)|on port (\d+)/.exec(output);
      if (match) found(Number(match[1] ?? match[2]));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    exited.then(code => fail(new Error(`It ended with ${code}:\n${output}`)));
  });
  return {
    process: child,
    exited,
    terminate: () => child.kill('SIGTERM'),
    async get(path) {
      const response = await fetch(`http://localhost:${port}${path}`);
      return {
        status: response.status,
        type: response.headers.get('content-type') ?? '',
        body: await response.text(),
      };
    },
  };
}
