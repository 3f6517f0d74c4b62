import { ARGOCD_MANAGER, same, type FieldDrift } from '../../domain/drift';
import type { Healer } from '../../domain/drift/episode';
import { fieldOwners, valueAt } from '../../domain/drift/lookup';
import { refKey, type ObjectDrift } from '../../domain/drift/types';
import { FIELD_MANAGER } from '@slipway/plugin-slipway-common';
import { toolOf } from '../../domain/drift';
import type { DriftRun } from './DriftRun';

/** Who put a field back, as far as the cluster and the requests say; nothing is guessed. */
export function healerOf(
  run: DriftRun,
  object: ObjectDrift,
  field: FieldDrift,
): Healer {
  const key = refKey(object);
  const desired = run.desired.find(one => one.key === key);
  if (
    field.why === 'changed' &&
    desired &&
    same(valueAt(desired.object, field.path), field.found)
  ) {
    return { by: 'git' };
  }
  const asked = run.putBackBy.get(key);
  if (asked) return { by: 'person', name: asked, at: run.now };
  const live = run.live.get(key);
  if (!live) return { by: 'unknown' };
  const owners = fieldOwners(live, field.path);
  const owner =
    owners.find(({ manager }) => manager === desired?.applier) ?? owners[0];
  const at = owner?.time ? new Date(owner.time) : undefined;
  if (!owner || owner.manager === field.manager) return { by: 'unknown' };
  if (owner.manager === ARGOCD_MANAGER) return byArgoCD(run, at);
  if (owner.manager === FIELD_MANAGER) return { by: 'slipway', at };
  return { by: 'tool', name: toolOf(owner), at };
}

/** Argo CD by itself, or because a person asked it to. */
function byArgoCD(run: DriftRun, at: Date | undefined): Healer {
  const { initiatedBy } = run.sync;
  return initiatedBy?.username
    ? { by: 'person', name: initiatedBy.username, at }
    : { by: 'argocd', at };
}
