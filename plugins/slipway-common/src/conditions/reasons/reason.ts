import type { StationState } from '../conditions';

/** Who acts next. @public */
export type ReasonWho =
  'nobody' | 'requester' | 'owner' | 'approver' | 'platform' | 'ci';

/**
 * What a page can offer for a reason. Where it leads, and whether the caller may, is the page's to know.
 * @public
 */
export type ReasonAction =
  | 'approve'
  | 'delivery-change'
  | 'drift'
  | 'edit-spec'
  | 'operations'
  | 'pipelines'
  | 'plan'
  | 'policies'
  | 'reconcile'
  | 'resources'
  | 'sync';

/**
 * What a reason means to a person: what is, why, and who can do what next.
 * @public
 */
export interface Reason {
  /** How the station shows while this reason stands. */
  state: StationState;
  /** A few words, first in the sentence: "Waiting for approval". */
  title: string;
  /** Why things come to stand like this; the figures and names of the case are in the condition's message. */
  why: string;
  /** What happens next, or who can do what. */
  next: string;
  /** Who acts. */
  who: ReasonWho;
  /** What a page can offer; absent where there is nothing to press. */
  action?: ReasonAction;
}

/** Nothing is left to do. */
export const done = (title: string, why: string) =>
  ({
    state: 'done',
    title,
    why,
    next: 'Nothing to do.',
    who: 'nobody',
  }) as const satisfies Reason;

/** Something is under way that nobody has to look after. */
export const here = (title: string, why: string, next: string) =>
  ({
    state: 'here',
    title,
    why,
    next,
    who: 'nobody',
  }) as const satisfies Reason;

/** A source can't be asked; the last known state stays. */
export const unknown = (title: string, why: string, next: string) =>
  ({
    state: 'unknown',
    title,
    why,
    next,
    who: 'nobody',
  }) as const satisfies Reason;

interface Asking<W extends ReasonWho> {
  title: string;
  why: string;
  next: string;
  who: Exclude<W, 'nobody'>;
  action?: ReasonAction;
}

/** Somebody or something outside has to come first, and all is well. */
export const waiting = <W extends ReasonWho>(reason: Asking<W>) =>
  ({ state: 'waiting', ...reason }) as const satisfies Reason;

/** It doesn't go on until somebody changes something. */
export const stopped = <W extends ReasonWho>(reason: Asking<W>) =>
  ({ state: 'stopped', ...reason }) as const satisfies Reason;
