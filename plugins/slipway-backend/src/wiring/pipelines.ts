import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { ConflictError } from '@backstage/errors';
import {
  foundByRepository,
  type LiveOwner,
  type PipelineEngine,
  type PipelineEnginesExtensionPoint,
  type PipelineRepository,
} from '@slipway/plugin-slipway-node';
import type { CodeHosts } from '../domain/pipelines';
import type { Clusters } from '../ports/Clusters';
import type { LiveSignals } from '../ports/LiveSignals';
import type { PipelineRunStore } from '../ports/PipelineRunStore';
import type { TimelineStore } from '../ports/TimelineStore';
import { Identities } from '../services/Identities';
import { DefaultPipelines } from '../services/pipelines/DefaultPipelines';
import { PipelineReads } from '../services/pipelines/PipelineReads';
import { LastRuns } from '../services/pipelines/LastRuns';
import {
  PipelinesService,
  ServicePath,
} from '../services/pipelines/PipelinesService';
import { PlatformStates } from '../services/plans/Planner';
import { Settings } from '../settings';
import { WatchedStatusIndex } from '../watch';

/** The engines that modules have added. */
export class PipelineEngines implements PipelineEnginesExtensionPoint {
  private readonly engines = new Map<string, PipelineEngine>();

  addEngine(engine: PipelineEngine): void {
    if (this.engines.has(engine.type)) {
      throw new ConflictError(
        `There is a pipeline engine '${engine.type}' already; install its module once.`,
      );
    }
    this.engines.set(engine.type, engine);
  }

  all(): PipelineEngine[] {
    return [...this.engines.values()];
  }
}

/** The public host of each kind, which needs no configuration. */
const PUBLIC_HOSTS: Record<string, string> = {
  github: 'github.com',
  gitlab: 'gitlab.com',
  bitbucket: 'bitbucket.org',
};

/** Host names by integration, from Backstage's `integrations`. */
function codeHosts(config: Config, settings: Settings): CodeHosts {
  const hosts = Object.fromEntries(
    ['github', 'gitlab', 'gitea', 'bitbucket'].map(type => {
      const configured = (
        config.getOptionalConfigArray(`integrations.${type}`) ?? []
      ).flatMap(one => one.getOptionalString('host') ?? []);
      const all = [...configured, PUBLIC_HOSTS[type]].filter(Boolean);
      return [type, [...new Set(all)]];
    }),
  );
  return { hosts, plainBaseUrl: settings.git.plainBaseUrl };
}

/** Puts together what shows pipelines. */
export function assemblePipelines(o: {
  engines: PipelineEngine[];
  config: Config;
  settings: Settings;
  states: PlatformStates;
  index: WatchedStatusIndex;
  clusters: Clusters;
  timeline: TimelineStore;
  runs: PipelineRunStore;
  signals: LiveSignals;
  identities: Identities;
  logger: LoggerService;
}): { service: PipelinesService; start(): void; stop(): Promise<void> } {
  const { engines, states, index, signals, logger } = o;
  const reads = new PipelineReads(
    engines,
    index,
    codeHosts(o.config, o.settings),
  );
  const last = new LastRuns({ reads, index, states, store: o.runs, logger });

  /** The repositories of services whose pipelines this engine runs. */
  async function repositoriesOf(type: string): Promise<PipelineRepository[]> {
    const state = await states.current();
    const keys = state.services().flatMap(({ metadata, spec }) => {
      const organization = state.organization(spec.organization);
      const engine = spec.pipeline?.engine ?? organization?.spec.pipelineEngine;
      return engine === type
        ? reads.repositories(state, {
            organization: spec.organization,
            service: metadata.name,
          })
        : [];
    });
    return [...new Set(keys)].map(key => ({ key, url: `https://${key}` }));
  }

  async function tell(keys: string[]): Promise<void> {
    try {
      const state = await states.current();
      const services = reads.servicesShowing(state, keys);
      last.follow(services);
      signals.changed(
        services.map(
          ({ organization, service }) => `service:${organization}/${service}`,
        ),
      );
    } catch (error) {
      // Pages show the change when they ask again; runs are in memory already.
      logger.warn(
        `Open pages could not be told of pipeline runs: ${(error as Error).message}`,
      );
    }
  }

  let silence: Array<() => void> = [];
  return {
    service: new DefaultPipelines({
      reads,
      last,
      states,
      index,
      clusters: o.clusters,
      timeline: o.timeline,
      signals,
      identities: o.identities,
    }),
    start() {
      silence = [
        index.onItems(keys => void tell(keys)),
        index.onChange(keys => last.follow(keys.map(serviceOf))),
      ];
      for (const engine of engines) {
        if (engine.hosting !== 'repository') continue;
        engine.start({
          repositories: () => repositoriesOf(engine.type),
          changed: repositories =>
            void tell(repositories.map(key => keyOf(foundByRepository(key)))),
        });
      }
    },
    async stop() {
      silence.forEach(end => end());
      await Promise.all(
        engines.map(engine =>
          engine.hosting === 'repository' ? engine.stop() : undefined,
        ),
      );
      await last.stop();
    },
  };
}

/** Of the key of an environment or a service. */
function serviceOf(key: string): ServicePath {
  const [organization, service] = key.split('/');
  return { organization, service };
}

function keyOf({ organization, service }: LiveOwner): string {
  return `${organization}/${service}`;
}
