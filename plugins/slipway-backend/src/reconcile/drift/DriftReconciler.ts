import { createHash } from 'node:crypto';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { syncStateOf } from '../../domain/drift/application';
import { healedBefore, settleEpisode } from '../../domain/drift/episode';
import { refKey, type ObjectDrift } from '../../domain/drift/types';
import { foreignWrites } from '../../domain/drift/writes';
import { redact } from '../../domain/redact';
import type { DriftCheck, DriftRecord } from '../../ports/DriftStore';
import type { EnvironmentSummary } from '../../ports/EnvironmentSummary';
import type { UnseenKind } from '../../ports/WriteLog';
import type { Outcome } from '../../ports/WorkQueue';
import type { ReconcileContext, Reconciler } from '../engine';
import { checkObject } from './checkObject';
import { readDesired } from './desired';
import { DriftRun } from './DriftRun';
import { healerOf } from './heal';
import {
  DRIFT_WAITS,
  type DriftReconcilerOptions,
  type DriftWaits,
} from './options';
import { putBack } from './putBack';
import { unlessUnderway } from './underway';

/** Under this name the checks keep what the whole was looked at with; no object is called like it. */
const BASIS = 'basis';

/** Phases in which nothing is agreed that could be drifted from. */
const OVER = ['deleting', 'retained', 'deleted'];

/**
 * Key `drift:<org>/<service>/<name>`: lays what runs beside what was agreed. Costs no call to any cluster unless
 * something was written, and then only for the objects that were.
 */
export class DriftReconciler implements Reconciler {
  readonly prefix = 'drift';
  private readonly waits: DriftWaits;

  static create(options: DriftReconcilerOptions): DriftReconciler {
    return new DriftReconciler(options);
  }

  private constructor(private readonly o: DriftReconcilerOptions) {
    this.waits = { ...DRIFT_WAITS, ...o.waits };
  }

  async reconcile(context: ReconcileContext): Promise<Outcome> {
    const key = parseKey(context.key);
    const record = await this.o.environments.get(key);
    const before = await this.o.drifts.get(key);
    const info = this.o.clusters
      .list()
      .find(({ name }) => name === record?.cluster);
    if (!record || !info || !record.declared || OVER.includes(record.phase)) {
      const { lease } = context;
      if (before)
        await context.step('forget drift', () =>
          this.o.drifts.remove(key, { lease }),
        );
      return { type: 'done' };
    }
    // What was never delivered can't be drifted from; the first write to it calls again.
    if (!record.commit) return { type: 'done' };
    const run = new DriftRun(this.o, context, record, before, info);
    if (this.o.apply === 'gitops-only') return this.notAsked(run);
    try {
      return await this.look(run);
    } catch (error) {
      if (!(error instanceof ServiceUnavailableError)) throw error;
      await this.recordAway(run, redact(error.message));
      return { type: 'requeue', afterMs: this.waits.clusterMs };
    }
  }

  private async look(run: DriftRun): Promise<Outcome> {
    const { o, key } = run;
    const requests = await o.drifts.asked(key);
    const seen = o.writes.seen(key);
    const basis = basisOf(run, seen);
    if (requests.length === 0 && !this.isDue(run, basis)) {
      o.writes.forget(key, o.writes.foreign(key));
      return { type: 'requeue', afterMs: this.untilRecheck(run) };
    }
    if (!this.watchesAreUp(run))
      return { type: 'requeue', afterMs: this.waits.settlingMs };
    const newForMs = requests.length === 0 ? this.newForMs(run) : 0;
    if (newForMs > 0) return { type: 'requeue', afterMs: newForMs };
    const unfinishedMs = requests.length === 0 ? this.unfinishedMs(run) : 0;
    if (unfinishedMs > 0) return { type: 'requeue', afterMs: unfinishedMs };
    const application = await run
      .client(run.info.argocd.cluster)
      .get(run.applicationRef());
    run.application = application;
    run.sync = application ? syncStateOf(application) : {};
    if (this.isSettling(run))
      return { type: 'requeue', afterMs: this.waits.settlingMs };
    run.desired = await readDesired(run);

    const full = this.untilRecheck(run) <= 0;
    let found = await this.check(run, seen, full, new Set());
    let later = false;
    for (const request of requests) {
      const result = await putBack(run, request, found.drifted);
      if (result === 'later') later = true;
    }
    if (run.putBackBy.size > 0)
      found = await this.check(run, seen, false, new Set(run.putBackBy.keys()));
    await this.record(run, found, basis);
    if (later || run.putBackBy.size > 0)
      return { type: 'requeue', afterMs: this.waits.settlingMs };
    return {
      type: 'requeue',
      afterMs: found.unknown ? this.waits.refusedMs : this.waits.recheckMs,
    };
  }

