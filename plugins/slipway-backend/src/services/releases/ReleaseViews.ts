import { NotFoundError } from '@backstage/errors';
import type {
  ApiEnvironment,
  ApiRelease,
  ApiReleaseDetails,
  ApiReleasePlace,
} from '@slipway/plugin-slipway-common';
import {
  type ReleasedWorkload,
  releaseId,
  runs,
  workloadsOf,
} from '../../domain/releases/release';
import { judgeRollback } from '../../domain/releases/moves';
import type {
  ReleaseRecord,
  ReleaseStore,
  WantedRevision,
} from '../../ports/ReleaseStore';
import type { TimelineEvent, TimelineStore } from '../../ports/TimelineStore';
import { shapeEvent } from '../environments/shapeEvent';
import type { EnvironmentReads } from '../environments/EnvironmentReads';
import type { PlatformStates } from '../plans/Planner';
import { SharedLooks } from '../SharedLook';
import type { FolderReads } from './FolderReads';
import type { ServicePath } from './ReleasesService';

/** Events of a release; it is reported once and moved a few times. */
const TIMELINE = 100;

interface Options {
  releases: ReleaseStore;
  reads: EnvironmentReads;
  states: PlatformStates;
  timeline: TimelineStore;
  folders: FolderReads;
}

/** A release as it is known: told of, or found where it runs. */
export interface KnownRelease {
  id: string;
  workloads: ReleasedWorkload[];
  at: string;
  by?: string;
  record?: ReleaseRecord;
}

/** Releases as people see them: what, who, when, and where each one runs now. */
export class ReleaseViews {
  private readonly lists = new SharedLooks<ApiRelease[]>();

  constructor(private readonly o: Options) {}

  list(path: ServicePath): Promise<ApiRelease[]> {
    const { organization, service } = path;
    return this.lists.now(`${organization}/${service}`, () =>
      this.listNow({ organization, service }),
    );
  }

  private async listNow(path: ServicePath): Promise<ApiRelease[]> {
    const { organization, service } = path;
    const [records, environments, wanted] = await Promise.all([
      this.o.releases.list(organization, service),
      this.o.reads.list({ organization, service }),
      this.o.releases.wanted({ organization, service }),
    ]);
    const known = new Map(
      records.map(record => [record.id, fromRecord(record)]),
    );
    for (const environment of environments) {
      const found = fromEnvironment(path, environment);
      if (found && !known.has(found.id)) known.set(found.id, found);
    }
    return [...known.values()]
      .map(release => shape(release, environments, wanted))
      .sort((a, b) => orderOf(known, b).localeCompare(orderOf(known, a)));
  }

  /** A release by its id: told of, running somewhere, or in the history of an environment's folder. */
  async find(path: ServicePath, id: string): Promise<KnownRelease> {
    const { organization, service } = path;
    const record = await this.o.releases.get(organization, service, id);
    if (record) return fromRecord(record);
    const environments = await this.o.reads.list({ organization, service });
    for (const environment of environments) {
      const found = fromEnvironment(path, environment);
      if (found?.id === id) return found;
    }
    for (const { name } of environments) {
      const folder = await this.folderOf(path, name);
      const found =
        folder && (await this.o.folders.before(folder, { ...path, id }));
      if (found) {
        return {
          id,
          workloads: workloadsOf(found.release),
          at: found.at,
          by: found.author,
        };
      }
    }
    throw new NotFoundError(
      `${organization}/${service} has no release ${id}; its releases are listed at /v1alpha1/services/${organization}/${service}/releases.`,
    );
  }

  async get(path: ServicePath, id: string): Promise<ApiReleaseDetails> {
    const { organization, service } = path;
    const [release, environments, wanted, state] = await Promise.all([
      this.find(path, id),
      this.o.reads.list({ organization, service }),
      this.o.releases.wanted({ organization, service }),
      this.o.states.current(),
    ]);
    const spec = state.service(organization, service);
    const subjects = [
      `service:${organization}/${service}`,
      ...environments.map(
        ({ name }) => `environment:${organization}/${service}/${name}`,
      ),
    ];
    const events = await this.o.timeline.list({ subjects, limit: 1000 });
    const { branch, repository, orderedAt } = release.record ?? {};
    return {
      organization,
      service,
      release: shape(release, environments, wanted),
      ...(branch !== undefined && { branch }),
      ...(repository !== undefined && { repository }),
      ...(orderedAt && { createdAt: orderedAt.toISOString() }),
      targets: environments.map(environment => {
        const blocked =
          spec &&
          judgeRollback({
            spec,
            environment: environment.name,
            release: release.workloads,
            target: { workloads: environment.release ?? {} },
          }).blocked;
        return {
          environment: environment.name,
          rollback: blocked
            ? { allowed: false, reason: blocked.message }
            : { allowed: true },
        };
      }),
      timeline: events
        .filter(
          ({ revision, data }) =>
            data?.release === id ||
            (revision !== undefined &&
              release.workloads.some(one => one.revision === revision)),
        )
        .slice(0, TIMELINE)
        .map(inItsPlace)
        .map(shapeEvent),
    };
  }

