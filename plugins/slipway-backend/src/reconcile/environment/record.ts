import { REASONS, type Condition } from '@slipway/plugin-slipway-common';
import {
  sameConditions,
  settleConditions,
  whileRetrying,
} from '../../domain/environment/conditions';
import type {
  ConditionDraft,
  Decision,
} from '../../domain/environment/decision';
import { assertTransition } from '../../domain/environment/lifecycle';
import { withAges } from '../../domain/live/lastKnown';
import {
  liveConditions,
  type LiveState,
} from '../../domain/live/liveConditions';
import { type EnvironmentRun, messageOf } from './EnvironmentRun';
import { closeOvertaken, tellReverted } from './deliver';
import { movedBy, settleMove, settleWanted } from './release';
import { summaryOf } from './summary';
import { tellRemoved } from './tellRemoved';
import { tellSyncs } from './tellSyncs';

/** Reasons that say nothing to somebody who reads what happened. */
const UNTOLD: readonly string[] = ['Ahead', 'Reconciling', 'StatusUnknown'];

/**
 * The stations that the cluster speaks for, from memory. Until the watches have answered after a start, what was
 * recorded last still counts: a restart is no transition.
 */
export function liveState(run: EnvironmentRun): LiveState {
  const live = withAges(
    run.o.index.environment(run.key),
    run.summary.live?.asOf,
  );
  const { synced, healthy } = liveConditions(live, {
    cluster: run.cluster?.name ?? '',
    argocdCluster: run.cluster?.argocd.cluster ?? '',
    now: run.now,
    silentAfterMs: run.cluster?.argocd.silentAfterMs,
    commit: run.delivered?.commit ?? run.record.commit,
    committed: run.delivered ?? run.summary.lastChange,
    gates: run.plan?.gates ?? run.summary.gates ?? [],
  });
  return { synced: lastKnown(run, synced), healthy: lastKnown(run, healthy) };
}

function lastKnown(run: EnvironmentRun, draft: ConditionDraft): ConditionDraft {
  const before = run.record.conditions.find(({ type }) => type === draft.type);
  if (
    draft.reason !== 'StatusUnknown' ||
    !before ||
    UNTOLD.includes(before.reason)
  )
    return draft;
  const { status, message } = before;
  return {
    ...draft,
    status,
    reason: before.reason as ConditionDraft['reason'],
    message,
  };
}

/** Writes what was decided: conditions, phase, and whatever this run has found out, with what there is to tell. */
export async function recordDecision(
  run: EnvironmentRun,
  decision: Decision,
): Promise<void> {
  const { record, plan, delivered } = run;
  assertTransition(run.key, record.phase, decision.phase);
  const settled = settleConditions(decision.conditions, record.conditions, run);
  const conditions = sameConditions(settled, record.conditions)
    ? record.conditions
    : settled;
  const committed =
    conditions.find(({ type }) => type === 'Committed')?.status === 'True';
  const written =
    committed && delivered !== undefined && delivered.commit !== record.commit;
  const moved = plan ? await movedBy(run) : run.summary.moved;
  const revision = moved?.revision;
  await tellRemoved(run);
  if (committed && delivered) tellReverted(run, delivered.commit);
  const synced = tellSyncs(run, revision);
  tellTransitions(
    run,
    conditions,
    [
      ...UNTOLD,
      ...(written ? ['Committed'] : []),
      // The sync itself says it better: with its commit, and at its own time.
      ...(synced ? ['Synced'] : []),
    ],
    revision,
  );
  if (written) {
    run.tell({
      type: 'Committed',
      reason: 'Committed',
      title: 'Rendered files were written to the GitOps repository',
      commit: delivered.commit,
      ...(revision && { revision }),
      ...(delivered.author && { data: { author: delivered.author } }),
      dedupeKey: `committed/${delivered.commit}`,
    });
  }
  // Written by another way, or not wanted any more.
  if (committed && (written || run.summary.proposed)) await closeOvertaken(run);
  await run.save({
    conditions,
    phase: decision.phase,
    declared: run.declared !== undefined,
    ...(run.declared && { class: run.declared.class }),
    ...(plan && { approvalDigest: plan.approvalDigest }),
    ...(plan &&
      committed && {
        digest: plan.digest,
        rendererVersion: plan.rendererVersion,
        appliedGeneration: run.generation,
      }),
    ...(committed && delivered && { commit: delivered.commit }),
    summary: { ...(await summaryOf(run)) },
  });
  if (committed) await settleWanted(run);
  if (plan) await settleMove(run);
}

function tellTransitions(
  run: EnvironmentRun,
  conditions: Condition[],
  untold: readonly string[],
  revision: string | undefined,
): void {
  const { record, resource } = run;
  for (const { type, status, reason, message } of conditions) {
    const before = record.conditions.find(condition => condition.type === type);
    const same = before?.status === status && before.reason === reason;
    if (same || untold.includes(reason)) continue;
    run.tell({
      type,
      reason,
      title: (REASONS as Record<string, { title: string }>)[reason].title,
      data: { status, message },
      ...(resource && { commit: resource.commit }),
      ...(revision && { revision }),
      // An environment that comes back after its end counts its revisions anew.
      dedupeKey: `condition/${type}/${reason}/${record.createdAt.getTime()}/${record.revision}`,
    });
  }
}

/** Says what went wrong where the road was, and leaves it to the queue when it is tried again. */
export async function recordRetry(
  run: EnvironmentRun,
  decision: Decision,
  error: unknown,
): Promise<void> {
  try {
    const message = `${messageOf(error)} (attempt ${run.context.lease.attempts + 1})`;
    await recordDecision(run, whileRetrying(decision, message));
  } catch (recording) {
    run.context.logger.warn(
      `${run.key}: what went wrong could not be recorded: ${messageOf(recording)}`,
    );
  }
}
