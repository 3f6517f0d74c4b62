import {
  AuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  RootConfigService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { DEFAULT_PRICES } from '@slipway/plan';
import type { PipelineEngine } from '@slipway/plugin-slipway-node';
import { Knex } from 'knex';
import { createStores } from '../database/createStores';
import {
  assertBranch,
  assertFiles,
  BatchingGitWriter,
  PlainGitHost,
} from '../git';
import { Services } from '../http';
import { HttpClusters, readClusters } from '../kubernetes';
import { ChangeReconciler } from '../reconcile/change/ChangeReconciler';
import { ReconcileEngine } from '../reconcile/engine';
import { EnvironmentReconciler } from '../reconcile/environment';
import { NotificationReconciler } from '../reconcile/notification';
import {
  GITOPS_KEY,
  GitopsReconciler,
} from '../reconcile/gitops/GitopsReconciler';
import { SourceReconciler } from '../reconcile/source/SourceReconciler';
import { Access } from '../services/access/Access';
import { EnvironmentAccess } from '../services/access/EnvironmentAccess';
import { organizationResource } from '../services/access/fileRights';
import { SlipwayResource, slipwayResourceRef } from '../services/access/rules';
import { AuthorizedChanges } from '../services/changes/AuthorizedChanges';
import { DefaultChanges } from '../services/changes/DefaultChanges';
import { DeliveryOrigin, PlatformOrigin } from '../services/changes/origins';
import { AuthorizedDrift } from '../services/drift/AuthorizedDrift';
import { DefaultDrift } from '../services/drift/DefaultDrift';
import { AuthorizedObjects } from '../services/objects/AuthorizedObjects';
import { DefaultObjects } from '../services/objects/DefaultObjects';
import { AuthorizedOperate } from '../services/operate/AuthorizedOperate';
import { DefaultOperate } from '../services/operate/DefaultOperate';
import { CodeRepositories } from '../services/CodeRepositories';
import { ClusterAges } from '../services/environments/ClusterAges';
import {
  AuthorizedEnvironments,
  DefaultEnvironments,
} from '../services/environments/DefaultEnvironments';
import { EnvironmentReads } from '../services/environments/EnvironmentReads';
import { AuthorizedFleet } from '../services/fleet/AuthorizedFleet';
import { DefaultFleet } from '../services/fleet/DefaultFleet';
import { OpenChanges } from '../services/fleet/OpenChanges';
import { Askers } from '../services/Askers';
import { Identities } from '../services/Identities';
import { AuthorizedInventory } from '../services/inventory/AuthorizedInventory';
import { DefaultInventory } from '../services/inventory/DefaultInventory';
import { BackstageNotifier } from '../services/notifications/BackstageNotifier';
import {
  AuthorizedOperations,
  DefaultOperations,
} from '../services/operations/DefaultOperations';
import { LiveTopics } from '../services/live/LiveTopics';
import { PublishedLiveSignals } from '../services/live/PublishedLiveSignals';
import { AuthorizedPipelines } from '../services/pipelines/AuthorizedPipelines';
import { AuthorizedPlans, DefaultPlans } from '../services/plans/DefaultPlans';
import { Facts } from '../services/plans/Facts';
import { Planner } from '../services/plans/Planner';
import { StoredPlatformStates } from '../services/StoredPlatformStates';
import { Settings } from '../settings';
import { WatchedStatusIndex } from '../watch';
import { deliveryOf } from './delivery';
import { driftReconciler, followWrites, writtenObjects } from './drift';
import { localRoots } from './localRoots';
import { Maintenance } from './Maintenance';
import { notingStores } from './noting';
import { assemblePipelines } from './pipelines';
import { tellingStores } from './telling';

/** Told whenever what is declared has changed; the catalog's entity provider listens. */
const CATALOG_TOPIC = 'slipway.catalog';

/** A rollout's many changes are one run. */
const ROLLOUT_DELAY_MS = 500;

/** How often discovery is asked what the clusters serve. */
const FACTS_REFRESH_MS = 60_000;

/** The channel of signals that open pages listen to. */
const LIVE_CHANNEL = 'slipway';

interface Dependencies {
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  db: Knex;
  events: EventsService;
  logger: LoggerService;
  notifications: NotificationService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  settings: Settings;
  pipelineEngines: PipelineEngine[];
  signals: SignalsService;
  userInfo: UserInfoService;
}

/** The running plugin. */
export interface Slipway {
  services: Services;
  topics: LiveTopics;
  /** Loads what permission rules are applied to; the reference is the name of an organization. */
  resources(refs: string[]): Promise<Array<SlipwayResource | undefined>>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Puts the rooms together: the only place that knows all of them. */
export async function assemble(deps: Dependencies): Promise<Slipway> {
  const { db, logger, settings } = deps;
  const { backoffMs, maxBackoffMs, ...queue } = settings.queue;
  const silent = createStores({
    db,
    queue: { ...queue, backoff: { baseMs: backoffMs, maxMs: maxBackoffMs } },
  });
  const topics = new LiveTopics(await silent.liveTopics.secret());
  const signals = PublishedLiveSignals.create({
    store: silent.liveTopics,
    topics,
    logger,
    publish: message =>
      deps.signals.publish({
        channel: LIVE_CHANNEL,
        recipients: { type: 'broadcast' },
        message: { ...message },
      }),
  });
  const stores = tellingStores(
    settings.notifications.enabled ? notingStores(silent) : silent,
    signals,
  );
  const host = await PlainGitHost.create({
    changes: stores.changes,
    cacheDir: settings.git.cacheDirectory,
    localRoots: localRoots(settings),
    identity: settings.git.author,
  });
  const writer = BatchingGitWriter.create({
    hosts: [host],
    slipway: settings.git.author,
  });
  const clusters = HttpClusters.create({ clusters: readClusters(deps.config) });
  const writes = writtenObjects(settings);
  const index = WatchedStatusIndex.create({
    clusters,
    observer: writes,
    kinds: deps.pipelineEngines.flatMap(engine =>
      engine.hosting === 'cluster' ? engine.kinds : [],
    ),
  });
  const [{ repository }] = settings.sources;

  const identities = new Identities(deps.auth, deps.catalog, deps.userInfo);
  const states = new StoredPlatformStates(
    stores.sources,
    stores.resources,
    host,
    repository,
  );
  const current = () => states.current();
  const gitops = {
    repoURL: settings.gitops.argocdUrl,
    branch: settings.gitops.repository.branch,
  };
  const facts = new Facts({
    clusters,
    environments: stores.environments,
    domains: stores.domains,
    prices: DEFAULT_PRICES,
    gitops,
  });
  const planner = new Planner(states, facts);
  const access = Access.create({
    permissions: deps.permissions,
    ruleset: () =>
      deps.permissionsRegistry.getPermissionRuleset(slipwayResourceRef),
  });
  const askers = new Askers({ host, repository, states, identities });
  const changes = DefaultChanges.create({
    askers,
    host,
    origins: [
      new PlatformOrigin(repository, planner, settings.sources[0].id),
      new DeliveryOrigin(settings.gitops.delivery.target, host, states, facts),
    ],
    states,
    codeRepositories: new CodeRepositories(
      settings.git.plainBaseUrl,
      ({ repository: { branch }, files }) => {
        assertBranch(branch);
        assertFiles(files);
      },
    ),
    intents: stores.changeIntents,
    approvals: stores.approvals,
    queue: stores.queue,
    identities,
  });
  const reads = new EnvironmentReads(
    stores.environments,
    index,
    clusters,
    stores.drifts,
  );
  const pipelines = assemblePipelines({
    engines: deps.pipelineEngines,
    config: deps.config,
    settings,
    states,
    index,
    clusters,
    timeline: stores.timeline,
    signals,
    identities,
    logger,
  });
  const ages = new ClusterAges(clusters, index, name => facts.versionOf(name));

  const engine = ReconcileEngine.create({
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
        states,
        clusters,
        index,
        host,
        writer,
        gitops: {
          repository: settings.gitops.repository,
          target: gitops,
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
    ],
  });

  const authorizedChanges = new AuthorizedChanges(
    changes,
    access,
    current,
    id => changes.filesOf(id),
  );
  const environmentAccess = new EnvironmentAccess(access, states);
  const readOnly = settings.apply === 'gitops-only';

  const maintenance = new Maintenance({
    repositories: [
      ...settings.sources.map(source => source.repository),
      settings.gitops.repository,
    ],
    maintain: it => host.maintain(it),
    logger,
  });
  let factsTimer: NodeJS.Timeout | undefined;
  return {
    topics,
    services: {
      changes: authorizedChanges,
      drift: new AuthorizedDrift(
        new DefaultDrift({
          drifts: stores.drifts,
          environments: stores.environments,
          reads,
          index,
          states,
          facts,
          changes: authorizedChanges,
          timeline: stores.timeline,
          queue: stores.queue,
          signals,
          identities,
          readOnly,
        }),
        environmentAccess,
      ),
      objects: new AuthorizedObjects(
        new DefaultObjects({
          environments: stores.environments,
          reads,
          clusters,
          host,
          gitops: settings.gitops.repository,
        }),
        environmentAccess,
      ),
      operate: new AuthorizedOperate(
        new DefaultOperate({
          environments: stores.environments,
          clusters,
          drifts: stores.drifts,
          timeline: stores.timeline,
          queue: stores.queue,
          signals,
          identities,
          readOnly,
        }),
        environmentAccess,
      ),
      environments: new AuthorizedEnvironments(
        new DefaultEnvironments({
          reads,
          states,
          facts,
          approvals: stores.approvals,
          timeline: stores.timeline,
          queue: stores.queue,
          identities,
          askers,
          host,
          gitops: settings.gitops.repository,
          readOnly,
        }),
        access,
        states,
      ),
      fleet: new AuthorizedFleet(
        new DefaultFleet({
          reads,
          states,
          changes: new OpenChanges(
            host,
            [repository, settings.gitops.repository],
            stores.changeIntents,
          ),
          timeline: stores.timeline,
          approvals: stores.approvals,
          queue: stores.queue,
          sources: stores.sources,
          ages,
        }),
        access,
        identities,
        states,
      ),
      inventory: new AuthorizedInventory(
        new DefaultInventory(states, reads, ages),
        access,
        states,
      ),
      operations: new AuthorizedOperations(
        new DefaultOperations(
          stores.queue,
          stores.sources,
          ages,
          writer,
          identities,
        ),
        access,
      ),
      pipelines: new AuthorizedPipelines(pipelines.service, access, states),
      plans: new AuthorizedPlans(new DefaultPlans(planner), access, current),
    },
    resources: async refs => {
      const state = await states.current();
      return refs.map(ref => organizationResource(state, ref));
    },
    async start() {
      for (const source of settings.sources) {
        await stores.sources.ensure({
          id: source.id,
          role: 'platform',
          ...source.repository,
        });
      }
      await stores.queue.mark([
        ...settings.sources.map(source => `source:${source.id}`),
        GITOPS_KEY,
      ]);
      index.onChange(keys => {
        void stores.queue.mark(
          keys
            .filter(key => key.split('/').length === 3)
            .map(key => `environment:${key}`),
          { delayMs: ROLLOUT_DELAY_MS },
        );
        signals.seen(keys.map(subjectOfKey), subject =>
          index.digest(subject.slice(subject.indexOf(':') + 1)),
        );
      });
      index.onSources(() => signals.seen(['operations'], () => index.digest()));
      followWrites(writes, stores.queue);
      signals.start();
      pipelines.start();
      index.start();
      void facts.refresh();
      factsTimer = setInterval(() => void facts.refresh(), FACTS_REFRESH_MS);
      factsTimer.unref();
      maintenance.start();
      engine.start();
    },
    async stop() {
      clearInterval(factsTimer);
      maintenance.stop();
      await engine.stop();
      await pipelines.stop();
      await writer.drain();
      host.close();
      await index.stop();
      writes.stop();
      await signals.stop();
      clusters.close();
    },
  };
}

/** The index knows environments and services by their path alone. */
function subjectOfKey(key: string): string {
  return `${key.split('/').length === 2 ? 'service' : 'environment'}:${key}`;
}
