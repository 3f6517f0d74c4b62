import type { LiveKind, WatchedObject } from '../live/LiveKind';
import type { PipelineEngineType, PipelineLog, PipelineRunItem } from './types';

/**
 * What an engine may ask of the cluster of a run. Errors are `@backstage/errors`: `ServiceUnavailableError` when the
 * cluster is not reachable, `NotAllowedError` when Slipway's account may not.
 *
 * @public
 */
export interface PipelineCluster {
  name: string;
  /** Undefined when there is none. */
  get(ref: {
    apiVersion: string;
    kind: string;
    namespace: string;
    name: string;
  }): Promise<WatchedObject | undefined>;
  /** Makes it unless an object of this name is there already; says whether it did. */
  create(object: WatchedObject): Promise<boolean>;
  /** The end of a container's log. Throws `NotFoundError` when the Pod is gone. */
  podLog(options: {
    namespace: string;
    pod: string;
    container: string;
    tail: number;
  }): Promise<PipelineLog>;
}

/**
 * Who wants a run again.
 *
 * @public
 */
export interface RerunRequest {
  /**
   * The same key of the same run never makes a second one, however often and wherever it is asked: an engine derives
   * the new run's name from it, or remembers it.
   */
  key: string;
  /** Catalog entity ref. */
  actor: string;
}

/**
 * What every engine can do. A log is bounded by `tail` lines, and keeps masked what the engine masks.
 *
 * @public
 */
export interface PipelineEngineBase {
  readonly type: PipelineEngineType;
  /** As people call it. */
  readonly title: string;
}

/**
 * An engine whose runs are objects in the clusters: the status index watches them, so that listing costs no call.
 *
 * @public
 */
export interface ClusterPipelineEngine extends PipelineEngineBase {
  readonly hosting: 'cluster';
  /** What to watch; values are {@link PipelinePart}s, owners come from {@link runOwner}. */
  readonly kinds: LiveKind[];
  readLog(
    cluster: PipelineCluster,
    run: PipelineRunItem,
    options: { step: string; tail: number },
  ): Promise<PipelineLog>;
  /** Makes a new run of the same definition. */
  rerun(
    cluster: PipelineCluster,
    run: PipelineRunItem,
    request: RerunRequest,
  ): Promise<{ id: string }>;
}

/**
 * A repository whose runs are wanted.
 *
 * @public
 */
export interface PipelineRepository {
  /** As {@link repositoryKey} writes it: `github.com/acme/shop`. */
  key: string;
  /** Clone or web URL. */
  url: string;
}

/**
 * What an engine outside the clusters is given when it starts.
 *
 * @public
 */
export interface PipelineHost {
  /** The repositories of bindings and services that use this engine, as they are declared now. */
  repositories(): Promise<PipelineRepository[]>;
  /** Something of these repositories (by key) looks different now. */
  changed(repositories: string[]): void;
}

/**
 * What is known of one repository, from memory.
 *
 * @public
 */
export interface RepositoryRuns {
  /** Newest first. */
  runs: PipelineRunItem[];
  state: 'live' | 'stale' | 'unreachable' | 'unknown';
  /** When the engine last answered. */
  asOf?: string;
  message?: string;
}

/**
 * An engine outside the clusters. It asks in the background and answers from memory.
 *
 * @public
 */
export interface HostedPipelineEngine extends PipelineEngineBase {
  readonly hosting: 'repository';
  start(host: PipelineHost): void;
  stop(): Promise<void>;
  /** Undefined when the repository is not one of this engine's. Asks nobody. */
  runs(repository: string): RepositoryRuns | undefined;
  readLog(
    repository: string,
    run: PipelineRunItem,
    options: { step: string; tail: number },
  ): Promise<PipelineLog>;
  rerun(
    repository: string,
    run: PipelineRunItem,
    request: RerunRequest,
  ): Promise<{ id: string }>;
}

/**
 * Port to what runs pipelines. One backend module each.
 *
 * @public
 */
export type PipelineEngine = ClusterPipelineEngine | HostedPipelineEngine;
