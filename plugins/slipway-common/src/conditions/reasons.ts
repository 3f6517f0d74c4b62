import { StationState } from './conditions';

/**
 * What a reason means to a person: what is, and who can do what next.
 * @public
 */
export interface Reason {
  /** How the station shows while this reason stands. */
  state: StationState;
  /** A few words, first in the sentence: "Waiting for approval". */
  title: string;
  /** What happens next, or who can do what. */
  next: string;
  /** Who acts. */
  who: 'nobody' | 'requester' | 'owner' | 'approver' | 'platform' | 'ci';
}

const done = (title: string): Reason => ({
  state: 'done',
  title,
  next: 'Nothing to do.',
  who: 'nobody',
});
const here = (title: string, next: string): Reason => ({
  state: 'here',
  title,
  next,
  who: 'nobody',
});

/**
 * Every reason that a condition can carry. Page, CLI, notification and `kubectl` message read the same table.
 * @public
 */
export const REASONS = {
  Declared: done('Declared'),
  Undeclared: here(
    'Being removed',
    'Its objects are removed in order; data is kept where the class says so.',
  ),
  Removed: {
    state: 'waiting',
    title: 'Removed',
    next: 'Declare it again to bring it back.',
    who: 'owner',
  },
  Retained: {
    state: 'waiting',
    title: 'Removed, databases kept',
    next: 'Declare it again to use them, or ask the platform team to delete them.',
    who: 'owner',
  },
  Reconciling: here('Being looked at', 'Usually takes a few seconds.'),
  SourceUnreadable: {
    state: 'unknown',
    title: 'Platform repository unreadable',
    next: 'Nothing is changed or deleted until it can be read again. The platform team checks the repository and its credentials.',
    who: 'platform',
  },
  MassDeletionHeld: {
    state: 'stopped',
    title: 'Deletion held',
    next: 'Many specs vanished at once. Somebody of the platform team confirms it on the Operations page, or puts the files back.',
    who: 'platform',
  },
  Valid: done('Valid'),
  Invalid: {
    state: 'stopped',
    title: 'The spec has errors',
    next: 'Correct the file; the last valid version keeps running.',
    who: 'owner',
  },
  ClassUnknown: {
    state: 'stopped',
    title: 'Class unknown',
    next: 'Name a class that exists, or ask the platform team to add it.',
    who: 'owner',
  },
  ReferenceUnknown: {
    state: 'stopped',
    title: 'Something it refers to is missing',
    next: 'The platform team adds what the message names, or the class names another.',
    who: 'platform',
  },
  ClusterFixed: {
    state: 'stopped',
    title: 'Its cluster can\u2019t be changed',
    next: 'Name the former cluster, or remove the environment and declare it again under another name.',
    who: 'owner',
  },
  NoClusterAllowed: {
    state: 'stopped',
    title: 'No cluster for this class',
    next: 'The platform team adds a cluster in an allowed region, or the spec names one.',
    who: 'platform',
  },
  ClusterUnknown: {
    state: 'stopped',
    title: 'Cluster unknown',
    next: 'Name a cluster of the configuration.',
    who: 'owner',
  },
  DomainTaken: {
    state: 'stopped',
    title: 'Domain taken',
    next: 'Another service holds the domain. Choose another, or ask its owner to give it up.',
    who: 'owner',
  },
  PolicyPassed: done('Policy passed'),
  PolicyWarned: done('Policy passed with warnings'),
  PolicyDenied: {
    state: 'stopped',
    title: 'Stopped by policy',
    next: 'Apply the fix that the rule names, or ask the platform team about the rule.',
    who: 'owner',
  },
  PolicyError: {
    state: 'stopped',
    title: 'A policy rule is broken',
    next: 'The platform team corrects the rule.',
    who: 'platform',
  },
  QuotaExceeded: {
    state: 'stopped',
    title: 'Does not fit the quota',
    next: 'Ask for less, or ask the platform team for a larger quota profile.',
    who: 'owner',
  },
  NotRequired: done('No approval needed'),
  Approved: done('Approved'),
  ApprovalWanted: {
    state: 'waiting',
    title: 'Waiting for approval',
    next: 'An approver looks at the plan and agrees.',
    who: 'approver',
  },
  Rendered: done('Rendered'),
  RenderFailed: {
    state: 'stopped',
    title: 'Rendering failed',
    next: 'The message says which part of the spec; correct it.',
    who: 'owner',
  },
  Committed: done('Committed'),
  Committing: here(
    'Writing to Git',
    'Argo CD is told as soon as it is pushed.',
  ),
  DeliveryChangeOpen: {
    state: 'waiting',
    title: 'Waiting for the delivery change request',
    next: 'Somebody with the right to the GitOps repository merges it.',
    who: 'approver',
  },
  DeliveryChangeClosed: {
    state: 'stopped',
    title: 'Delivery change request closed',
    next: 'Somebody opens it again, or changes the spec; a new rendering asks anew.',
    who: 'owner',
  },
  GitUnavailable: {
    state: 'here',
    title: 'Git host unavailable',
    next: 'It is tried again by itself; nothing is lost.',
    who: 'nobody',
  },
  Provisioned: done('Provisioned'),
  Provisioning: here(
    'Setting up the namespace',
    'Usually takes a few seconds.',
  ),
  ClusterUnreachable: {
    state: 'unknown',
    title: 'Cluster unreachable',
    next: 'It is tried again by itself; the state shown is the last one known.',
    who: 'nobody',
  },
  ApplyRefused: {
    state: 'stopped',
    title: 'The cluster refused an object',
    next: 'The message is the API server\u2019s own; correct the spec, or ask the platform team.',
    who: 'platform',
  },
  FieldConflict: {
    state: 'stopped',
    title: 'Somebody else owns a field',
    next: 'The other manager gives the field up, or the platform team takes it over.',
    who: 'platform',
  },
  NamespaceTaken: {
    state: 'stopped',
    title: 'The namespace belongs to somebody else',
    next: 'The platform team renames it, or adopts it.',
    who: 'platform',
  },
  LeftToOthers: {
    state: 'waiting',
    title: 'Waiting for the platform objects',
    next: 'Whoever applies platform/ of the GitOps repository does so; Slipway only reads this cluster.',
    who: 'platform',
  },
  ArgoCDMissing: {
    state: 'stopped',
    title: 'Argo CD is not installed',
    next: 'The platform team installs Argo CD or names its cluster in the configuration.',
    who: 'platform',
  },
  Synced: done('Synced'),
  OutOfSync: here('Out of sync', 'Argo CD applies the new commit.'),
  Syncing: here('Argo CD is syncing', 'Usually takes a few seconds.'),
  SyncFailed: {
    state: 'stopped',
    title: 'Argo CD could not sync',
    next: 'The message is Argo CD\u2019s own; correct what it names.',
    who: 'owner',
  },
  AwaitingArgoCD: here(
    'Waiting for Argo CD',
    'Argo CD picks the application up by itself.',
  ),
  Healthy: done('Healthy'),
  Progressing: here('Starting', 'Pods are being started.'),
  Degraded: {
    state: 'stopped',
    title: 'Not healthy',
    next: 'Look at the object that the message names; its events and logs say more.',
    who: 'owner',
  },
  BuildGateClosed: {
    state: 'waiting',
    title: 'Build gate closed',
    next: 'The first image opens it: CI reports a revision, or the spec pins image.revision.',
    who: 'ci',
  },
  Suspended: {
    state: 'waiting',
    title: 'Suspended',
    next: 'Somebody suspended it; resume it there.',
    who: 'owner',
  },
  StatusUnknown: {
    state: 'unknown',
    title: 'No answer yet',
    next: 'Shown as soon as the cluster has answered.',
    who: 'nobody',
  },
  Ahead: {
    state: 'ahead',
    title: 'Not yet',
    next: 'The stations before come first.',
    who: 'nobody',
  },
  NotDrifted: done('No drift'),
  Drifted: {
    state: 'stopped',
    title: 'Drifted',
    next: 'Put it back, or accept it into Git.',
    who: 'owner',
  },
  Retrying: {
    state: 'here',
    title: 'Something went wrong; trying again',
    next: 'It is tried again by itself; the message says when and why.',
    who: 'nobody',
  },
} as const satisfies Record<string, Reason>;

/** A key of the reasons table. @public */
export type ReasonKey = keyof typeof REASONS;
