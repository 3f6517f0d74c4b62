import { builtBinaries } from '../build.ts';
import { TestbedError } from '../errors.ts';
import { ADDON_MODULES } from '../tools.ts';
import type { Addon, ReadyAddon } from './addon.ts';
import { argocdAddon } from './argocd/index.ts';
import { argoWorkflowsAddon } from './argoWorkflows.ts';
import { kwokAddon } from './kwok.ts';
import { tektonAddon } from './tekton.ts';

export type { Addon, Hub, ReadyAddon } from './addon.ts';

/** What `--with` can run, in the order in which they can start. */
export const ADDONS: Addon[] = [
  kwokAddon,
  tektonAddon,
  argoWorkflowsAddon,
  argocdAddon,
];

/** Builds and reads what these add-ons, and those that they need, are made of. */
export async function readyAddons(
  names: string[],
  log: (message: string) => void,
): Promise<ReadyAddon[]> {
  const wanted = new Set<string>();
  const want = (name: string) => {
    const addon = ADDONS.find(one => one.name === name);
    if (!addon) throw new TestbedError(`There is no add-on "${name}".`);
    addon.needs.forEach(want);
    wanted.add(name);
  };
  names.forEach(want);
  const ready: ReadyAddon[] = [];
  for (const addon of ADDONS.filter(({ name }) => wanted.has(name))) {
    ready.push({
      addon,
      binaries: await builtBinaries(
        ADDON_MODULES.filter(({ module }) => addon.modules.includes(module)),
        log,
      ),
      objects: await addon.objects(log),
    });
  }
  return ready;
}
