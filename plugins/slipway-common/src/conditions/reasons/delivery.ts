import { done, here, type Reason, stopped, unknown, waiting } from './reason';

/** Reasons of Rendered, Committed, Provisioned and Synced: how it gets to the cluster. */
export const DELIVERY = {
  Rendered: done('Rendered', 'The objects that the spec stands for are made.'),
  Committed: done(
    'Committed',
    'The GitOps repository holds exactly what was rendered.',
  ),
  Committing: here(
    'Writing to Git',
    'What is rendered differs from what the GitOps repository holds.',
    'Argo CD is told as soon as it is pushed.',
  ),
  DeliveryChangeOpen: waiting({
    title: 'Waiting for the delivery change request',
    why: 'The class delivers by change request, so somebody looks at the rendered files first.',
    next: 'Somebody with the right to the GitOps repository merges it.',
    who: 'approver',
    action: 'delivery-change',
  }),
  DeliveryChangeClosed: stopped({
    title: 'Delivery change request closed',
    why: 'Somebody closed it without a merge, and it is not opened again against their will.',
    next: 'Somebody opens it again, or changes the spec; a new rendering asks anew.',
    who: 'owner',
    action: 'delivery-change',
  }),
  WrittenOnly: waiting({
    title: 'Written, not committed',
    why: 'Slipway is configured to write rendered files into a folder, and to commit nothing (delivery stage write).',
    next: 'Somebody of the platform team commits the folder and pushes it to the GitOps repository.',
    who: 'platform',
    action: 'plan',
  }),
  CommittedLocally: waiting({
    title: 'Committed, not pushed',
    why: 'Slipway is configured to commit to a clone on its machine, and to push nothing (delivery stage commit).',
    next: 'Somebody of the platform team pushes the clone to the GitOps repository.',
    who: 'platform',
    action: 'plan',
  }),
  BranchPushed: waiting({
    title: 'Pushed to a branch',
    why: 'Slipway is configured to push a branch, and to open no change request for it (delivery stage branch).',
    next: 'Somebody with the right to the GitOps repository merges the branch.',
    who: 'approver',
    action: 'plan',
  }),
  PushedElsewhere: waiting({
    title: 'Pushed, not yet where Argo CD reads',
    why: 'Slipway is configured to push to another remote or branch than the one that Argo CD reads.',
    next: 'Somebody of the platform team brings it from there to what Argo CD reads.',
    who: 'platform',
    action: 'plan',
  }),
  GitUnavailable: here(
    'Git host unavailable',
    'The Git host doesn\u2019t answer, or refuses.',
    'It is tried again by itself; nothing is lost.',
  ),
  Provisioned: done(
    'Provisioned',
    'Namespace, rights, quota, network policies and Application are in place.',
  ),
  Provisioning: here(
    'Setting up the namespace',
    'Slipway applies the objects of platform/ itself, before Argo CD comes in.',
    'Usually takes a few seconds.',
  ),
  ClusterUnreachable: unknown(
    'Cluster unreachable',
    'The cluster doesn\u2019t answer, so what is shown may have changed since.',
    'It is tried again by itself; the state shown is the last one known.',
  ),
  ApplyRefused: stopped({
    title: 'The cluster refused an object',
    why: 'The API server or an admission webhook of the cluster doesn\u2019t accept what Slipway applies.',
    next: 'The message is the API server\u2019s own; correct the spec, or ask the platform team.',
    who: 'platform',
    action: 'plan',
  }),
  FieldConflict: stopped({
    title: 'Somebody else owns a field',
    why: 'Another field manager has set a field that Slipway applies, and Slipway doesn\u2019t take it by force.',
    next: 'The other manager gives the field up, or the platform team takes it over.',
    who: 'platform',
    action: 'drift',
  }),
  NamespaceTaken: stopped({
    title: 'The namespace belongs to somebody else',
    why: 'A namespace of this name was there before, without the marks of this environment.',
    next: 'The platform team renames it, or adopts it.',
    who: 'platform',
  }),
  LeftToOthers: waiting({
    title: 'Waiting for the platform objects',
    why: 'Slipway is configured to read this cluster only (gitops-only).',
    next: 'Whoever applies platform/ of the GitOps repository does so.',
    who: 'platform',
  }),
  ArgoCDMissing: stopped({
    title: 'Argo CD is not installed',
    why: 'The cluster that should hold the Application doesn\u2019t know Argo CD\u2019s kinds.',
    next: 'The platform team installs Argo CD or names its cluster in the configuration.',
    who: 'platform',
    action: 'operations',
  }),
  Synced: done('Synced', 'The cluster holds what the GitOps repository says.'),
  OutOfSync: here(
    'Out of sync',
    'Objects in the cluster differ from the commit that Argo CD compared them with.',
    'Argo CD applies the commit.',
  ),
  ChangedInCluster: waiting({
    title: 'Changed in the cluster',
    why: 'Somebody changed objects past Git, and the class has self-heal off, so Argo CD leaves them as they are.',
    next: 'Put it back, or accept it into Git.',
    who: 'owner',
    action: 'drift',
  }),
  Syncing: here(
    'Argo CD is syncing',
    'Argo CD applies the commit at this moment.',
    'Usually takes a few seconds.',
  ),
  SyncFailed: stopped({
    title: 'Argo CD could not sync',
    why: 'Argo CD tried to apply the commit, and the cluster or the repository didn\u2019t let it.',
    next: 'The message is Argo CD\u2019s own; correct what it names.',
    who: 'owner',
    action: 'sync',
  }),
  AwaitingArgoCD: here(
    'Waiting for Argo CD',
    'Argo CD has not looked at the newest commit yet.',
    'Argo CD picks it up by itself.',
  ),
} as const satisfies Record<string, Reason>;
