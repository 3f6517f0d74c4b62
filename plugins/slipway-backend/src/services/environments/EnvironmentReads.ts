import {
  ApiDriftSummary,
  ApiEnvironment,
  ApiLiveObject,
  ApiSourceAge,
  ApiWarning,
  Condition,
} from '@slipway/plugin-slipway-common';
import { driftCondition } from '../../domain/drift/condition';
import { livePhase } from '../../domain/environment/livePhase';
import { withAge, withAges } from '../../domain/live/lastKnown';
import { liveConditions, LiveState } from '../../domain/live/liveConditions';
import { isShownLive } from '../../domain/live/shownLive';
import type { LiveEnvironment, SourceAge } from '../../domain/live/types';
import { ClusterInfo, Clusters } from '../../ports/Clusters';
import { DriftGlance, DriftStore } from '../../ports/DriftStore';
import {
  EnvironmentRecord,
  EnvironmentStore,
} from '../../ports/EnvironmentStore';
import {
  EnvironmentSummary,
  KeptVerdict,
} from '../../ports/EnvironmentSummary';
import { StatusIndex } from '../../ports/StatusIndex';
import type { LiveTopics } from '../live/LiveTopics';
import { SharedLook } from '../SharedLook';
import { RecordCache } from './RecordCache';

const NOTHING: Partial<EnvironmentSummary> = {};

/** The age of a source moves without being told; a list may show it so much late. */
const SHAPED_MS = 2_000;

/** An environment as it was shaped for a list, and of what. */
interface Shaped {
  record: EnvironmentRecord;
  drift: DriftGlance | undefined;
  at: number;
  environment: ApiEnvironment;
}

/** Environments as they are shown: what is recorded, with the live conditions computed now. Asks no cluster. */
export class EnvironmentReads {
  private readonly records: RecordCache;
  private readonly drifted = new SharedLook(() => this.glances());
  /** Shared by all who look at a list: a change of the fleet brings all open pages at once. */
  private readonly shaped = new Map<string, Shaped>();

  constructor(
    private readonly store: EnvironmentStore,
    private readonly index: StatusIndex,
    private readonly clusters: Clusters,
    private readonly drifts: Pick<DriftStore, 'glances'>,
    /** Learns which environments are shown as they are recorded. */
    private readonly topics: Pick<LiveTopics, 'lean'>,
  ) {
    this.records = new RecordCache(store);
    index.onChange(keys => {
      for (const key of keys) this.shaped.delete(key);
    });
  }

  async list(filter: {
    organization?: string;
    service?: string;
  }): Promise<ApiEnvironment[]> {
    const { records, drifts } = await this.all(filter);
    return records.map(record => this.listed(record, drifts.get(record.key)));
  }

  /** All of them, with what the policies found when each was planned last. */
  async judged(): Promise<
    Array<{ environment: ApiEnvironment; verdicts: KeptVerdict[] }>
  > {
    const { records, drifts } = await this.all({});
    return records.map(record => ({
      environment: this.listed(record, drifts.get(record.key)),
      verdicts: summaryOf(record).verdicts ?? [],
    }));
  }

  private async all(filter: { organization?: string; service?: string }) {
    const [records, drifts] = await Promise.all([
      this.records.list(filter),
      this.drifted.now(),
    ]);
    // What was shaped of environments that are gone since.
    if (this.shaped.size > this.records.size)
      for (const [key, { record }] of this.shaped)
        if (!this.records.has(record)) this.shaped.delete(key);
    return {
      records: records.filter(({ phase }) => phase !== 'deleted'),
      drifts,
    };
  }

  async get(
    key: string,
  ): Promise<
    { record: EnvironmentRecord; environment: ApiEnvironment } | undefined
  > {
    const [record, drifts] = await Promise.all([
      this.store.get(key),
      this.glances([key]),
    ]);
    return (
      record && { record, environment: this.shape(record, drifts.get(key)) }
    );
  }

  /** What its cluster warned of lately, newest first. */
  warnings(record: EnvironmentRecord): ApiWarning[] {
    return this.index
      .environment(record.key)
      .events.map(({ uid: _, namespace: __, about, ...event }) => ({
        ...event,
        kind: about.kind,
        name: about.name,
      }));
  }

  objects(record: EnvironmentRecord): ApiLiveObject[] {
    const live = this.index.environment(record.key);
    if (live.objects.length > 0)
      return live.objects.map(object => ({ ...object }));
    return summaryOf(record).live?.objects ?? [];
  }

  /** Whether Argo CD has something to be asked about, as far as is known. */
  hasApplication(record: EnvironmentRecord): boolean {
    return (
      this.index.environment(record.key).application !== undefined ||
      summaryOf(record).applied !== undefined
    );
  }

  /** The Application's page, where the address of its Argo CD is configured. */
  argocdPage(record: EnvironmentRecord): { url?: string } {
    const { application } = summaryOf(record);
    const { url } = this.info(record.cluster)?.argocd ?? {};
    if (!application || url === undefined) return {};
    const { namespace, name } = application;
    return { url: `${url}/applications/${namespace}/${name}` };
  }

  private info(cluster: string | undefined) {
    return this.clusters.list().find(info => info.name === cluster);
  }

  private async glances(keys?: string[]): Promise<Map<string, DriftGlance>> {
    const glances = await this.drifts.glances(keys);
    return new Map(glances.map(glance => [glance.environment, glance]));
  }

  /** As a list shows it: shaped anew when the record, its cluster or its drift has moved. */
  private listed(
    record: EnvironmentRecord,
    drift: DriftGlance | undefined,
  ): ApiEnvironment {
    const at = Date.now();
    const known = this.shaped.get(record.key);
    if (
      known?.record === record &&
      at - known.at < SHAPED_MS &&
      timesOf(known.drift) === timesOf(drift)
    )
      return known.environment;
    const environment = this.shape(record, drift);
    this.shaped.set(record.key, { record, drift, at, environment });
    return environment;
  }

