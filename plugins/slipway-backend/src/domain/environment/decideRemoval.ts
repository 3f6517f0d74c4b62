import type { EnvironmentPhase } from '@slipway/plugin-slipway-common';
import type { ConditionDraft, Decision, Next } from './decision';
import type { Observation, Remains } from './observation';
import * as removals from './removalStations';
import * as stations from './stations';

/**
 * The order in which an environment goes: its Application, whose finalizer takes the workloads along, then the
 * AppProject that allowed them, then what Slipway applied, the namespace last, then its folder in Git. A finished step
 * is seen in the cluster, not remembered, so it doesn't matter where the last run ended. Where an ApplicationSet makes
 * the Application, the folder that it is made of goes first.
 */
export function decideRemoval(seen: Observation): Decision {
  const { remains, previous } = seen;
  // Once it is gone it stays so: what somebody puts under its name afterwards is not ours to remove.
  if (previous.phase === 'deleted')
    return close(removals.removed([]), 'deleted', { type: 'rest' });
  if (remains.state === 'unseen') {
    return close(stations.declared(seen.declaration), 'deleting', {
      type: 'look',
      at: 'remains',
    });
  }
  const condition = removals.removing(remains);
  switch (remains.state) {
    case 'unreachable':
      return close(condition, 'deleting', { type: 'wait', for: 'cluster' });
    case 'refused':
      return close(condition, 'failed', { type: 'wait', for: 'cluster' });
    case 'git-unavailable':
      return close(condition, 'deleting', { type: 'wait', for: 'git' });
    default:
      return step(remains, condition);
  }
}

function step(
  remains: Extract<Remains, { state: 'looked' }>,
  condition: ConditionDraft,
): Decision {
  const { keeps, application, project, objects, namespace, folder, domains } =
    remains;
  const on = (next: Next) => close(condition, 'deleting', next);
  if (application === 'present' && remains.generated) {
    if (folder === 'present') return on({ type: 'act', act: 'delete-folder' });
    if (folder === 'handed-over') return on({ type: 'wait', for: 'people' });
  }
  if (application === 'present')
    return on({ type: 'act', act: 'delete-application' });
  if (application === 'deleting') return on({ type: 'wait', for: 'argocd' });
  if (project === 'present') return on({ type: 'act', act: 'delete-project' });
  if (project === 'deleting') return on({ type: 'wait', for: 'argocd' });
  if (objects.length > 0) return on({ type: 'act', act: 'delete-objects' });
  if (namespace === 'present') {
    return on({
      type: 'act',
      act: keeps.length > 0 ? 'keep-namespace' : 'delete-namespace',
    });
  }
  if (namespace === 'deleting') return on({ type: 'wait', for: 'cluster' });
  if (folder === 'present') return on({ type: 'act', act: 'delete-folder' });
  if (folder === 'handed-over') return on({ type: 'wait', for: 'people' });
  if (domains === 'held') return on({ type: 'act', act: 'release-domains' });
  return close(
    removals.removed(keeps),
    keeps.length > 0 ? 'retained' : 'deleted',
    { type: 'rest' },
  );
}

function close(
  condition: ConditionDraft,
  phase: EnvironmentPhase,
  next: Next,
): Decision {
  return {
    conditions: [condition, ...stations.after('Declared').map(stations.ahead)],
    phase,
    next,
  };
}
