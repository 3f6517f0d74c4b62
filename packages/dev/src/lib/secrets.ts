import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Secrets of the embedded default; random, made once, readable by their owner only. */
export interface DemoSecrets {
  sandboxToken: string;
}

/** Reads the secrets of a state folder, or makes them. */
export async function demoSecrets(state: string): Promise<DemoSecrets> {
  const file = join(state, 'secrets.json');
  try {
    return JSON.parse(await readFile(file, 'utf8')) as DemoSecrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const secrets: DemoSecrets = {
    sandboxToken: randomBytes(24).toString('hex'),
  };
  await mkdir(state, { recursive: true, mode: 0o700 });
  await writeFile(`${file}.incomplete`, JSON.stringify(secrets), {
    mode: 0o600,
  });
  await rename(`${file}.incomplete`, file);
  return secrets;
}
