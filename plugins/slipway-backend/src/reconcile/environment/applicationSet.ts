import { randomUUID } from 'node:crypto';
import { NotAllowedError } from '@backstage/errors';
import {
  ENVIRONMENT_FILE,
  parseEnvironmentFile,
  renderApplicationSet,
  type RenderedObject,
} from '@slipway/plan';
import { LABELS, MANAGED_BY } from '@slipway/plugin-slipway-common';
import { clusterFacts } from '../../domain/platform/clusterFacts';
import type { KubernetesObject, ObjectRef } from '../../ports/Clusters';
import type { EnvironmentRun } from './EnvironmentRun';
import { ownerInWords } from './ours';

/** Argo CD reads Git anew for a set that carries this, and takes it off when all its Applications are as Git says. */
const REFRESH = 'argocd.argoproj.io/application-set-refresh';

/** Whether Argo CD makes the Application out of what is planned. */
export function isGenerated(run: EnvironmentRun): boolean {
  const file = run.plan?.files.find(({ path }) =>
    path.endsWith(`/${ENVIRONMENT_FILE}`),
  );
  return (
    file !== undefined &&
    parseEnvironmentFile(file.content).application !== undefined
  );
}

/** The set that made an Application. */
export function generatorOf({ metadata }: KubernetesObject) {
  return metadata.ownerReferences?.find(
    ({ kind, controller }) => kind === 'ApplicationSet' && controller,
  );
}

/**
 * The set is one for the cluster, and every environment makes sure of it: whichever comes first after a change of the
 * settings brings it up to date, and for the others it is as it should be.
 */
export async function applyApplicationSet(run: EnvironmentRun): Promise<void> {
  const set = wantedSet(run);
  const there = await run.hub().get(refOf(set));
  if (there && there.metadata.labels?.[LABELS.managedBy] !== MANAGED_BY) {
    throw new NotAllowedError(
      `ApplicationSet '${set.metadata.name}' is there already and belongs to ${ownerInWords(there)}.`,
    );
  }
  // Argo CD writes its own defaults into the generators, and they are its from then on.
  await run.hub().apply(set, { force: true });
}

/**
 * Has Argo CD read Git now; it would look every few minutes. What is asked for while it reads counts for the next time:
 * each asks with a word of its own, and what it didn't see Argo CD can't take off.
 */
export async function refreshSet(run: EnvironmentRun): Promise<void> {
  const ref = refOf(wantedSet(run));
  if (!(await run.hub().get(ref))) return;
  await run.hub().mergePatch(ref, {
    metadata: { annotations: { [REFRESH]: randomUUID() } },
  });
}

/** Whether Argo CD is yet to read Git for the set; false where there is no set. */
export async function isReading(run: EnvironmentRun): Promise<boolean> {
  const set = await run.hub().get(refOf(wantedSet(run)));
  return set?.metadata.annotations?.[REFRESH] !== undefined;
}

/** Makes an Application Slipway's own that a set had made: the set's deletion must not take it along, nor its fields be the set's. */
export async function takeFromSet(
  run: EnvironmentRun,
  { cluster, object }: RenderedObject,
): Promise<void> {
  const client = run.o.clusters.client(cluster);
  await refreshSet(run);
  await client.mergePatch(refOf(object), {
    metadata: { ownerReferences: null },
  });
  await client.apply(object, { force: true });
}

function wantedSet(run: EnvironmentRun): KubernetesObject {
  return renderApplicationSet(clusterFacts(run.cluster!), run.o.gitops.target);
}

function refOf({ apiVersion, kind, metadata }: KubernetesObject): ObjectRef {
  const { name, namespace } = metadata;
  return { apiVersion, kind, name, namespace };
}
