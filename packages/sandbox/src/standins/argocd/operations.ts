import {
  JsonObject,
  listAt,
  numberAt,
  objectAt,
  objectsAt,
  stringAt,
} from '../../apiserver/json';
import { KubeObject, timestamp } from '../../apiserver/types';
import { ClusterClient } from '../client';
import { StandInContext } from '../stand-in';
import { Resource } from './comparison';
import { SyncOptions, syncAll } from './sync';

/** Without a policy of its own an automated sync is tried again this often. */
const RETRY_LIMIT = 5;
const HISTORY_LIMIT = 10;
/** At least this long between two heals of one commit. */
const HEAL_PAUSE_MS = 2000;

export interface Situation {
  app: KubeObject;
  project: KubeObject;
  client: ClusterClient;
  namespace: string;
  commit: string;
  /** Whether what it deploys is the same as at the commit that was synced last. */
  unchanged: boolean;
  status: JsonObject;
  resources: Resource[];
  look: () => Resource[];
}

/** Decides whether to sync, and does it: because somebody asks, or because the policy says so. */
export class Operations {
  constructor(private readonly context: StandInContext) {}

  /** Answers what the cluster holds afterwards, and when to look again. */
  perform(situation: Situation): { resources: Resource[]; again?: number } {
    const { app, status, unchanged, resources, look } = situation;
    const asked = objectAt(app, 'operation');
    const automated = objectAt(app, 'spec', 'syncPolicy', 'automated');
    const policy =
      automated && automated.enabled !== false ? automated : undefined;
    if (asked) {
      const options = this.options(app, objectAt(asked, 'sync') ?? {});
      this.run(situation, asked, options, 0);
      return { resources: look() };
    }
    if (!policy || resources.every(one => one.synced)) return { resources };
    const last = objectAt(status, 'operationState');
    const failed = last?.phase === 'Failed' || last?.phase === 'Error';
    const finished = Date.parse(stringAt(last, 'finishedAt') ?? '') || 0;
    const now = this.context.clock().getTime();
    const retries =
      unchanged && failed ? (numberAt(last, 'retryCount') ?? 0) + 1 : 0;
    if (retries) {
      const limit =
        numberAt(app, 'spec', 'syncPolicy', 'retry', 'limit') ?? RETRY_LIMIT;
      if (retries > limit && limit >= 0) return { resources };
      const due = finished + backoff(app, retries - 1) - now;
      if (due > 0) return { resources, again: due };
    }
    const prune = policy.prune === true;
    // What only waits to be pruned is no reason to sync over and over when pruning is not wished.
    const repairable = resources.some(
      one => !one.synced && (one.target || prune),
    );
    if (!repairable) return { resources };
    if (unchanged && !failed) {
      if (policy.selfHeal !== true) return { resources };
      // Two that pull at one field must not keep this process busy.
      const rest = HEAL_PAUSE_MS - (now - finished);
      if (rest > 0) return { resources, again: rest };
    }
    const emptied = resources.every(one => !one.target);
    if (emptied && prune && policy.allowEmpty !== true) return { resources };
    const operation = {
      sync: { revision: situation.commit, ...(prune ? { prune: true } : {}) },
      initiatedBy: { automated: true },
    };
    this.run(situation, operation, this.options(app, operation.sync), retries);
    return {
      resources: look(),
      ...(this.failed(status) ? { again: backoff(app, retries) } : {}),
    };
  }

  private failed(status: JsonObject): boolean {
    return objectAt(status, 'operationState')?.phase === 'Failed';
  }

  private options(app: KubeObject, sync: JsonObject): SyncOptions {
    const listed = [
      ...listAt(app, 'spec', 'syncPolicy', 'syncOptions'),
      ...listAt(sync, 'syncOptions'),
    ];
    const only = objectsAt(sync, 'resources') as unknown as SyncOptions['only'];
    return {
      prune: sync.prune === true,
      dryRun: sync.dryRun === true,
      createNamespace: listed.includes('CreateNamespace=true'),
      ...(only?.length ? { only } : {}),
    };
  }

  private run(
    situation: Situation,
    operation: JsonObject,
    options: SyncOptions,
    retryCount: number,
  ): void {
    const { app, project, client, namespace, commit, status, resources } =
      situation;
    const startedAt = timestamp(this.context.clock());
    const result = syncAll(app, project, client, namespace, resources, options);
    const finishedAt = timestamp(this.context.clock());
    const source = objectAt(app, 'spec', 'source');
    status.operationState = {
      operation,
      phase: result.succeeded ? 'Succeeded' : 'Failed',
      message: result.message,
      startedAt,
      finishedAt,
      ...(retryCount ? { retryCount } : {}),
      syncResult: { revision: commit, source, resources: result.resources },
    };
    if (result.succeeded && !options.dryRun && !options.only) {
      const history = objectsAt(status, 'history');
      const id = history.length
        ? (numberAt(history[history.length - 1], 'id') ?? 0) + 1
        : 0;
      const entry = {
        id,
        revision: commit,
        source,
        deployStartedAt: startedAt,
        deployedAt: finishedAt,
        initiatedBy: operation.initiatedBy ?? {},
      };
      const limit =
        numberAt(app, 'spec', 'revisionHistoryLimit') ?? HISTORY_LIMIT;
      status.history = limit > 0 ? [...history, entry].slice(-limit) : [];
    }
    const text = result.succeeded
      ? `Sync operation to ${commit} succeeded`
      : `Sync operation to ${commit} failed: ${result.message}`;
    this.context.events.record(
      app,
      result.succeeded ? 'Normal' : 'Warning',
      'OperationCompleted',
      text,
    );
  }
}

/** How long to wait before a try, by the Application's own policy. */
function backoff(app: KubeObject, tries: number): number {
  const policy = objectAt(app, 'spec', 'syncPolicy', 'retry', 'backoff');
  const first = duration(policy?.duration) ?? 5000;
  const factor = numberAt(policy, 'factor') ?? 2;
  return Math.min(
    duration(policy?.maxDuration) ?? 180_000,
    first * factor ** tries,
  );
}

function duration(value: unknown): number | undefined {
  const units: Record<string, number> = {
    ms: 1,
    s: 1000,
    m: 60_000,
    h: 3_600_000,
  };
  if (typeof value === 'number') return value * 1000;
  const match =
    typeof value === 'string' ? /^(\d+)(ms|s|m|h)?$/.exec(value) : null;
  return match ? Number(match[1]) * units[match[2] ?? 's'] : undefined;
}
