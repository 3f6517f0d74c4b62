import { toolOf } from './managers';
import type { FieldDrift, FieldOwner } from './types';

/** How an owner shows on a field. */
export function ownerIn(
  owner: FieldOwner | undefined,
): Pick<FieldDrift, 'manager' | 'tool' | 'operation' | 'since'> {
  if (!owner) return {};
  return {
    manager: owner.manager,
    tool: toolOf(owner),
    operation: owner.operation,
    ...(owner.time && { since: owner.time }),
  };
}

/** Who wrote last. */
export function latest(owners: FieldOwner[]): FieldOwner | undefined {
  return [...owners].sort((a, b) =>
    (b.time ?? '').localeCompare(a.time ?? ''),
  )[0];
}
