import { ENVIRONMENT_FILE, parseEnvironmentFile } from '@slipway/plan';
import type { GitHost, RepositoryRef } from '@slipway/plugin-slipway-node';
import { parse } from 'yaml';
import type { ClusterClient, KubernetesObject } from '../../../ports/Clusters';

const SET = { apiVersion: 'argoproj.io/v1alpha1', kind: 'ApplicationSet' };
const REFRESH = 'argocd.argoproj.io/application-set-refresh';

/**
 * Plays Argo CD's controller of ApplicationSets, one round a call: it makes the Application of each folder that names a
 * set, as the file in that folder says it is to be, and never deletes one.
 */
export async function playApplicationSets(
  hub: ClusterClient,
  host: GitHost,
  gitops: RepositoryRef,
): Promise<void> {
  const sets = await hub.list(SET, { namespace: 'argocd' });
  if (sets.length === 0) return;
  const commit = await host.head(gitops);
  const files = commit
    ? await host.readFiles(gitops, { commit, prefixes: ['clusters/'] })
    : [];
  for (const set of sets) {
    for (const { path, content } of files) {
      if (!path.endsWith(`/${ENVIRONMENT_FILE}`)) continue;
      if (parseEnvironmentFile(content).application?.set !== set.metadata.name)
        continue;
      const beside = path.replace(ENVIRONMENT_FILE, 'platform/application-');
      const file = files.find(one => one.path.startsWith(beside))!;
      await make(hub, set, parse(file.content) as KubernetesObject);
    }
    // What was asked for while it read counts for the next time.
    const { name, namespace, resourceVersion, annotations } = set.metadata;
    if (annotations?.[REFRESH] === undefined) continue;
    await hub
      .mergePatch(
        { ...SET, name, namespace },
        { metadata: { resourceVersion, annotations: { [REFRESH]: null } } },
      )
      .catch(unlessAskedAgain);
  }
}

async function make(
  hub: ClusterClient,
  set: KubernetesObject,
  application: KubernetesObject,
): Promise<void> {
  const { name, namespace } = application.metadata;
  if (await hub.get({ ...application, name, namespace })) return;
  const { uid, name: owner } = set.metadata;
  await hub.create({
    ...application,
    metadata: {
      ...application.metadata,
      ownerReferences: [{ ...SET, name: owner, uid: uid!, controller: true }],
    },
  });
}

function unlessAskedAgain(error: Error): void {
  if (error.name !== 'ConflictError') throw error;
}
