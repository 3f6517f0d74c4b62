import type { KubernetesObject } from './types';

/** The annotation by which Argo CD is told what to leave alone. */
const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';

/** Keeps Argo CD from deleting an object, also when its Application goes. @internal */
export const RETAIN_ANNOTATIONS = {
  [SYNC_OPTIONS]: 'Prune=false,Delete=false',
};

/** Whether an object stays in the cluster when it is rendered no more. @internal */
export function isRetained({ metadata }: KubernetesObject): boolean {
  // A patch may have written something else than text.
  return String(metadata.annotations?.[SYNC_OPTIONS] ?? '')
    .split(',')
    .includes('Prune=false');
}

/**
 * Whether removing an object loses data: a disk, or what has disks.
 *
 * @public
 */
export function holdsData({ kind, spec }: KubernetesObject): boolean {
  const claims = (
    spec as { volumeClaimTemplates?: unknown[] } | null | undefined
  )?.volumeClaimTemplates;
  return (
    kind === 'PersistentVolumeClaim' ||
    (kind === 'StatefulSet' && (claims?.length ?? 0) > 0)
  );
}
