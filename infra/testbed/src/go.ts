import { execFile, spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { promisify } from 'node:util';
import { EXIT_MISSING_TOOL, TestbedError } from './errors.ts';

/** Builds take both cores for minutes: let everything else go first. */
const BUILD_NICENESS = 10;
const OUTPUT_TAIL = 4_000;

/** Fails with what to install when there is no Go on this machine. */
export async function requireGo(what: string): Promise<void> {
  try {
    await promisify(execFile)('go', ['version']);
  } catch (error) {
    throw new TestbedError(
      [
        `${what} must be built first, and "go" was not found on PATH.`,
        'Install Go 1.26 or newer, or set KUBEBUILDER_ASSETS to a folder that holds the binaries,',
        'or SLIPWAY_TESTBED_CACHE to a cache that was filled on another machine of this kind.',
      ].join('\n'),
      { exitCode: EXIT_MISSING_TOOL, cause: error },
    );
  }
}

/** Runs Go in a module's folder and gives what it printed. */
export async function runGo(args: string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    // Loading go.mod must never change it: what is built is what is committed.
    const child = spawn('go', args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        GOFLAGS: '-mod=readonly -buildvcs=false',
        GOWORK: 'off',
      },
    });
    if (child.pid !== undefined) setPriority(child.pid, BUILD_NICENESS);
    let output = '';
    let errors = '';
    child.stdout.on('data', chunk => {
      output += chunk;
    });
    child.stderr.on('data', chunk => {
      errors = (errors + chunk).slice(-OUTPUT_TAIL);
    });
    child.on('error', reject);
    child.on('close', code => {
      if (code === 0) resolve(output);
      else {
        reject(
          new TestbedError(
            `go ${args[0]} failed in ${cwd} with exit code ${code}:\n${errors || output}`,
          ),
        );
      }
    });
  });
}

/** Folder of a dependency, in the version that the module in `cwd` asks for; fetched and verified when it is missing. */
export async function moduleFolder(
  goModule: string,
  cwd: string,
): Promise<string> {
  const answer = await runGo(['mod', 'download', '-json', goModule], cwd);
  return (JSON.parse(answer) as { Dir: string }).Dir;
}
