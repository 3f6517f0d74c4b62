import { createHash } from 'node:crypto';
import type { WatchedObject } from '../live/LiveKind';
import type { RerunRequest } from './PipelineEngine';

/** Id of the run that a run repeats. */
const RERUN_OF = 'slipway.dev/rerun-of';
/** Who wanted it again. */
const RERUN_BY = 'slipway.dev/rerun-by';

/** Names of runs become values of labels. */
const NAME_MAX = 63;
const HASH_LENGTH = 10;
const FORMER_RERUN = new RegExp(`-r[0-9a-f]{${HASH_LENGTH}}$`);

/** Belongs to the object that it was found on; a copy that carried it would be pruned, or taken for that object. */
const ARGOCD = 'argocd.argoproj.io/';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * Id of the run that a run repeats, when Slipway made it.
 *
 * @public
 */
export function rerunOf(object: WatchedObject): string | undefined {
  return object.metadata.annotations?.[RERUN_OF];
}

/**
 * Who wanted the run again, as catalog entity ref, when Slipway made it.
 *
 * @public
 */
export function rerunBy(object: WatchedObject): string | undefined {
  return object.metadata.annotations?.[RERUN_BY];
}

/**
 * Metadata of the run that repeats another one: its labels and annotations but for what `drop` names, the same
 * namespace, and a name that follows from run and key – so that the API server itself refuses a second one.
 *
 * @public
 */
export function rerunMetadata(
  object: WatchedObject,
  { key, actor }: RerunRequest,
  drop: (name: string) => boolean,
): WatchedObject['metadata'] & { generateName?: string } {
  const { name, namespace, uid = '', labels, annotations } = object.metadata;
  const { generateName } = object.metadata as { generateName?: string };
  const hash = createHash('sha256')
    .update(JSON.stringify([uid, key]))
    .digest('hex')
    .slice(0, HASH_LENGTH);
  const suffix = generateName ? hash : `-r${hash}`;
  const base = generateName ?? name.replace(FORMER_RERUN, '');
  const kept = (entries: Record<string, string> = {}) =>
    Object.fromEntries(
      Object.entries(entries).filter(
        ([entry]) =>
          !drop(entry) && !entry.startsWith(ARGOCD) && entry !== LAST_APPLIED,
      ),
    );
  return {
    name: `${base.slice(0, NAME_MAX - suffix.length)}${suffix}`,
    ...(generateName && { generateName }),
    namespace,
    labels: kept(labels),
    annotations: {
      ...kept(annotations),
      [RERUN_OF]: uid,
      [RERUN_BY]: actor,
    },
  };
}
