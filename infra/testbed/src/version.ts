import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { TestbedError } from './errors.ts';

/** What a program says of itself, such as `1.36.1`. */
export async function binaryVersion(path: string): Promise<string> {
  const { stdout } = await promisify(execFile)(path, ['--version']);
  const version = /\bv?(\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1];
  if (!version)
    throw new TestbedError(
      `${path} --version names no version: ${stdout.trim()}`,
    );
  return version;
}
