import { done, here, type Reason, stopped } from './reason';

/**
 * Why a release is not promoted, or nothing is gone back to: what a dialog shows before anybody can press. Never a
 * condition's reason.
 */
export const RELEASE_REASONS = {
  NoSource: stopped({
    title: 'Nowhere to promote from',
    why: 'The spec names no environment that releases come from, or the one it names isn\u2019t there.',
    next: 'Set promoteFrom of the environment in the spec.',
    who: 'owner',
    action: 'edit-spec',
  }),
  NothingToPromote: here(
    'Nothing to promote yet',
    'Nothing was released to the environment that releases come from.',
    'It can be promoted as soon as CI has reported a revision there.',
  ),
  SourceNotHealthy: stopped({
    title: 'Not healthy where it comes from',
    why: 'What staging has not proven doesn\u2019t go on to the next environment.',
    next: 'Look at the environment that it comes from; promote once it is healthy.',
    who: 'owner',
    action: 'resources',
  }),
  SourceOnItsWay: here(
    'Still on its way where it comes from',
    'The environment that it comes from isn\u2019t in sync with Git yet.',
    'It can be promoted as soon as it is in sync and healthy there.',
  ),
  SameRelease: done(
    'Runs already',
    'The environment runs these revisions already.',
  ),
  TargetIsNewer: stopped({
    title: 'A newer one runs already',
    why: 'A promotion never goes back: what runs was made after what would be promoted.',
    next: 'Roll back to that release if that is what is meant.',
    who: 'owner',
  }),
  CannotPlan: stopped({
    title: 'Can\u2019t be planned',
    why: 'What the release would become can\u2019t be rendered from the spec as it is.',
    next: 'Mend the spec; the message says where.',
    who: 'owner',
    action: 'edit-spec',
  }),
  Pinned: stopped({
    title: 'Pinned in the spec',
    why: 'The spec names image.revision itself, and what a spec pins counts.',
    next: 'Take image.revision out of the spec, and the release counts.',
    who: 'owner',
    action: 'edit-spec',
  }),
  UnknownRelease: stopped({
    title: 'Release unknown here',
    why: 'The environment has none of the workloads of this release any more.',
    next: 'Choose another release.',
    who: 'owner',
  }),
} as const satisfies Record<string, Reason>;
