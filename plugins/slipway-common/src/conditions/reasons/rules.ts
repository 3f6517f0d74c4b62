import { done, type Reason, stopped, waiting } from './reason';

/** Reasons of Validated, PolicyPassed and Approved: whether it may run. */
export const RULES = {
  Valid: done('Valid', 'Spec, class and everything it refers to make sense.'),
  Invalid: stopped({
    title: 'The spec has errors',
    why: 'The newest version of the file breaks rules of the schema, so it can\u2019t be acted on.',
    next: 'Correct the file; the last valid version keeps running.',
    who: 'owner',
    action: 'edit-spec',
  }),
  ClassUnknown: stopped({
    title: 'Class unknown',
    why: 'The spec names an environment class that no file of the platform repository defines.',
    next: 'Name a class that exists, or ask the platform team to add it.',
    who: 'owner',
    action: 'edit-spec',
  }),
  ReferenceUnknown: stopped({
    title: 'Something it refers to is missing',
    why: 'The class or the organization names a quota profile, a policy pack or a service that isn\u2019t there.',
    next: 'The platform team adds what the message names, or the class names another.',
    who: 'platform',
  }),
  ClusterFixed: stopped({
    title: 'Its cluster can\u2019t be changed',
    why: 'Data doesn\u2019t move with an environment, so the cluster that was chosen once stays.',
    next: 'Name the former cluster, or remove the environment and declare it again under another name.',
    who: 'owner',
    action: 'edit-spec',
  }),
  NoClusterAllowed: stopped({
    title: 'No cluster for this class',
    why: 'The class allows regions in which no cluster is configured.',
    next: 'The platform team adds a cluster in an allowed region, or the spec names one.',
    who: 'platform',
  }),
  ClusterUnknown: stopped({
    title: 'Cluster unknown',
    why: 'The spec names a cluster that isn\u2019t in the configuration.',
    next: 'Name a cluster of the configuration.',
    who: 'owner',
    action: 'edit-spec',
  }),
  DomainTaken: stopped({
    title: 'Domain taken',
    why: 'A domain belongs to the first organization that holds it.',
    next: 'Choose another domain, or ask the one who holds it to give it up.',
    who: 'owner',
    action: 'edit-spec',
  }),
  RenderFailed: stopped({
    title: 'Rendering failed',
    why: 'The spec is valid, but no objects can be made of it.',
    next: 'The message says which part of the spec; correct it.',
    who: 'owner',
    action: 'edit-spec',
  }),
  PolicyPassed: done(
    'Policy passed',
    'No rule of the class has anything against the rendered objects.',
  ),
  PolicyWarned: done(
    'Policy passed with warnings',
    'A rule of the class warns, and warnings stop nothing.',
  ),
  PolicyDenied: stopped({
    title: 'Stopped by policy',
    why: 'A rule of the class denies an object that the spec renders to.',
    next: 'Apply the fix that the rule names, or ask the platform team about the rule.',
    who: 'owner',
    action: 'policies',
  }),
  PolicyError: stopped({
    title: 'A policy rule is broken',
    why: 'A rule could not be evaluated, and what isn\u2019t judged isn\u2019t let through.',
    next: 'The platform team corrects the rule.',
    who: 'platform',
    action: 'policies',
  }),
  QuotaExceeded: stopped({
    title: 'Does not fit the quota',
    why: 'The workloads ask for more than the quota profile of the class grants.',
    next: 'Ask for less, or ask the platform team for a larger quota profile.',
    who: 'owner',
    action: 'plan',
  }),
  NotRequired: done(
    'No approval needed',
    'The class lets changes through without one.',
  ),
  Approved: done(
    'Approved',
    'Enough of those who may have agreed to the plan.',
  ),
  ApprovalWanted: waiting({
    title: 'Waiting for approval',
    why: 'The class asks people to agree to what would run before it does.',
    next: 'An approver looks at the plan and agrees.',
    who: 'approver',
    action: 'approve',
  }),
} as const satisfies Record<string, Reason>;
