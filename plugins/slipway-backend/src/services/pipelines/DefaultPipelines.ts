import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  ApiPipelineLogs,
  ApiPipelineRun,
  ApiPipelineRuns,
  ApiSourceAge,
} from '@slipway/plugin-slipway-common';
import type { PipelineStep } from '@slipway/plugin-slipway-node';
import { failedStep, messageOf } from '../../domain/pipelines';
import { redact } from '../../domain/redact';
import type { Clusters } from '../../ports/Clusters';
import type { LiveSignals } from '../../ports/LiveSignals';
import type { StatusIndex } from '../../ports/StatusIndex';
import type { TimelineStore } from '../../ports/TimelineStore';
import { CallOptions } from '../changes/ChangesService';
import { Identities } from '../Identities';
import { PlatformStates } from '../plans/Planner';
import { SharedLooks } from '../SharedLook';
import type { LastRun, LastRuns } from './LastRuns';
import { pipelineCluster } from './pipelineCluster';
import { FoundRun, PipelineReads, RefusedKinds } from './PipelineReads';
import { PipelinesService, RunPath, ServicePath } from './PipelinesService';

/** Nobody looks further back than this. */
const MAX_RUNS = 100;
const TAIL = 200;

interface Options {
  reads: PipelineReads;
  last: Pick<LastRuns, 'of'>;
  states: PlatformStates;
  index: Pick<StatusIndex, 'clusters'> & RefusedKinds;
  clusters: Clusters;
  timeline: TimelineStore;
  signals: LiveSignals;
  identities: Identities;
}

/** Runs from memory; logs and re-runs from the engine that a run is of. */
export class DefaultPipelines implements PipelinesService {
  private readonly lists = new SharedLooks<ApiPipelineRuns>();

  constructor(private readonly o: Options) {}

  /** The same for all who may see it. */
  list({
    organization,
    service,
    environment,
  }: ServicePath & { environment?: string }): Promise<ApiPipelineRuns> {
    return this.lists.now(
      JSON.stringify([organization, service, environment]),
      () => this.listNow({ organization, service }, environment),
    );
  }

  private async listNow(
    service: ServicePath,
    environment: string | undefined,
  ): Promise<ApiPipelineRuns> {
    const state = await this.o.states.current();
    const found = this.o.reads.runs(state, service, environment);
    const known = new Set(found.map(({ run }) => run.id));
    const last = (await this.o.last.of(state, service)).filter(
      ({ run }) => !known.has(run.id),
    );
    const wanted = (run: { environment?: string }) =>
      environment === undefined ||
      run.environment === undefined ||
      run.environment === environment;
    const items = [
      ...found.filter(wanted).map(run => this.shape(run)),
      ...last.filter(wanted).map(run => this.shapeLast(run)),
    ].sort((a, b) => began(b).localeCompare(began(a)));
    return {
      items: items.slice(0, MAX_RUNS),
      sources: [
        ...this.o.index
          .clusters()
          .map(({ cluster, asOf, state: age, message }) => ({
            name: cluster,
            state: age,
            ...(asOf && { asOf: asOf.toISOString() }),
            ...(message && { message }),
          })),
        ...this.o.reads.refusals(this.o.index.refused()),
        ...this.o.reads.sources(this.o.reads.repositories(state, service)),
      ].map(source => withAgeOf(last, source)),
    };
  }

  async logs(
    path: RunPath,
    { step, tail = TAIL }: { step?: string; tail?: number },
  ): Promise<ApiPipelineLogs> {
    const found = await this.require(path);
    const { id } = stepOf(found, step);
    const options = { step: id, tail };
    const log =
      'cluster' in found
        ? await found.engine.readLog(
            this.cluster(found.cluster),
            found.run,
            options,
          )
        : await found.engine.readLog(found.repository, found.run, options);
    return {
      step: id,
      lines: log.lines.map(line => ({ ...line, text: redact(line.text) })),
      truncated: log.truncated,
    };
  }

