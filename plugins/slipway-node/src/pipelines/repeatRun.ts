import { ConflictError, NotFoundError } from '@backstage/errors';
import type { WatchedObject } from '../live/LiveKind';
import type { PipelineCluster, RerunRequest } from './PipelineEngine';
import { rerunMetadata } from './rerun';
import type { PipelineRunItem } from './types';

/**
 * The object of a run, as the cluster has it now. Throws `NotFoundError` when it is gone, also when another one has its
 * name.
 *
 * @public
 */
export async function runObject(
  cluster: PipelineCluster,
  kind: { apiVersion: string; kind: string },
  run: PipelineRunItem,
): Promise<WatchedObject> {
  const namespace = run.namespace ?? '';
  const found = await cluster.get({ ...kind, namespace, name: run.name });
  if (!found || found.metadata.uid !== run.id) {
    throw new NotFoundError(
      `The ${kind.kind} ${run.name} in ${namespace} is gone, so it can be neither read nor run again; start its pipeline anew.`,
    );
  }
  return found;
}

/**
 * What of a run is not its copy's.
 *
 * @public
 */
export interface RunCopy {
  spec: object;
  /** Labels and annotations of the old run that the copy is made without. */
  drop: (name: string) => boolean;
  /** Labels that the copy has beside those of the old run. */
  labels?: Record<string, string>;
}

/**
 * Makes a copy of a run under the name that {@link rerunMetadata} gives it, unless it is there already. Returns its id.
 *
 * @public
 */
export async function repeatRun(
  cluster: PipelineCluster,
  old: WatchedObject,
  request: RerunRequest,
  { spec, drop, labels }: RunCopy,
): Promise<{ id: string }> {
  const { apiVersion, kind } = old;
  const metadata = rerunMetadata(old, request, drop);
  const made = await cluster.create({
    apiVersion,
    kind,
    metadata: { ...metadata, labels: { ...metadata.labels, ...labels } },
    spec,
  });
  const { name, namespace = '' } = metadata;
  const now = await cluster.get({ apiVersion, kind, namespace, name });
  if (!now?.metadata.uid) {
    throw new ConflictError(
      `The ${kind} ${name} in ${namespace} was ${made ? 'made' : 'there'}, but has been removed since; ask again.`,
    );
  }
  return { id: now.metadata.uid };
}
