import { Services } from '../http';
import { GITOPS_KEY } from '../reconcile/gitops/GitopsReconciler';
import { POLICIES_KEY } from '../reconcile/policies/PoliciesReconciler';
import { organizationResource } from '../services/access/fileRights';
import { SlipwayResource } from '../services/access/rules';
import { LiveTopics } from '../services/live/LiveTopics';
import { Signatures } from '../services/releases/Signatures';
import { assembleAdapters } from './adapters';
import { Dependencies } from './dependencies';
import { Maintenance } from './Maintenance';
import { assembleOnboarding } from './onboarding';
import { assembleParts } from './parts';
import { assemblePipelines } from './pipelines';
import { assemblePullRequests } from './pullRequests';
import { assembleEngine } from './reconcilers';
import { assembleReleases } from './releases';
import { assembleServices } from './services';
import { followIndex } from './watching';

/** How often discovery is asked what the clusters serve. */
const FACTS_REFRESH_MS = 60_000;

/** The running plugin. */
export interface Slipway {
  services: Services;
  topics: LiveTopics;
  signatures: Signatures;
  /** Loads what permission rules are applied to; the reference is the name of an organization. */
  resources(refs: string[]): Promise<Array<SlipwayResource | undefined>>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Puts the rooms together; this folder is the only place that knows all of them. */
export async function assemble(deps: Dependencies): Promise<Slipway> {
  const { logger, settings } = deps;
  const adapters = await assembleAdapters(deps);
  const { stores, topics, signals, host, writer, clusters, writes, index } =
    adapters;
  const parts = assembleParts(deps, adapters);
  const { facts, identities, states } = parts;
  const pipelines = assemblePipelines({
    engines: deps.pipelineEngines,
    config: deps.config,
    settings,
    states,
    index,
    clusters,
    timeline: stores.timeline,
    runs: stores.pipelineRuns,
    signals,
    identities,
    logger,
  });
  const releases = assembleReleases(settings, adapters, parts);
  const pullRequests = assemblePullRequests(deps, adapters, parts);
  const onboarding = assembleOnboarding(deps, adapters, parts);
  const engine = assembleEngine(deps, adapters, parts, [
    ...releases.reconcilers,
    pullRequests.reconciler,
    onboarding.reconciler,
  ]);
  const maintenance = new Maintenance({
    chores: [
      ...[
        ...settings.sources.map(source => source.repository),
        settings.gitops.repository,
      ].map(it => ({
        failed: 'A repository could not be tidied',
        run: () => host.maintain(it),
      })),
      {
        failed: 'Old history could not be forgotten',
        run: () => stores.history.forget(settings.history.keepMs),
      },
    ],
    logger,
  });
  let factsTimer: NodeJS.Timeout | undefined;
  let following: { stop(): void } | undefined;
  return {
    topics,
    signatures: releases.signatures,
    services: {
      ...assembleServices(settings, adapters, parts, pipelines.service),
      onboarding: onboarding.service,
      releases: releases.service,
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
        ...(settings.policies.export ? [POLICIES_KEY] : []),
      ]);
      await pullRequests.start();
      await onboarding.start();
      following = followIndex(adapters, logger, releases.look);
      signals.start();
      pipelines.start();
      index.start();
      void facts.refresh();
      factsTimer = setInterval(() => void facts.refresh(), FACTS_REFRESH_MS);
      factsTimer.unref();
      maintenance.start();
      await releases.look();
      engine.start();
    },
    async stop() {
      clearInterval(factsTimer);
      maintenance.stop();
      pullRequests.stop();
      following?.stop();
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
