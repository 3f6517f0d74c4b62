import type { Draft, RenderContext } from '../context';
import { at } from './differences';

/**
 * Leaves out accounts that no Pod of an adopted environment runs with, and
 * those that were there before: what they may do is somebody else's to say.
 *
 * @internal
 */
export function withoutStrangersAccounts(
  { adopt }: RenderContext,
  drafts: Draft[],
): Draft[] {
  if (!adopt) return drafts;
  const used = new Set(
    drafts.map(({ object }) =>
      at(object, 'spec', 'template', 'spec', 'serviceAccountName'),
    ),
  );
  const left = new Set(
    adopt.leave.flatMap(({ kind, name }) =>
      kind === 'ServiceAccount' ? [name] : [],
    ),
  );
  return drafts.filter(
    ({ object: { kind, metadata } }) =>
      kind !== 'ServiceAccount' ||
      (used.has(metadata.name) && !left.has(metadata.name)),
  );
}
