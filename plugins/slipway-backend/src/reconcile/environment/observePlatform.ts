import { createHash } from 'node:crypto';
import type { EnvironmentPlan, RenderedObject } from '@slipway/plan';
import { LABELS } from '@slipway/plugin-slipway-common';
import type { Platform } from '../../domain/environment/observation';
import { CredentialsRefusedError } from '../../ports/ClusterErrors';
import { WAIT_SETTINGS } from './dependencies';
import { type EnvironmentRun, messageOf } from './EnvironmentRun';

/** The objects that Slipway applies itself, in order. */
export function platformObjects(plan: EnvironmentPlan): RenderedObject[] {
  return plan.objects.filter(({ part }) => part === 'platform');
}

/** What of a plan is applied by us. */
export function platformDigest(plan: EnvironmentPlan): string {
  const objects = platformObjects(plan).map(({ cluster, object }) => [
    cluster,
    object,
  ]);
  return createHash('sha256')
    .update(JSON.stringify([objects, plan.generatedSecrets]))
    .digest('hex');
}

/**
 * Whether the cluster holds our own objects. It is asked only when something is new, when the watches miss something,
 * or when the last look is long ago, so that a run at every event costs it nothing.
 */
export async function observePlatform(
  run: EnvironmentRun,
  commit: string,
): Promise<Platform> {
  const plan = run.plan!;
  const objects = platformObjects(plan);
  if (run.o.apply === 'gitops-only') return observeOthersWork(run, objects);
  const applied = run.summary.applied;
  const digest = platformDigest(plan);
  const resyncMs = run.o.waits?.resyncMs ?? WAIT_SETTINGS.resyncMs;
  const fresh =
    applied !== undefined &&
    run.now.getTime() - Date.parse(applied.at) < resyncMs;
  if (
    fresh &&
    applied.digest === digest &&
    applied.commit === commit &&
    !misses(run)
  ) {
    return { state: 'applied', objects: objects.length };
  }
  return {
    state: 'pending',
    message: `${objects.length} objects are being applied.`,
    quiet: applied?.digest === digest && !misses(run),
  };
}

/** Whether the watches, where they are up to date, don't see what has to be there. */
function misses(run: EnvironmentRun): boolean {
  const live = run.o.index.environment(run.key);
  const sees = (cluster: string) =>
    live.sources.some(
      source => source.cluster === cluster && source.state === 'live',
    );
  const { name, argocd } = run.cluster!;
  const namespace = live.objects.some(
    object => object.kind === 'Namespace' && object.name === run.namespace,
  );
  return (
    (sees(name) && !namespace) ||
    (sees(argocd.cluster) && live.application === undefined)
  );
}

/** With credentials that only read: what of ours is there already. */
async function observeOthersWork(
  run: EnvironmentRun,
  objects: RenderedObject[],
): Promise<Platform> {
  try {
    const missing: string[] = [];
    for (const { cluster, object } of objects) {
      const { name, namespace, labels } = object.metadata;
      const found = await run.o.clusters
        .client(cluster)
        .get({ ...object, name, namespace });
      if (
        found?.metadata.labels?.[LABELS.environment] !==
        labels?.[LABELS.environment]
      ) {
        missing.push(`${object.kind} ${name}`);
      }
    }
    return { state: 'left-to-others', missing };
  } catch (error) {
    return {
      state: 'unreachable',
      message: messageOf(error),
      credentials: error instanceof CredentialsRefusedError,
    };
  }
}
