import { createHash } from 'node:crypto';
import { environmentFolder, readRenderedFiles } from '@slipway/plan';
import { FIELD_MANAGER } from '@slipway/plugin-slipway-common';
import { ARGOCD_MANAGER, refKey } from '../../domain/drift';
import type { KubernetesObject } from '../../ports/Clusters';
import type { DesiredObject, DriftRun } from './DriftRun';

/**
 * Kinds that are never laid beside what runs: Slipway has no right to read Secrets, and what is rendered of them are
 * places for values that only the cluster knows.
 */
const NEVER_READ = ['Secret'];

/**
 * What was agreed: `platform/` as Slipway applied it last, `workload/` as Argo CD synced it last. What Git holds beyond
 * that is on its way, which the road tells; it is no drift.
 */
export async function readDesired(run: DriftRun): Promise<DesiredObject[]> {
  const platform = run.summary.applied?.commit ?? run.record.commit;
  const workload = run.sync.synced;
  const desired: DesiredObject[] = [];
  if (platform) desired.push(...(await readPart(run, platform, 'platform')));
  if (workload) desired.push(...(await readPart(run, workload, 'workload')));
  return desired;
}

/** The objects of one part of the folder, as a commit has them. */
export async function readPart(
  run: DriftRun,
  commit: string,
  part: DesiredObject['part'],
): Promise<DesiredObject[]> {
  const { organization, service, name: environment } = run.record;
  const folder =
    run.summary.folder ??
    environmentFolder({
      cluster: run.info.name,
      organization,
      service,
      environment,
    });
  const files = await run.o.host.readFiles(run.o.gitops, {
    commit,
    prefixes: [`${folder}/${part}/`],
  });
  return readRenderedFiles(files)
    .objects.filter(
      object =>
        object.part === part && !NEVER_READ.includes(object.object.kind),
    )
    .map(({ object }) => asDesired(run, object as KubernetesObject, part));
}

function asDesired(
  run: DriftRun,
  object: KubernetesObject,
  part: DesiredObject['part'],
): DesiredObject {
  const { apiVersion, kind } = object;
  const { name, namespace } = object.metadata;
  const ref = { apiVersion, kind, name, ...(namespace && { namespace }) };
  return {
    key: refKey(ref),
    ref,
    object,
    part,
    cluster: apiVersion.startsWith('argoproj.io/')
      ? run.info.argocd.cluster
      : run.info.name,
    applier: part === 'platform' ? FIELD_MANAGER : ARGOCD_MANAGER,
    wanted: createHash('sha256')
      .update(JSON.stringify(object))
      .digest('base64url')
      .slice(0, 22),
  };
}
