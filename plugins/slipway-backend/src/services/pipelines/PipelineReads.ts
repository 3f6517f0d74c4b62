import {
  ApiSourceAge,
  environmentNamespace,
  organizationNamespace,
} from '@slipway/plugin-slipway-common';
import {
  type ClusterPipelineEngine,
  foundById,
  foundByRepository,
  foundByRun,
  type HostedPipelineEngine,
  type LiveItems,
  type LiveOwner,
  type PipelineEngine,
  type PipelinePart,
  type PipelineRunItem,
} from '@slipway/plugin-slipway-node';
import {
  type CodeHosts,
  isForeignNamespace,
  joinRuns,
  repositoriesOf,
} from '../../domain/pipelines';
import type { PlatformState } from '../../domain/platform/PlatformState';
import type { StatusIndex } from '../../ports/StatusIndex';
import type { ServicePath } from './PipelinesService';

/** A run with where it was found. */
export type FoundRun = {
  run: PipelineRunItem;
  environment?: string;
} & (
  | { engine: ClusterPipelineEngine; cluster: string }
  | { engine: HostedPipelineEngine; repository: string }
);

/** A cluster or repository in which an engine runs pipelines. */
export interface PlaceOfRuns {
  engine: PipelineEngine;
  /** Name of the cluster, key of the repository. */
  place: string;
  /** The engine and the place. */
  source: string;
  live: boolean;
  /** It has answered since this process began. */
  answered: boolean;
}

type ClusterAge = ReturnType<StatusIndex['clusters']>[number];

/** Kinds that engines want to be watched, and clusters don't let us see. */
export interface RefusedKinds {
  refused(): Array<{
    cluster: string;
    apiVersion: string;
    kind: string;
    message: string;
  }>;
}

/** Runs from memory: the status index's, and what engines outside the clusters have heard. */
export class PipelineReads {
  constructor(
    private readonly engines: readonly PipelineEngine[],
    private readonly items: LiveItems,
    private readonly code: CodeHosts,
  ) {}

  /** The repositories that a service is built from. */
  repositories(
    state: PlatformState,
    { organization, service }: ServicePath,
  ): string[] {
    const owner = state.organization(organization);
    const spec = state.service(organization, service);
    return owner && spec ? repositoriesOf(owner, spec, this.code) : [];
  }

  /** Newest first. An environment whose declaration is gone may be named, so that its runs are still found. */
  runs(
    state: PlatformState,
    path: ServicePath,
    environment?: string,
  ): FoundRun[] {
    const repositories = this.repositories(state, path);
    const owners = ownersOf(state, path, repositories, environment);
    const found = this.engines.flatMap(engine =>
      engine.hosting === 'cluster'
        ? this.inClusters(engine, owners, path.organization)
        : repositories.flatMap(repository =>
            (engine.runs(repository)?.runs ?? []).map(run => ({
              engine,
              repository,
              run,
            })),
          ),
    );
    const began = ({ run }: FoundRun) => run.startedAt ?? run.createdAt ?? '';
    return found.sort((a, b) => began(b).localeCompare(began(a)));
  }

  /** Where runs of a service may be, and how well that is known. */
  places(
    state: PlatformState,
    path: ServicePath,
    clusters: ClusterAge[],
  ): PlaceOfRuns[] {
    const repositories = this.repositories(state, path);
    return this.engines.flatMap((engine): PlaceOfRuns[] =>
      engine.hosting === 'cluster'
        ? clusters.map(({ cluster, state: known, asOf }) => ({
            engine,
            place: cluster,
            source: `${engine.type} ${cluster}`,
            live: known === 'live',
            answered: asOf !== undefined,
          }))
        : repositories.map(repository => {
            const known = engine.runs(repository);
            return {
              engine,
              place: repository,
              source: `${engine.type} ${repository}`,
              live: known?.state === 'live',
              answered: known?.asOf !== undefined,
            };
          }),
    );
  }