  async rerun(
    path: RunPath,
    key: string | undefined,
    { credentials }: CallOptions,
  ): Promise<string> {
    const found = await this.require(path);
    const last = await this.lastRerun(path);
    if (key === undefined && last && !hasEnded(last)) return last.run.id;
    // An engine that repeats in place knows better what it was asked for already.
    if ('cluster' in found && !hasEnded(found)) {
      throw new ConflictError(
        `The run ${found.run.name} has not ended yet; wait for it, or stop it in ${found.engine.title}.`,
      );
    }
    const actor = this.o.identities.actor(credentials);
    const request = {
      actor,
      // Without a key of the caller's, one wish lasts until its run has ended.
      key: key ?? `after:${last?.run.id ?? ''}:${found.run.attempt ?? ''}`,
    };
    const { id } =
      'cluster' in found
        ? await found.engine.rerun(
            this.cluster(found.cluster),
            found.run,
            request,
          )
        : await found.engine.rerun(found.repository, found.run, request);
    const service = `${path.organization}/${path.service}`;
    const subject = found.environment
      ? `environment:${service}/${found.environment}`
      : `service:${service}`;
    await this.o.timeline.record([
      {
        subject,
        type: 'Pipeline',
        reason: 'PipelineRerun',
        title: `The pipeline run ${found.run.name} was asked for again`,
        actor,
        ...(found.run.revision && { revision: found.run.revision }),
        data: { run: found.run.id, rerun: id, engine: found.engine.type },
        dedupeKey: `rerun/${found.run.id}/${request.key}`,
      },
    ]);
    this.o.signals.changed([subject, `service:${service}`]);
    return id;
  }

  private async lastRerun(path: RunPath): Promise<FoundRun | undefined> {
    const state = await this.o.states.current();
    return this.o.reads
      .runs(state, path)
      .find(({ run }) => run.rerunOf === path.id);
  }

  private async require(path: RunPath): Promise<FoundRun> {
    const state = await this.o.states.current();
    const found = this.o.reads
      .runs(state, path)
      .find(({ run }) => run.id === path.id);
    if (!found) {
      throw new NotFoundError(
        `There is no pipeline run ${path.id} of ${path.organization}/${path.service} (any more).`,
      );
    }
    return found;
  }

  private cluster(name: string) {
    return pipelineCluster(this.o.clusters.client(name));
  }

  private shape(found: FoundRun): ApiPipelineRun {
    return {
      ...this.shown(found, 'cluster' in found ? found.cluster : undefined),
      rerun: hasEnded(found)
        ? { allowed: true }
        : { allowed: false, reason: 'It has not ended yet.' },
    };
  }

  /** Of the time before this process: it can be looked at, and no more. */
  private shapeLast({ run, environment, at, seenAt }: LastRun): ApiPipelineRun {
    const { engine, place } = at;
    const shown = this.shown(
      { run, environment, engine },
      engine.hosting === 'cluster' ? place : undefined,
    );
    return {
      ...shown,
      steps: shown.steps.map(step => ({ ...step, logs: false })),
      rerun: {
        allowed: false,
        reason: `${place} has not answered since the portal started; this is what was known of it at ${seenAt.toISOString()}.`,
      },
    };
  }

  private shown(
    {
      run,
      environment,
      engine,
    }: Pick<FoundRun, 'run' | 'environment' | 'engine'>,
    cluster: string | undefined,
  ): Omit<ApiPipelineRun, 'rerun'> {
    const info = this.o.clusters.list().find(({ name }) => name === cluster);
    const failed = failedStep(run);
    const message = messageOf(run);
    return {
      ...run,
      engine: engine.type,
      ...(environment && { environment }),
      ...(cluster && { cluster }),
      sandbox: info?.sandbox ?? false,
      ...(message && { message: redact(message) }),
      ...(failed && { failedStep: failed.id }),
      steps: run.steps.map(step => ({
        ...step,
        ...(step.message && { message: redact(step.message) }),
      })),
    };
  }
}

function began({ startedAt, createdAt }: ApiPipelineRun): string {
  return startedAt ?? createdAt ?? '';
}

/** A source that has not answered yet is as old as what is shown of it. */
function withAgeOf(last: LastRun[], source: ApiSourceAge): ApiSourceAge {
  if (source.asOf !== undefined) return source;
  const shown = last
    .filter(
      ({ at: { engine, place } }) =>
        source.name === place || source.name === `${engine.title}: ${place}`,
    )
    .map(({ seenAt }) => seenAt.toISOString())
    .sort();
  return shown.length > 0 ? { ...source, asOf: shown[0] } : source;
}

function hasEnded({ run }: FoundRun): boolean {
  return ['succeeded', 'failed', 'cancelled'].includes(run.state);
}

/** The step that was asked for; else the one that failed, else the last one that has a log. */
function stepOf({ run }: FoundRun, id: string | undefined): PipelineStep {
  const withLog = run.steps.filter(({ logs }) => logs);
  const step =
    id === undefined
      ? (withLog.find(({ state }) => state === 'failed') ?? withLog.at(-1))
      : run.steps.find(one => one.id === id);
  if (!step) {
    throw new NotFoundError(
      id === undefined
        ? `No step of ${run.name} has a log.`
        : `The run ${run.name} has no step ${id}; take an id from its steps.`,
    );
  }
  if (!step.logs) {
    throw new NotFoundError(
      `The step ${step.name} of ${run.name} has no log: it is ${step.state}.`,
    );
  }
  return step;
}
