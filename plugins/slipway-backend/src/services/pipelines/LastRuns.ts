import type { LoggerService } from '@backstage/backend-plugin-api';
import { redact } from '../../domain/redact';
import type { KeptRun, PipelineRunStore } from '../../ports/PipelineRunStore';
import type { StatusIndex } from '../../ports/StatusIndex';
import type { PlatformState } from '../../domain/platform/PlatformState';
import type { PlatformStates } from '../plans/Planner';
import type { FoundRun, PipelineReads, PlaceOfRuns } from './PipelineReads';
import type { ServicePath } from './PipelinesService';

/** Of a service in one place: what a card shows, and a little more. */
const KEPT = 10;

/** A run moves from step to step; what is kept may be so much late. */
const SETTLE_MS = 2_000;

/** A run of a place that has not answered since this process began. */
export interface LastRun extends KeptRun {
  at: PlaceOfRuns;
  seenAt: Date;
}

interface Options {
  reads: PipelineReads;
  index: Pick<StatusIndex, 'clusters'>;
  states: PlatformStates;
  store: PipelineRunStore;
  logger: LoggerService;
  settleMs?: number;
}

/** The last known runs of services, written when they change, so that a restart shows them with their age. */
export class LastRuns {
  /** Services whose runs may be others now. */
  private readonly changed = new Map<string, ServicePath>();
  private timer: NodeJS.Timeout | undefined;
  private keeping: Promise<void> = Promise.resolve();

  constructor(private readonly o: Options) {}

  /** Looks soon whether there is anything new to keep. */
  follow(services: ServicePath[]): void {
    for (const path of services) this.changed.set(keyOf(path), path);
    if (this.changed.size === 0) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.keeping = this.keeping.then(() => this.keepAll());
    }, this.o.settleMs ?? SETTLE_MS).unref();
  }

  /** What is kept of places that have not answered yet; those that have speak for themselves. */
  async of(state: PlatformState, path: ServicePath): Promise<LastRun[]> {
    const silent = this.places(state, path).filter(at => !at.answered);
    if (silent.length === 0) return [];
    const kept = await this.o.store.list(keyOf(path));
    return silent.flatMap(at =>
      kept
        .filter(({ source }) => source === at.source)
        .flatMap(({ runs, seenAt }) =>
          runs.map(run => ({ ...run, at, seenAt })),
        ),
    );
  }

  /** Keeps what is left, and ends. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.keeping;
    await this.keepAll();
  }

  private async keepAll(): Promise<void> {
    const services = [...this.changed.values()];
    this.changed.clear();
    try {
      const state = await this.o.states.current();
      for (const path of services) await this.keep(state, path);
    } catch (error) {
      // They are seen again when they change, and at the next start.
      this.o.logger.warn(
        `Pipeline runs could not be kept: ${(error as Error).message}`,
      );
    }
  }

  private async keep(state: PlatformState, path: ServicePath): Promise<void> {
    // What isn't known now is kept as it was known last.
    const live = this.places(state, path).filter(at => at.live);
    if (live.length === 0) return;
    const runs = this.o.reads.runs(state, path);
    const before = await this.o.store.list(keyOf(path));
    for (const at of live) {
      const now = runs
        .filter(found => isAt(found, at))
        .slice(0, KEPT)
        .map(keptOf);
      const last = before.find(({ source }) => source === at.source)?.runs;
      if (JSON.stringify(now) !== JSON.stringify(last ?? []))
        await this.o.store.save(keyOf(path), at.source, now);
    }
  }

  private places(state: PlatformState, path: ServicePath): PlaceOfRuns[] {
    return this.o.reads.places(state, path, this.o.index.clusters());
  }
}

function keyOf({ organization, service }: ServicePath): string {
  return `${organization}/${service}`;
}

function isAt(found: FoundRun, { engine, place }: PlaceOfRuns): boolean {
  return (
    found.engine === engine &&
    ('cluster' in found ? found.cluster : found.repository) === place
  );
}

/** What is written down holds no credentials. */
function keptOf({ run, environment }: FoundRun): KeptRun {
  return {
    run: {
      ...run,
      ...(run.message && { message: redact(run.message) }),
      steps: run.steps.map(step => ({
        ...step,
        ...(step.message && { message: redact(step.message) }),
      })),
    },
    ...(environment && { environment }),
  };
}