  /** Engines whose kinds a cluster doesn't let us see. */
  refusals(refused: ReturnType<RefusedKinds['refused']>): ApiSourceAge[] {
    return this.engines.flatMap(engine =>
      engine.hosting === 'repository'
        ? []
        : refused
            .filter(({ apiVersion, kind }) =>
              engine.kinds.some(
                own => own.kind === kind && own.apiVersion === apiVersion,
              ),
            )
            .map(({ cluster, message }) => ({
              name: `${engine.title}: ${cluster}`,
              state: 'unknown' as const,
              message,
            })),
    );
  }

  /** How well engines outside the clusters know these repositories. */
  sources(repositories: string[]): ApiSourceAge[] {
    return this.engines.flatMap(engine =>
      engine.hosting === 'cluster'
        ? []
        : repositories.flatMap(repository => {
            const known = engine.runs(repository);
            if (!known) return [];
            const { state, asOf, message } = known;
            return [
              {
                name: `${engine.title}: ${repository}`,
                state,
                ...(asOf && { asOf }),
                ...(message && { message }),
              },
            ];
          }),
    );
  }

  /** Services that are shown what is kept under these owners: `~found/…`, as the status index tells them. */
  servicesShowing(state: PlatformState, keys: string[]): ServicePath[] {
    const changed = new Set(keys);
    return state
      .services()
      .map(({ metadata, spec }) => ({
        organization: spec.organization,
        service: metadata.name,
      }))
      .filter(path =>
        ownersOf(state, path, this.repositories(state, path)).some(owner =>
          changed.has(`${owner.organization}/${owner.service}`),
        ),
      );
  }

  private inClusters(
    engine: ClusterPipelineEngine,
    owners: LiveOwner[],
    organization: string,
  ): FoundRun[] {
    // By cluster: a restored backup may have the same uids in two of them.
    const clusters = new Map<
      string,
      { parts: PipelinePart[]; environments: Map<string, string> }
    >();
    const take = (owner: LiveOwner) => {
      for (const kind of engine.kinds) {
        for (const { cluster, value } of this.items.items(kind, owner)) {
          const part = value as unknown as PipelinePart;
          const known = clusters.get(cluster) ?? {
            parts: [],
            environments: new Map<string, string>(),
          };
          clusters.set(cluster, known);
          known.parts.push(part);
          if (part.part === 'run' && owner.environment)
            known.environments.set(part.run.id, owner.environment);
        }
      }
    };
    owners.forEach(take);
    for (const { parts } of [...clusters.values()])
      for (const part of [...parts])
        if (part.part === 'run' && !part.run.byUs)
          take(foundByRun(part.run.id));
    return [...clusters].flatMap(([cluster, { parts, environments }]) =>
      joinRuns(parts)
        // Also those with our labels: whoever writes to a namespace labels what is in it as they like.
        .filter(run => !isForeignNamespace(run.namespace ?? '', organization))
        .map(run => {
          const environment = environments.get(run.id);
          return { engine, cluster, run, ...(environment && { environment }) };
        }),
    );
  }
}

/** Everything under which runs of a service may be kept. */
function ownersOf(
  state: PlatformState,
  { organization, service }: ServicePath,
  repositories: string[],
  undeclared?: string,
): LiveOwner[] {
  const declared = state.service(organization, service)?.spec.environments;
  const environments = [
    ...new Set([
      ...(declared ?? []).map(({ name }) => name),
      ...(undeclared ? [undeclared] : []),
    ]),
  ];
  const namespaces = [
    organizationNamespace(organization),
    ...environments.map(environment =>
      environmentNamespace(organization, service, environment),
    ),
  ];
  return [
    { organization, service },
    ...environments.map(environment => ({
      organization,
      service,
      environment,
    })),
    ...namespaces.map(namespace => foundById(namespace, service)),
    ...repositories.map(foundByRepository),
  ];
}
