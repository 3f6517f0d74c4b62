/** What people can be told about an environment. */
export const EPISODE_KINDS = ['failed', 'drifted', 'approval'] as const;

/** A kind of {@link Episode}. */
export type EpisodeKind = (typeof EPISODE_KINDS)[number];

/** How an episode ended. */
export type EpisodeOutcome = 'over' | 'approved' | 'removed';

/** A time during which something wants somebody, from its beginning to its end. */
export interface Episode {
  /** Also the scope of its notification: what is sent again under it replaces what was sent before. */
  id: string;
  /** Key of the environment. */
  environment: string;
  kind: EpisodeKind;
  beganAt: Date;
  endedAt?: Date;
  outcome?: EpisodeOutcome;
  /** When it was about to be sent; whether it was is not known until `toldAt` is set. */
  tellingAt?: Date;
  toldAt?: Date;
}