  private async check(
    run: DriftRun,
    seen: ReadonlyMap<string, string>,
    full: boolean,
    again: Set<string>,
  ): Promise<Findings> {
    const { before } = run;
    const known = new Map(before?.drifted.map(drift => [refKey(drift), drift]));
    const drifted: ObjectDrift[] = [];
    const checks: Record<string, DriftCheck> = {};
    const unknown: string[] = [];
    const unseen = new Set<UnseenKind>();
    for (const desired of run.desired) {
      const { key, wanted } = desired;
      const print = seen.get(key);
      const check = { wanted, ...(print !== undefined && { seen: print }) };
      const last = before?.checks[key];
      const blind = run.unseenOf(desired);
      const same =
        !blind &&
        last !== undefined &&
        last.wanted === wanted &&
        last.seen === print;
      if (same && !full && !again.has(key)) {
        const drift = known.get(key);
        if (drift) drifted.push(drift);
        checks[key] = check;
        continue;
      }
      if (run.context.signal.aborted) throw run.context.signal.reason;
      const answer = await unlessUnderway(
        run,
        desired,
        await checkObject(run, desired),
      );
      if (answer.drift) drifted.push(answer.drift);
      if (blind) unseen.add(blind);
      if (answer.unknown !== undefined) unknown.push(answer.unknown);
      else if (!answer.underway && !blind) checks[key] = check;
    }
    // What is so at this moment says nothing of the next, when nobody tells of writes.
    for (const { kind, message } of unseen)
      unknown.push(`Who writes to a ${kind} isn't seen: ${redact(message)}`);
    return {
      drifted,
      checks,
      ...(unknown.length > 0 && { unknown: unknown.join(' ') }),
    };
  }

  private async record(
    run: DriftRun,
    { drifted, checks, unknown }: Findings,
    basis: string,
  ): Promise<void> {
    const { before, key, now, o } = run;
    const { record, events } = settleEpisode(
      before,
      key,
      { drifted, unknown, now },
      (object, field) => healerOf(run, object, field),
    );
    run.events.push(...events);
    const writes = o.writes.foreign(key);
    if (!before?.since && record.state === 'none') this.tellHealed(run, writes);
    await run.save(record, {
      ...checks,
      ...(unknown === undefined && { [BASIS]: { wanted: basis } }),
    });
    o.writes.forget(key, writes);
  }

  /**
   * Drift that was over before this look: the watches saw it come, and now it is gone. What neither the watches nor a
   * look saw (a portal that was down, two writes between two events) can't be told, and isn't.
   */
  private tellHealed(
    run: DriftRun,
    writes: ReturnType<DriftReconcilerOptions['writes']['foreign']>,
  ): void {
    const since = run.before?.checkedAt?.getTime();
    // Before the first look nobody knows what was agreed; whoever wrote last may have made it.
    if (since === undefined) return;
    for (const write of writes) {
      const key = refKey(write.object);
      const desired = run.desired.find(one => one.key === key);
      const live = run.live.get(key);
      // A second is as exact as managers are; an old entry that was there at the last look is no news.
      if (!desired || !live || Date.parse(write.at) < since - 1000) continue;
      const still = foreignWrites(live, run.o.allowed)
        .filter(({ manager }) => manager === write.manager)
        .flatMap(({ fields }) => fields);
      const fields = write.fields.filter(path => !still.includes(path));
      if (fields.length === 0) continue;
      const object = {
        ...desired.ref,
        missing: false,
        part: desired.part,
        fields: [],
      };
      const healer = healerOf(run, object, {
        path: fields[0],
        segments: [],
        why: 'foreign',
        manager: write.manager,
      });
      run.events.push(healedBefore({ ...write, fields }, healer, run.now));
    }
  }

  /** Whether anything says that the last answer may not hold any more. */
  private isDue(run: DriftRun, basis: string): boolean {
    const { before } = run;
    return (
      before?.checks[BASIS]?.wanted !== basis || this.untilRecheck(run) <= 0
    );
  }

  private untilRecheck({ before, now }: DriftRun): number {
    const last = before?.checkedAt?.getTime() ?? 0;
    return last + this.waits.recheckMs - now.getTime();
  }