  private shape(
    record: EnvironmentRecord,
    drift: DriftGlance | undefined,
  ): ApiEnvironment {
    const summary = summaryOf(record);
    const info = this.info(record.cluster);
    const live = this.index.environment(record.key);
    const synced = live.application?.revision ?? summary.live?.syncedRevision;
    const now = stationsNow(record, summary, live, info?.argocd);
    this.topics.lean(record.key, leansOnRecord(summary, live, now));
    const conditions = now
      ? withLive(record.conditions, now)
      : record.conditions;
    return {
      organization: record.organization,
      service: record.service,
      name: record.name,
      class: record.class,
      cluster: record.cluster ?? '',
      ...(info?.region ? { region: info.region } : {}),
      sandbox: info?.sandbox ?? false,
      namespace: record.namespace,
      phase: (now && livePhase(conditions)) ?? record.phase,
      owner: summary.owner ?? '',
      ...(summary.promoteFrom !== undefined && {
        promoteFrom: summary.promoteFrom,
      }),
      conditions: [
        ...conditions,
        ...(drift
          ? [driftCondition(drift, record.appliedGeneration ?? 0)]
          : []),
      ],
      ...(drift ? { drift: shapeGlance(drift) } : {}),
      release: summary.release?.workloads ?? {},
      ...(synced ? { syncedRevision: synced } : {}),
      ...(record.commit ? { commit: record.commit } : {}),
      gates: summary.gates ?? [],
      ...(record.digest ? { digest: record.digest } : {}),
      ...(record.approvalDigest
        ? { approvalDigest: record.approvalDigest }
        : {}),
      cents: summary.cost?.cents ?? 0,
      currency: summary.cost?.currency ?? 'EUR',
      source: sourceOf(record, live, summary),
      updatedAt: record.updatedAt.toISOString(),
      ...(summary.lastChange
        ? { lastChange: asLastChange(summary.lastChange) }
        : {}),
    };
  }
}

function asLastChange({
  author,
  at,
  commit,
}: NonNullable<EnvironmentSummary['lastChange']>) {
  return { ...(author !== undefined && { author }), at, commit };
}

/** Synced and Healthy are computed when read, once the road has got that far. */
function stationsNow(
  record: EnvironmentRecord,
  summary: Partial<EnvironmentSummary>,
  live: LiveEnvironment,
  argocd: ClusterInfo['argocd'] | undefined,
): LiveState | undefined {
  if (!record.cluster || !argocd || !isShownLive(record)) return undefined;
  return liveConditions(withAges(live, summary.live?.asOf), {
    cluster: record.cluster,
    argocdCluster: argocd.cluster,
    now: new Date(),
    silentAfterMs: argocd.silentAfterMs,
    commit: record.commit,
    committed: summary.lastChange,
    gates: summary.gates ?? [],
  });
}

/** The recorded conditions with those of now; recorded times stay while they say the same. */
function withLive(recorded: Condition[], now: LiveState): Condition[] {
  return recorded.map(condition => {
    const draft = [now.synced, now.healthy].find(
      d => d.type === condition.type,
    );
    if (!draft || draft.reason === 'StatusUnknown') return condition;
    return {
      ...condition,
      ...draft,
      lastTransitionTime:
        draft.status === condition.status && draft.reason === condition.reason
          ? condition.lastTransitionTime
          : new Date().toISOString(),
    };
  });
}

/** Whether anything of what the watches are asked for is taken from the record, for lack of an answer. */
function leansOnRecord(
  { live: recorded }: Partial<EnvironmentSummary>,
  { application, objects }: LiveEnvironment,
  now: LiveState | undefined,
): boolean {
  return (
    (objects.length === 0 && (recorded?.objects.length ?? 0) > 0) ||
    (!application && recorded?.syncedRevision !== undefined) ||
    now?.synced.reason === 'StatusUnknown' ||
    now?.healthy.reason === 'StatusUnknown'
  );
}

/** Tells one look at drift from another. */
function timesOf(drift: DriftGlance | undefined): string {
  return `${drift?.changedAt.getTime()} ${drift?.checkedAt?.getTime()}`;
}

function summaryOf(record: EnvironmentRecord): Partial<EnvironmentSummary> {
  return (record.summary as Partial<EnvironmentSummary> | undefined) ?? NOTHING;
}

/** The worst known of the sources that the environment is shown from. */
function sourceOf(
  record: EnvironmentRecord,
  live: LiveEnvironment,
  summary: Partial<EnvironmentSummary>,
): ApiSourceAge {
  const own = live.sources.filter(source => source.cluster === record.cluster);
  const worst = ['unreachable', 'stale', 'live']
    .map(state =>
      [...own, ...live.sources].find(source => source.state === state),
    )
    .find(Boolean);
  if (worst) return shapeAge(withAge(worst, summary.live?.asOf));
  return {
    name: record.cluster ?? 'no cluster yet',
    state: 'unknown',
    ...(summary.live ? { asOf: summary.live.asOf } : {}),
  };
}

function shapeAge(source: SourceAge): ApiSourceAge {
  const { cluster, state, asOf, message } = source;
  return {
    name: cluster,
    state,
    ...(asOf ? { asOf } : {}),
    ...(message ? { message } : {}),
  };
}

function shapeGlance(glance: DriftGlance): ApiDriftSummary {
  const { state, objects, fields, checkedAt, since } = glance;
  return {
    state,
    objects,
    fields,
    ...(checkedAt ? { checkedAt: checkedAt.toISOString() } : {}),
    ...(since ? { since: since.toISOString() } : {}),
  };
}
