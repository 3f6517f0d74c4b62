import type { ClusterClient, Clusters } from '../../../ports/Clusters';

/** The same clusters, whose every call is noted. */
export function counting(clusters: Clusters, calls: string[]): Clusters {
  const note = (client: ClusterClient): ClusterClient => ({
    info: client.info,
    capabilities: () => client.capabilities(),
    get: ref => {
      calls.push(`get ${ref.kind}`);
      return client.get(ref);
    },
    list: (kind, options) => {
      calls.push(`list ${kind.kind}`);
      return client.list(kind, options);
    },
    apply: (object, options) => {
      calls.push(`${options?.dryRun ? 'dry run' : 'apply'} ${object.kind}`);
      return client.apply(object, options);
    },
    create: object => client.create(object),
    delete: (ref, options) => client.delete(ref, options),
    mergePatch: (ref, patch) => {
      calls.push(`patch ${ref.kind}`);
      return client.mergePatch(ref, patch);
    },
    jsonPatch: (ref, operations) => {
      calls.push(`patch ${ref.kind}`);
      return client.jsonPatch(ref, operations);
    },
    podLog: (pod, options) => client.podLog(pod, options),
  });
  return {
    list: () => clusters.list(),
    client: name => note(clusters.client(name)),
  };
}
