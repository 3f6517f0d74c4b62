import type { Problem } from '@slipway/plugin-slipway-common';
import type { ResourceIdentity, ResourceRecord } from './ResourceStore';

/** *Platform* repositories hold what people declare, *GitOps* repositories what was rendered. */
export type SourceRole = 'platform' | 'gitops';

/**
 * `unreadable`: nothing is known of its present state, so nothing is concluded from it.
 * `held`: it was read, but so much would vanish that a person is asked first.
 */
export type SourceState = 'ok' | 'unreadable' | 'held';

/** A resource and the file that declares it. */
export interface DeclaredResource extends ResourceIdentity {
  path: string;
}

/** A snapshot that was not applied because too much would vanish with it. */
export interface HeldSnapshot {
  commit: string;
  since: Date;
  vanished: DeclaredResource[];
  confirmed?: { by: string; at: Date };
}

/** A file whose resource another file declares already; the first keeps it. */
export interface SourceConflict extends DeclaredResource {
  heldBy: { sourceId: string; path: string };
}

/** A repository that is read, and how far. */
export interface SourceRecord {
  id: string;
  role: SourceRole;
  url: string;
  branch: string;
  state: SourceState;
  /** The commit whose files are in the store. */
  headCommit?: string;
  /** When it was last read with success; absent before the first time. */
  readAt?: Date;
  error?: string;
  held?: HeldSnapshot;
  conflicts: SourceConflict[];
}

/** The right to read a source, which one replica has at a time. */
export interface SourceLease {
  sourceId: string;
  leaseToken: string;
}

/** One parsed file. */
export interface SnapshotFile extends DeclaredResource {
  text: string;
  /** The normalised value; null when the file is not valid. */
  value: unknown | null;
  problems: Problem[];
}

/** All files of a source at one commit. */
export interface SourceSnapshot {
  sourceId: string;
  /** `headCommit` of the source when reading began; the snapshot is ignored when it has moved since. */
  expectedHead: string | undefined;
  commit: string;
  files: SnapshotFile[];
  /**
   * The reconcile keys that a change of one resource concerns: those of what it declared before (absent when it is
   * new) and of what it declares now (absent when it is deleted). Pure; called inside the transaction.
   */
  keys(
    before: ResourceRecord | undefined,
    after: ResourceRecord | undefined,
  ): string[];
  /**
   * Nothing is applied when, of any kind, at least `minCount` resources and more than `maxDeletedShare` of them would
   * vanish.
   */
  guard: { maxDeletedShare: number; minCount: number };
}

/** What became of a snapshot. */
export type SnapshotResult =
  | {
      outcome: 'applied';
      /** New and changed resources, as they are now. */
      changed: ResourceRecord[];
      deleted: ResourceRecord[];
      conflicts: SourceConflict[];
      /** The keys that were queued in the same transaction. */
      keys: string[];
    }
  | { outcome: 'held'; held: HeldSnapshot }
  /** Somebody was faster: read again from here. */
  | { outcome: 'superseded'; headCommit: string | undefined };

/** The repositories that are read, and the one way in which what they declare gets into the store. */
export interface SourceStore {
  /** Registers the source; another URL or branch than before makes it unread again. Safe to call at every start. */
  ensure(source: {
    id: string;
    role: SourceRole;
    url: string;
    branch: string;
  }): Promise<SourceRecord>;
  get(id: string): Promise<SourceRecord | undefined>;
  list(filter?: { role?: SourceRole }): Promise<SourceRecord[]>;

  /** Undefined while another reader has it. */
  lease(id: string, leaseMs: number): Promise<SourceLease | undefined>;
  /** Fenced by its token; giving back a lost lease does nothing. */
  releaseLease(lease: SourceLease): Promise<void>;

  /** Read with success, and nothing new. False when the recorded head is another one. */
  markRead(id: string, headCommit: string): Promise<boolean>;
  /** Keeps everything that is known of the source. The message must be free of credentials. */
  markUnreadable(id: string, error: string): Promise<void>;

  /**
   * In one transaction: stores new, changed and vanished resources, each with its generation + 1, queues the keys
   * that they concern, and moves the head.
   */
  applySnapshot(snapshot: SourceSnapshot): Promise<SnapshotResult>;
  /**
   * Lets the held snapshot through: the next `applySnapshot` may delete what was on the list, and nothing beyond.
   * False when the source isn't held at this commit (any more).
   */
  confirmHeld(id: string, commit: string, by: string): Promise<boolean>;
}