  /** What these workloads are as a release: its id, and what is known of it. */
  async describe(
    path: ServicePath,
    workloads: ReleasedWorkload[],
  ): Promise<ApiRelease | undefined> {
    if (workloads.length === 0) return undefined;
    const { organization, service } = path;
    const id = releaseId(organization, service, workloads);
    const [record, environments, wanted] = await Promise.all([
      this.o.releases.get(organization, service, id),
      this.o.reads.list({ organization, service }),
      this.o.releases.wanted({ organization, service }),
    ]);
    const running = environments.find(({ release }) =>
      runs({ workloads: release ?? {} }, workloads),
    );
    const known: KnownRelease = record
      ? fromRecord(record)
      : {
          id,
          workloads,
          at: running?.lastChange?.at ?? running?.updatedAt ?? '',
          ...(running?.lastChange?.author && { by: running.lastChange.author }),
        };
    return shape(known, environments, wanted);
  }

  private async folderOf(
    path: ServicePath,
    environment: string,
  ): Promise<string | undefined> {
    const found = await this.o.reads.get(
      `${path.organization}/${path.service}/${environment}`,
    );
    return found?.record.summary?.folder as string | undefined;
  }
}

/** The page of a release shows what happened to it everywhere, so each row says where. */
function inItsPlace(event: TimelineEvent): TimelineEvent {
  const [kind, path] = event.subject.split(':');
  if (kind !== 'environment') return event;
  return {
    ...event,
    data: { ...event.data, environment: path.split('/').at(-1) },
  };
}

function fromRecord(record: ReleaseRecord): KnownRelease {
  return {
    id: record.id,
    workloads: record.workloads,
    at: record.at.toISOString(),
    by: record.actor,
    record,
  };
}

function fromEnvironment(
  { organization, service }: ServicePath,
  { release, lastChange, updatedAt }: ApiEnvironment,
): KnownRelease | undefined {
  const workloads = workloadsOf({ workloads: release ?? {} });
  if (workloads.length === 0) return undefined;
  return {
    id: releaseId(organization, service, workloads),
    workloads,
    at: lastChange?.at ?? updatedAt,
    ...(lastChange?.author && { by: lastChange.author }),
  };
}

/** By the commit where that is known: what came late stands where it belongs. */
function orderOf(known: Map<string, KnownRelease>, { id }: ApiRelease): string {
  const { record, at } = known.get(id)!;
  return record ? record.orderedAt.toISOString() : at;
}

function shape(
  { id, workloads, at, by, record }: KnownRelease,
  environments: ApiEnvironment[],
  wanted: WantedRevision[],
): ApiRelease {
  return {
    id,
    revision: workloads[0].revision,
    workloads,
    at,
    ...(by !== undefined && { by }),
    ...(record?.promotedFrom !== undefined && { from: record.promotedFrom }),
    ...(record?.message !== undefined && { message: record.message }),
    ...(record?.url !== undefined && { url: record.url }),
    where: environments.flatMap(environment =>
      placeOf(environment, id, workloads, wanted),
    ),
  };
}

function placeOf(
  environment: ApiEnvironment,
  id: string,
  workloads: ReleasedWorkload[],
  wanted: WantedRevision[],
): ApiReleasePlace[] {
  const { name, release, conditions, lastChange } = environment;
  if (runs({ workloads: release ?? {} }, workloads)) {
    return [
      {
        environment: name,
        state: stateOf(conditions),
        ...(lastChange && { since: lastChange.at }),
      },
    ];
  }
  const asked = wanted.find(
    one =>
      one.release === id &&
      one.settledAt === undefined &&
      one.environment.endsWith(`/${name}`),
  );
  return asked
    ? [
        {
          environment: name,
          state: 'waiting',
          since: asked.askedAt.toISOString(),
        },
      ]
    : [];
}

function stateOf(
  conditions: ApiEnvironment['conditions'],
): ApiReleasePlace['state'] {
  const is = (type: string) =>
    conditions.find(condition => condition.type === type)?.status;
  if (is('Synced') === 'True' && is('Healthy') === 'True') return 'running';
  if (is('Healthy') === 'Unknown' && is('Synced') === 'True') return 'unknown';
  return is('Synced') === 'True' && is('Healthy') === 'False'
    ? 'unhealthy'
    : 'rolling-out';
}
