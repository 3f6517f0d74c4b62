import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Secrets of the embedded default; random, made once, readable by their owner only. */
export interface DemoSecrets {
  sandboxToken: string;
  /** `slipway.webhooks.key`. */
  webhooksKey: string;
}

/** Reads the secrets of a state folder, and makes those that it lacks. */
export async function demoSecrets(state: string): Promise<DemoSecrets> {
  const file = join(state, 'secrets.json');
  const known = await readSecrets(file);
  const secrets: DemoSecrets = {
    sandboxToken: known.sandboxToken ?? randomBytes(24).toString('hex'),
    webhooksKey: known.webhooksKey ?? randomBytes(32).toString('hex'),
  };
  // A folder of an earlier version has some of them.
  if (known.sandboxToken && known.webhooksKey) return secrets;
  await mkdir(state, { recursive: true, mode: 0o700 });
  await writeFile(`${file}.incomplete`, JSON.stringify(secrets), {
    mode: 0o600,
  });
  await rename(`${file}.incomplete`, file);
  return secrets;
}

async function readSecrets(file: string): Promise<Partial<DemoSecrets>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Partial<DemoSecrets>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return {};
  }
}
