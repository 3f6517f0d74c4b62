import { DEFAULT_PRICES } from '@slipway/plan';
import { ClusterFoundEnvironments } from '../kubernetes';
import { ChangeReconciler } from '../reconcile/change/ChangeReconciler';
import { ReconcileEngine, type Reconciler } from '../reconcile/engine';
import { EnvironmentReconciler } from '../reconcile/environment';
import { GitopsReconciler } from '../reconcile/gitops/GitopsReconciler';
import { NotificationReconciler } from '../reconcile/notification';
import { PoliciesReconciler } from '../reconcile/policies/PoliciesReconciler';
import { SourceReconciler } from '../reconcile/source/SourceReconciler';
import { BackstageNotifier } from '../services/notifications/BackstageNotifier';
import { Adapters } from './adapters';
import { deliveryOf } from './delivery';
import { Dependencies } from './dependencies';
import { driftReconciler } from './drift';
import { gitopsTarget, Parts } from './parts';

/** Told whenever what is declared has changed; the catalog's entity provider listens. */
const CATALOG_TOPIC = 'slipway.catalog';

/** The engine, with a reconciler for each kind of key. */
export function assembleEngine(
  deps: Dependencies,
  adapters: Adapters,
  { states }: Parts,
  more: Reconciler[],
): ReconcileEngine {
  const { logger, settings } = deps;
  const { stores, host, writer, clusters, writes, index } = adapters;
  const [{ repository }] = settings.sources;
  return ReconcileEngine.create({
    queue: stores.queue,
    settings: settings.queue,
    logger,
    reconcilers: [
      new SourceReconciler({
        sources: settings.sources,
        host,
        store: stores.sources,
        resources: stores.resources,
        pollMs: settings.pollMs,
        guard: settings.guard,
        onChanged: () =>
          deps.events.publish({ topic: CATALOG_TOPIC, eventPayload: {} }),
        logger,
      }),
      new ChangeReconciler({
        host,
        repository,
        intents: stores.changeIntents,
        gitAuthor: settings.git.author,
        pollMs: settings.pollMs,
        logger,
      }),
      EnvironmentReconciler.create({
        environments: stores.environments,
        resources: stores.resources,
        sources: stores.sources,
        approvals: stores.approvals,
        domains: stores.domains,
        releases: stores.releases,
        states,
        clusters,
        found: new ClusterFoundEnvironments(clusters),
        index,
        host,
        writer,
        gitops: {
          repository: settings.gitops.repository,
          target: gitopsTarget(settings),
          delivery: deliveryOf(settings, host),
        },
        prices: DEFAULT_PRICES,
        apply: settings.apply,
        gitAuthor: settings.git.author,
      }),
      new GitopsReconciler({
        host,
        repository: settings.gitops.repository,
        environments: stores.environments,
        queue: stores.queue,
        pollMs: settings.pollMs,
        logger,
      }),
      ...(settings.policies.export
        ? [
            new PoliciesReconciler({
              host,
              writer,
              repository: settings.gitops.repository,
              states,
              clusters: () => clusters.list().map(({ name }) => name),
              gitAuthor: settings.git.author,
              pollMs: settings.pollMs,
              logger,
            }),
          ]
        : []),
      driftReconciler(settings, stores, { clusters, index, host, writes }),
      new NotificationReconciler({
        environments: stores.environments,
        drifts: stores.drifts,
        episodes: stores.episodes,
        states,
        notifier: settings.notifications.enabled
          ? new BackstageNotifier(deps.notifications)
          : undefined,
        events: settings.notifications.events,
        delayMs: settings.notifications.delayMs,
      }),
      ...more,
    ],
  });
}
