import type { KubernetesObject } from '../../ports/Clusters';

/** What the API server keeps of its own accord. */
const BOOKKEEPING = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
];

/**
 * Annotations that tools leave as a note to themselves; drift only where Git sets them. A restart by
 * `kubectl rollout restart` is something that was done, not a state that anybody agreed to or could put back.
 */
const NOTES = [
  'argocd.argoproj.io/',
  'kubectl.kubernetes.io/last-applied-configuration',
  'kubectl.kubernetes.io/restartedAt',
  'deployment.kubernetes.io/',
  'autoscaling.alpha.kubernetes.io/',
  'control-plane.alpha.kubernetes.io/',
  'pv.kubernetes.io/',
  'volume.beta.kubernetes.io/',
  'volume.kubernetes.io/',
];

/** Labels that mark whose an object is, where Argo CD is set up to use one. */
const TRACKING_LABELS = ['app.kubernetes.io/instance'];

/** Labels that the API server puts on by itself. */
const OWN_LABELS = ['kubernetes.io/metadata.name'];

/** Whether a field is never drift: bookkeeping, status, operations, and notes that Git doesn't set. */
export function isIgnored(
  segments: Array<string | number>,
  object: KubernetesObject,
  setByGit: boolean,
): boolean {
  const [first, second, third] = segments;
  if (first === 'apiVersion' || first === 'kind' || first === 'status')
    return true;
  // An operation that somebody asked of Argo CD is over when it is done; nobody agreed to it in Git.
  if (first === 'operation' && object.apiVersion.startsWith('argoproj.io/'))
    return true;
  // The namespace controller's, which takes it off by itself.
  if (object.kind === 'Namespace' && first === 'spec') return true;
  // Whoever made an object through another one says so here; garbage collection reads it.
  if (first === 'metadata' && second === 'ownerReferences') return true;
  // Protection of claims and the like; Git's own finalizers are set by Git.
  if (first === 'metadata' && second === 'finalizers') return !setByGit;
  if (first === 'metadata' && BOOKKEEPING.includes(String(second))) return true;
  if (setByGit) return false;
  const isTemplate = segments.indexOf('metadata') > 0;
  const key = String(isTemplate ? segments.at(-1) : third);
  const holder = isTemplate ? segments.at(-2) : second;
  if (holder === 'annotations')
    return NOTES.some(note =>
      note.endsWith('/') ? key.startsWith(note) : key === note,
    );
  if (holder === 'labels' && !isTemplate)
    return TRACKING_LABELS.includes(key) || OWN_LABELS.includes(key);
  return false;
}
