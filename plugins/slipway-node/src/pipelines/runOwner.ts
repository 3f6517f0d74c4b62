import { LABELS } from '@slipway/plugin-slipway-common';
import type { LiveOwner, WatchedObject } from '../live/LiveKind';
import { repositoryKey } from './repositoryKey';

/** No organization can be called this, as names have no `~`. */
const FOUND = '~found';

/**
 * Under what a run is kept that carries no label of ours, but a label or annotation `backstage.io/kubernetes-id`.
 *
 * @public
 */
export function foundById(namespace: string, id: string): LiveOwner {
  return { organization: FOUND, service: `id:${namespace}:${id}` };
}

/**
 * Under what a run is kept of which only the repository is known.
 *
 * @public
 */
export function foundByRepository(repository: string): LiveOwner {
  return { organization: FOUND, service: `repository:${repository}` };
}

/**
 * Under what is kept what another object says about a run, where that object alone doesn't tell whose it is.
 *
 * @public
 */
export function foundByRun(run: string): LiveOwner {
  return { organization: FOUND, service: `run:${run}` };
}

/**
 * Whose a run is: by Slipway's labels; else by `backstage.io/kubernetes-id` (what Backstage's Tekton and Kubernetes
 * plugins go by); else by its repository. Undefined when it is nobody's that could be told.
 *
 * Which service an id or a repository belongs to is declared, and may be declared later: it is decided when runs are
 * read, not here.
 *
 * @public
 */
export function runOwner(
  object: WatchedObject,
  repositoryUrl?: string,
): { owner: LiveOwner; byUs: boolean } | undefined {
  const { labels = {}, annotations = {}, namespace = '' } = object.metadata;
  const organization = labels[LABELS.organization];
  const service = labels[LABELS.service];
  if (organization && service) {
    const environment = labels[LABELS.environment];
    return {
      owner: { organization, service, ...(environment && { environment }) },
      byUs: true,
    };
  }
  const id = labels[LABELS.kubernetesId] ?? annotations[LABELS.kubernetesId];
  if (id) return { owner: foundById(namespace, id), byUs: false };
  const repository = repositoryUrl && repositoryKey(repositoryUrl);
  return repository
    ? { owner: foundByRepository(repository), byUs: false }
    : undefined;
}
