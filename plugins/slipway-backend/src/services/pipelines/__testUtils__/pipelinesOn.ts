import { mockServices } from '@backstage/backend-test-utils';
import type { PipelineEngine } from '@slipway/plugin-slipway-node';
import { stringify } from 'yaml';
import {
  PlatformState,
  readPlatformFile,
} from '../../../domain/platform/PlatformState';
import { ConfiguredCluster, HttpClusters } from '../../../kubernetes';
import type { KeptRuns } from '../../../ports/PipelineRunStore';
import type { TimelineEntry } from '../../../ports/TimelineStore';
import { WatchedStatusIndex } from '../../../watch';
import type { Identities } from '../../Identities';
import { DefaultPipelines } from '../DefaultPipelines';
import { LastRuns } from '../LastRuns';
import { PipelineReads } from '../PipelineReads';

const V1 = 'slipway.dev/v1alpha1';

function organization(name: string) {
  return {
    apiVersion: V1,
    kind: 'Organization',
    metadata: { name },
    spec: {
      owner: `group:default/${name}`,
      displayName: name,
      gitHost: { integration: 'github', namespace: name },
      pipelineEngine: 'github-actions',
      webhook: { domain: 'hooks.example.com' },
      secretStore: { provider: 'kubernetes' },
      registry: { url: 'registry.example.com' },
    },
  };
}

function service(owner: string, name: string, repository: string) {
  return {
    apiVersion: V1,
    kind: 'ServiceSpec',
    metadata: { name },
    spec: {
      organization: owner,
      owner: `group:default/${owner}`,
      lifecycle: 'production',
      workloads: [
        {
          name: 'web',
          kind: 'Deployment',
          source: { repository },
          image: { repository: 'registry.example.com/web' },
          resources: { cpu: '100m', memory: '64Mi' },
        },
      ],
      environments: [{ name: 'preview', class: 'preview' }],
    },
  };
}

/**
 * What is declared: acme/shop, built from acme/shop at GitHub, and rival/spy, whose spec names the repository of
 * somebody else.
 */
export const declared = PlatformState.of(
  Object.entries({
    'organizations/acme/organization.yaml': organization('acme'),
    'organizations/acme/services/shop.yaml': service(
      'acme',
      'shop',
      'acme/shop',
    ),
    'organizations/rival/organization.yaml': organization('rival'),
    'organizations/rival/services/spy.yaml': service(
      'rival',
      'spy',
      'https://github.com/acme/shop',
    ),
  }).map(([path, value]) => readPlatformFile(path, stringify(value))),
);

export const SHOP = { organization: 'acme', service: 'shop' };
export const SPY = { organization: 'rival', service: 'spy' };

/** As if somebody were signed in. */
export const AS_ANN = {
  credentials: {
    $$type: '@backstage/BackstageCredentials' as const,
    principal: {},
  },
};

/** Runs of real clusters, from their watches; what is recorded and told is kept. */
export async function pipelinesOn(options: {
  clusters: ConfiguredCluster[];
  engines: PipelineEngine[];
  /** What the process before has kept, by service and source. */
  kept?: Map<string, Map<string, KeptRuns>>;
  /** Goes on before the clusters have answered. */
  early?: boolean;
}) {
  const clusters = HttpClusters.create({ clusters: options.clusters });
  const index = WatchedStatusIndex.create({
    clusters,
    kinds: options.engines.flatMap(engine =>
      engine.hosting === 'cluster' ? engine.kinds : [],
    ),
    batchMs: 10,
  });
  const reads = new PipelineReads(options.engines, index, {
    hosts: { github: ['github.com'] },
  });
  const states = { current: async () => declared, at: async () => declared };
  const kept = options.kept ?? new Map<string, Map<string, KeptRuns>>();
  const last = new LastRuns({
    reads,
    index,
    states,
    store: {
      list: async of => [...(kept.get(of)?.values() ?? [])],
      save: async (of, source, runs) => {
        const known = kept.get(of) ?? new Map<string, KeptRuns>();
        kept.set(of, known);
        known.set(source, { source, runs, seenAt: new Date(0) });
      },
    },
    logger: mockServices.logger.mock(),
    settleMs: 10,
  });
  index.onChange(keys =>
    last.follow(
      keys.map(key => {
        const [of, name] = key.split('/');
        return { organization: of, service: name };
      }),
    ),
  );
  const timeline: TimelineEntry[] = [];
  const changed: string[] = [];
  const asked: string[] = [];
  const pipelines = new DefaultPipelines({
    reads,
    last,
    states,
    index,
    clusters: {
      list: () => clusters.list(),
      client: name => {
        asked.push(name);
        return clusters.client(name);
      },
    },
    timeline: {
      record: async entries => {
        for (const entry of entries)
          if (!timeline.some(one => one.dedupeKey === entry.dedupeKey))
            timeline.push(entry);
        return entries.length;
      },
      list: async () => [],
    },
    signals: { changed: subjects => void changed.push(...subjects) },
    identities: { actor: () => 'user:default/ann' } as unknown as Identities,
  });
  index.start();
  if (!options.early) await index.ready();
  return {
    pipelines: pipelines,
    reads,
    last,
    kept,
    index,
    clusters,
    timeline,
    changed,
    /** Names of clusters that were asked something, but for the watches. */
    asked,
    async stop() {
      await last.stop();
      await index.stop();
      clusters.close();
    },
  };
}

/** Asks until it holds. */
export async function until<T>(
  probe: () => Promise<T | undefined | false>,
  timeoutMs = 45_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > deadline)
      throw new Error(`It did not happen within ${timeoutMs} ms.`);
    await new Promise(done => setTimeout(done, 25));
  }
}
