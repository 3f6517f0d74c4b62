import { spawn } from 'node:child_process';
import { ROOT } from './paths.ts';

/** How a child ended, with the end of what it printed. */
export interface RunResult {
  code: number;
  output: string;
}

const KEPT = 200_000;

/**
 * Runs a program (argument array, no shell) in the repository.
 *
 * @param quiet - keep the output for the caller instead of showing it
 */
export function run(
  command: string,
  args: string[],
  options: {
    quiet?: boolean;
    env?: Record<string, string>;
    cwd?: string;
    input?: string;
  } = {},
): Promise<RunResult> {
  return new Promise((resolvePromise, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? ROOT,
      env: { ...process.env, ...options.env },
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    let output = '';
    const take = (stream: NodeJS.WriteStream) => (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-KEPT);
      if (!options.quiet) stream.write(chunk);
    };
    child.stdout?.on('data', take(process.stdout));
    child.stderr?.on('data', take(process.stderr));
    child.on('error', reject);
    child.on('close', code => resolvePromise({ code: code ?? 1, output }));
    if (options.input !== undefined) child.stdin?.end(options.input);
  });
}
