import { JsonObject } from '../../apiserver/json';
import { resourceName } from '../../apiserver/kinds';
import { ApiError } from '../../apiserver/status';
import { KubeObject } from '../../apiserver/types';
import { ClusterClient } from '../client';
import { MANAGER, Resource, belongsTo } from './comparison';
import { annotation, syncWave } from './manifests';
import { allowsKind } from './project';

export interface SyncOptions {
  prune: boolean;
  dryRun: boolean;
  createNamespace: boolean;
  /** Names the only resources to sync. */
  only?: { group: string; kind: string; name: string; namespace?: string }[];
}

export interface SyncResult {
  succeeded: boolean;
  message: string;
  resources: JsonObject[];
}

/** Brings the cluster to what Git wants: applies in order, then prunes in the opposite order. */
export function syncAll(
  app: KubeObject,
  project: KubeObject,
  client: ClusterClient,
  namespace: string,
  all: Resource[],
  options: SyncOptions,
): SyncResult {
  const chosen = options.only
    ? all.filter(one =>
        options.only!.some(
          only =>
            only.kind === one.kindName &&
            only.name === one.name &&
            (only.group ?? '') === one.group &&
            (!only.namespace || only.namespace === one.namespace),
        ),
      )
    : all;
  const resources: JsonObject[] = [];
  const report = (one: Resource, status: string, message: string) => {
    const { group, version, kindName, namespace: where, name } = one;
    resources.push({
      group,
      version,
      kind: kindName,
      namespace: where ?? '',
      name,
      status,
      message,
      hookPhase: status === 'SyncFailed' ? 'Failed' : 'Running',
      syncPhase: 'Sync',
    });
  };
  const tasks = chosen.filter(one => one.target);
  // Nothing is applied when a part is not allowed or not known: that is how Argo CD checks its tasks first.
  const wrong = tasks
    .map(one => ({ one, why: objection(app, project, one) }))
    .filter(({ why }) => why);
  if (wrong.length) {
    wrong.forEach(({ one, why }) => report(one, 'SyncFailed', why!));
    return {
      succeeded: false,
      message: 'one or more synchronization tasks are not valid',
      resources,
    };
  }
  if (
    options.createNamespace &&
    !options.dryRun &&
    !client.get('namespaces', undefined, namespace)
  ) {
    client.create('namespaces', undefined, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
  }
  let failed = 0;
  for (const one of tasks) {
    try {
      const before = one.live?.metadata.resourceVersion;
      const after = client.apply(
        one.kind!,
        one.namespace,
        one.target!,
        MANAGER,
        options.dryRun,
      );
      const same = after.metadata.resourceVersion === before;
      const changed = same ? 'unchanged' : 'configured';
      const verb = one.live ? changed : 'created';
      const full = one.group
        ? `${one.kind!.singular}.${one.group}`
        : one.kind!.singular;
      report(
        one,
        'Synced',
        `${full}/${one.name} ${options.dryRun ? `${verb} (dry run)` : verb}`,
      );
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      failed += 1;
      report(one, 'SyncFailed', error.message);
    }
  }
  const extra = chosen
    .filter(one => !one.target)
    .sort((a, b) => syncWave(b.live!) - syncWave(a.live!));
  for (const one of extra) {
    if (!options.prune)
      report(one, 'PruneSkipped', 'ignored (requires pruning)');
    else if (
      annotation(one.live!, 'argocd.argoproj.io/sync-options')?.includes(
        'Prune=false',
      )
    )
      report(one, 'PruneSkipped', 'ignored (no prune)');
    else if (failed)
      report(one, 'PruneSkipped', 'ignored (an apply failed before)');
    else {
      if (!options.dryRun)
        client.delete(resourceName(one.kind!), one.namespace, one.name, {
          propagationPolicy: 'Foreground',
        });
      report(one, 'Pruned', options.dryRun ? 'pruned (dry run)' : 'pruned');
    }
  }
  return failed
    ? {
        succeeded: false,
        message: 'one or more objects failed to apply',
        resources,
      }
    : {
        succeeded: true,
        message: 'successfully synced (all tasks run)',
        resources,
      };
}

function objection(
  app: KubeObject,
  project: KubeObject,
  one: Resource,
): string | undefined {
  if (!one.kind) return one.refused;
  if (!allowsKind(project, one.kind, one.name)) {
    return `resource ${one.group}:${one.kindName} is not permitted in project ${project.metadata.name}.`;
  }
  const owner =
    one.live &&
    annotation(one.live, 'argocd.argoproj.io/tracking-id')?.split(':')[0];
  if (owner && !belongsTo(app, one.live!))
    return `${one.kindName}/${one.name} is part of applications ${app.metadata.name} and ${owner}`;
  return undefined;
}
