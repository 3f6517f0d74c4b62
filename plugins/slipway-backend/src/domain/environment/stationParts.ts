import type { RoadStation } from '@slipway/plugin-slipway-common';
import type { ConditionDraft } from './decision';
import type { HandedOverStage, Stopped } from './observation';

/** What it is called that Slipway went as far as it was told to. */
const HANDED_OVER = {
  write: 'WrittenOnly',
  commit: 'CommittedLocally',
  branch: 'BranchPushed',
  push: 'PushedElsewhere',
} as const satisfies Record<HandedOverStage, string>;

/** Several findings as one sentence that stays readable. */
export function some(findings: string[], shown = 3): string {
  const more = findings.length - shown;
  return (
    findings.slice(0, shown).join(' ') + (more > 0 ? ` And ${more} more.` : '')
  );
}

export function plural(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

export function clusterAway(
  type: RoadStation,
  message: string,
  credentials = false,
): ConditionDraft {
  return {
    type,
    status: 'Unknown',
    reason: credentials ? 'CredentialsRefused' : 'ClusterUnreachable',
    message,
  };
}

/** What is told where Slipway stops and somebody else brings it on. */
export function stopped(
  type: 'Committed' | 'Declared',
  delivery: Stopped,
): ConditionDraft {
  const status = 'False';
  switch (delivery.state) {
    case 'change-open':
      return {
        type,
        status,
        reason: 'DeliveryChangeOpen',
        message: `Change request ${delivery.url ?? delivery.change} has to be merged.`,
      };
    case 'change-closed':
      return {
        type,
        status,
        reason: 'DeliveryChangeClosed',
        message: `Change request ${delivery.url ?? delivery.change} was closed without a merge.`,
      };
    default:
      return {
        type,
        status,
        reason: HANDED_OVER[delivery.stage],
        message: `It stands in ${delivery.where}.`,
      };
  }
}
