import { REASONS, ROAD, type Condition } from '@slipway/plugin-slipway-common';
import type { LiveState } from '../live/liveConditions';
import type { ConditionDraft, Decision } from './decision';

/**
 * Gives drafts their generation and time. The time is that of the last change of status or reason: what a person asks
 * is since when it waits for this, not since when it is not done. What nobody came to yet keeps its older generation.
 */
export function settleConditions(
  drafts: ConditionDraft[],
  previous: Condition[],
  { generation, now }: { generation: number; now: Date },
): Condition[] {
  return drafts.map(draft => {
    const before = previous.find(({ type }) => type === draft.type);
    const same =
      before?.status === draft.status && before.reason === draft.reason;
    return {
      ...draft,
      observedGeneration: generation,
      lastTransitionTime: same ? before.lastTransitionTime : now.toISOString(),
    };
  });
}

/** Whether two sets of conditions say the same; a write that says nothing new is not made. */
export function sameConditions(a: Condition[], b: Condition[]): boolean {
  return (
    a.length === b.length &&
    a.every((condition, i) => {
      const other = b[i];
      return (
        condition.type === other.type &&
        condition.status === other.status &&
        condition.reason === other.reason &&
        condition.message === other.message &&
        condition.observedGeneration === other.observedGeneration
      );
    })
  );
}

/**
 * The recorded conditions with what is live in place of what was recorded of it. For readers: they see the state of
 * now, while only the holder of the key's lease records its transitions.
 */
export function withLive(
  conditions: Condition[],
  live: LiveState,
  now: Date,
): Condition[] {
  const provisioned = conditions.find(({ type }) => type === 'Provisioned');
  if (provisioned?.status !== 'True') return conditions;
  return conditions.map(condition => {
    if (condition.type !== 'Synced' && condition.type !== 'Healthy')
      return condition;
    const draft = condition.type === 'Synced' ? live.synced : live.healthy;
    const { observedGeneration: generation } = condition;
    return settleConditions([draft], [condition], { generation, now })[0];
  });
}

/** The same decision, where what it asked for went wrong in a way that is tried again. */
export function whileRetrying(decision: Decision, message: string): Decision {
  const index = decision.conditions.findIndex(
    ({ status }) => status !== 'True',
  );
  const at = index < 0 ? ROAD.length - 1 : index;
  return {
    ...decision,
    conditions: decision.conditions.map((condition, i) =>
      i === at
        ? { ...condition, status: 'False', reason: 'Retrying', message }
        : condition,
    ),
    phase: decision.phase === 'deleting' ? 'deleting' : 'reconciling',
  };
}

/** What a notification or the timeline says about a condition, in one line. */
export function titleOf(
  condition: Pick<Condition, 'reason' | 'message'>,
): string {
  const reason = (REASONS as Record<string, { title: string }>)[
    condition.reason
  ];
  return `${reason?.title ?? condition.reason}: ${condition.message}`;
}
