import { DECLARATION } from './declaration';
import { DELIVERY } from './delivery';
import { OBJECT_REASONS, PIPELINE_REASONS } from './details';
import type { Reason } from './reason';
import { RELEASE_REASONS } from './releases';
import { RULES } from './rules';
import { RUNNING } from './running';
import { WEBHOOK_REASONS } from './webhooks';

export type { Reason, ReasonAction, ReasonWho } from './reason';
export { WEBHOOK_REASONS } from './webhooks';

/**
 * Every reason that a condition can carry. Page, CLI, notification and `kubectl` message read the same table.
 * @public
 */
export const REASONS = {
  ...DECLARATION,
  ...RULES,
  ...DELIVERY,
  ...RUNNING,
} as const satisfies Record<string, Reason>;

/** A key of the reasons table. @public */
export type ReasonKey = keyof typeof REASONS;

/**
 * What stands behind a condition or beside the road: reasons of objects in the cluster, of pipeline runs, of
 * releases that don't move and of webhooks.
 * @public
 */
export const DETAIL_REASONS = {
  ...OBJECT_REASONS,
  ...PIPELINE_REASONS,
  ...RELEASE_REASONS,
  ...WEBHOOK_REASONS,
} as const satisfies Record<string, Reason>;

/** A key of {@link DETAIL_REASONS}. @public */
export type DetailReasonKey = keyof typeof DETAIL_REASONS;

/**
 * The row of a reason, of a condition or of what stands behind one; undefined for one that only a newer version knows.
 * @public
 */
export function reasonOf(key: string): Reason | undefined {
  if (Object.hasOwn(REASONS, key)) return REASONS[key as ReasonKey];
  if (Object.hasOwn(DETAIL_REASONS, key))
    return DETAIL_REASONS[key as DetailReasonKey];
  return undefined;
}
