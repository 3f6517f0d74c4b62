import { setTimeout as sleep } from 'node:timers/promises';
import type {
  ClusterClient,
  Clusters,
  ObjectRef,
} from '../../../ports/Clusters';

/**
 * Clusters in which a deletion is over when it is answered: Argo CD has done its part, and the namespace is gone. So a
 * removal comes to its end in one run, and every one of its steps can be stopped at.
 */
export function promptClusters(
  clusters: Clusters,
  argocd: () => Promise<void>,
): Clusters {
  return {
    list: () => clusters.list(),
    client: name => prompt(clusters.client(name), argocd),
  };
}

function prompt(
  client: ClusterClient,
  argocd: () => Promise<void>,
): ClusterClient {
  return {
    info: client.info,
    capabilities: () => client.capabilities(),
    get: ref => client.get(ref),
    list: (kind, options) => client.list(kind, options),
    apply: (object, options) => client.apply(object, options),
    create: object => client.create(object),
    mergePatch: (ref, patch) => client.mergePatch(ref, patch),
    jsonPatch: (ref, operations) => client.jsonPatch(ref, operations),
    podLog: (pod, options) => client.podLog(pod, options),
    async delete(ref, options) {
      const deleted = await client.delete(ref, options);
      if (ref.kind === 'Application') await argocd();
      await gone(client, ref);
      return deleted;
    },
  };
}

async function gone(client: ClusterClient, ref: ObjectRef): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (!(await client.get(ref))) return;
    await sleep(25);
  }
  throw new Error(`${ref.kind} ${ref.name} does not go away`);
}
