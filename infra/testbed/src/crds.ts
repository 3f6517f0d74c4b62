import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cachedFolder } from './cache.ts';
import { TestbedError } from './errors.ts';
import { moduleFolder, requireGo } from './go.ts';
import { readManifests, type KubeObject } from './manifests.ts';
import { cacheRoot, toolsRoot } from './paths.ts';
import { CRD_BUNDLES, type CrdBundle, type ManifestBundle } from './tools.ts';

/** The bundle of that name; the error names those that exist. */
export function crdBundle(name: string): CrdBundle {
  const bundle = CRD_BUNDLES.find(candidate => candidate.name === name);
  if (!bundle) {
    const known = CRD_BUNDLES.map(candidate => candidate.name).join(', ');
    throw new TestbedError(
      `There is no CRD bundle "${name}"; there are ${known}.`,
    );
  }
  return bundle;
}

/** The CRDs of a bundle. */
export async function readCrdBundle(
  bundle: CrdBundle,
  log: (message: string) => void,
): Promise<KubeObject[]> {
  const crds = (await readBundle(bundle, log)).filter(isCrd);
  return bundle.withoutConversion ? crds.map(dropConversion) : crds;
}

export function isCrd({ kind }: KubeObject): boolean {
  return kind === 'CustomResourceDefinition';
}

/**
 * Manifests from the module that Go fetches and verifies. They are copied into
 * the cache, so that the next time needs no Go; they are never committed.
 */
export async function readBundle(
  bundle: ManifestBundle,
  log: (message: string) => void,
): Promise<KubeObject[]> {
  const dir = await cachedFolder({
    cacheRoot: cacheRoot(),
    module: bundle.name,
    variant: bundle.sources,
    fill: target => copyCrds(bundle, target, log),
    onWait: log,
  });
  return readManifests(dir);
}

async function copyCrds(
  bundle: ManifestBundle,
  target: string,
  log: (message: string) => void,
): Promise<void> {
  await requireGo(`The manifests of ${bundle.name}`);
  log(`Fetching the manifests of ${bundle.name} …`);
  for (const [index, source] of bundle.sources.entries()) {
    const folder = join(
      await moduleFolder(source.goModule, join(toolsRoot, bundle.name)),
      source.folder,
    );
    if (!existsSync(folder)) {
      throw new TestbedError(
        `${source.goModule} has no folder ${source.folder}.`,
      );
    }
    const copy = join(target, String(index));
    mkdirSync(copy);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.startsWith(source.prefix ?? ''))
        continue;
      cpSync(join(folder, entry.name), join(copy, entry.name));
    }
  }
}

export function dropConversion(crd: KubeObject): KubeObject {
  const { conversion: _, ...spec } = crd.spec as Record<string, unknown>;
  return { ...crd, spec };
}