  /** Until the first lists are in, what isn't seen says nothing. */
  private watchesAreUp({ o, key, info }: DriftRun): boolean {
    const { sources } = o.index.environment(key);
    const names = [info.name, info.argocd.cluster];
    if (!o.watching()) return false;
    return sources
      .filter(({ cluster }) => names.includes(cluster))
      .every(({ state, asOf }) => state !== 'stale' || asOf !== undefined);
  }

  /**
   * How long an environment still counts as new. What was applied for the first time is as it was applied, and until
   * Argo CD has looked there is nothing else: a look would ask the cluster for each object what it has just answered,
   * while it brings up others. Whoever else writes is looked after at once, and so is what Argo CD does.
   */
  private newForMs({ o, key, before, summary, now }: DriftRun): number {
    const { application } = o.index.environment(key);
    if (
      before?.checkedAt !== undefined ||
      summary.applied === undefined ||
      application?.reconciledAt !== undefined ||
      o.writes.foreign(key).length > 0
    )
      return 0;
    const appliedAt = Date.parse(summary.applied.at);
    return appliedAt + this.waits.firstMs - now.getTime();
  }

  /**
   * How long to wait for an apply that has begun, as far as the record knows: what differs is on its way, also where the
   * process that began it has ended and another one goes on. One that doesn't come to its end is waited for only where
   * nothing was applied before it; else what was counts again. The longer it has stood the later it is looked at.
   */
  private unfinishedMs({ record, summary, now }: DriftRun): number {
    if (summary.applied?.commit === record.commit) return 0;
    const moved = record.conditions.map(({ lastTransitionTime }) =>
      Date.parse(lastTransitionTime),
    );
    const stood = now.getTime() - Math.max(0, ...moved);
    if (summary.applied && stood > this.waits.patienceMs) return 0;
    return Math.min(
      Math.max(stood, this.waits.settlingMs),
      this.waits.clusterMs,
    );
  }

  /** While Argo CD works, what differs is on its way; one that works for very long is not waited for. */
  private isSettling({ sync, now }: DriftRun): boolean {
    if (!sync.running) return false;
    const since = sync.running.since?.getTime();
    return since === undefined || now.getTime() - since < this.waits.patienceMs;
  }

  /** The last answer stays, with its age. */
  private async recordAway(run: DriftRun, message: string): Promise<void> {
    const { before, key, now } = run;
    if (before?.state === 'unknown' && before.message === message) return;
    const state = before?.since ? 'drifted' : 'unknown';
    await run.save(
      {
        environment: key,
        state,
        ...(before?.since && { since: before.since }),
        changedAt: before?.state === state ? before.changedAt : now,
        ...(before?.checkedAt && { checkedAt: before.checkedAt }),
        message,
        drifted: before?.drifted ?? [],
      },
      withoutBasis(before?.checks ?? {}),
    );
  }

  private async notAsked(run: DriftRun): Promise<Outcome> {
    const message =
      'Slipway only reads this cluster (slipway.apply: gitops-only); what an apply would change takes the right to apply. Argo CD’s own verdict counts.';
    if (run.before?.message !== message) await this.recordAway(run, message);
    return { type: 'done' };
  }
}

interface Findings {
  drifted: ObjectDrift[];
  checks: Record<string, DriftCheck>;
  unknown?: string;
}

/** What the answer depends on, as far as memory and the record know it. */
function basisOf(
  { record, o, key, unseen }: DriftRun,
  seen: ReadonlyMap<string, string>,
): string {
  const { application } = o.index.environment(key);
  const { applied } = (record.summary ?? {}) as Partial<EnvironmentSummary>;
  return createHash('sha256')
    .update(
      JSON.stringify([
        [...seen].sort(([a], [b]) => (a < b ? -1 : 1)),
        application?.revision,
        application?.sync,
        application?.operation,
        applied?.commit,
        record.commit,
        ...unseen.map(({ apiVersion, kind }) => `${apiVersion}/${kind}`),
      ]),
    )
    .digest('base64url')
    .slice(0, 22);
}

function withoutBasis(
  checks: DriftRecord['checks'],
): Record<string, DriftCheck> {
  const { [BASIS]: _, ...rest } = checks;
  return rest;
}

function parseKey(key: string): string {
  const name = key.slice('drift:'.length);
  if (name.split('/').filter(Boolean).length !== 3) {
    throw new InputError(
      `'${key}' is no key of an environment's drift; it has to be drift:<organization>/<service>/<name>`,
    );
  }
  return name;
}
