import { allowedBy, ARGOCD_MANAGER } from '../domain/drift';
import { FIELD_MANAGER } from '@slipway/plugin-slipway-common';
import { Stores } from '../database/createStores';
import { DriftReconciler } from '../reconcile/drift';
import { DriftReconcilerOptions } from '../reconcile/drift/options';
import { Settings } from '../settings';
import { WatchedStatusIndex, WrittenObjects } from '../watch';

/** Who may own fields: whoever the settings name and, always, the two that apply. */
export function writtenObjects(settings: Settings): WrittenObjects {
  return WrittenObjects.create({
    allowed: allowedManagers(settings),
    // Where Slipway only reads, it has no right to watch these, and no use for them.
    ...(settings.apply === 'gitops-only' && { kinds: [] }),
  });
}

/** The reconciler of drift. */
export function driftReconciler(
  settings: Settings,
  stores: Stores,
  {
    index,
    ...rest
  }: Pick<DriftReconcilerOptions, 'clusters' | 'host'> & {
    index: WatchedStatusIndex;
    writes: WrittenObjects;
  },
): DriftReconciler {
  return DriftReconciler.create({
    ...rest,
    index,
    watching: () => index.observed(),
    unseen: () => index.unseen(),
    drifts: stores.drifts,
    environments: stores.environments,
    gitops: settings.gitops.repository,
    apply: settings.apply,
    allowed: allowedManagers(settings),
    waits: { recheckMs: settings.drift.recheckMs },
  });
}

function allowedManagers({ drift }: Settings): (manager: string) => boolean {
  return allowedBy([FIELD_MANAGER, ARGOCD_MANAGER, ...drift.allowedManagers]);
}
