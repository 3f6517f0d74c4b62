import {
  LABELS,
  MANAGED_BY,
  type Adoption,
} from '@slipway/plugin-slipway-common';
import type { Finding, RenderContext } from '../context';
import type { KubernetesObject, RenderedObject } from '../types';
import { at, differences, leftOut } from './differences';
import {
  ADOPTABLE_ANNOTATION,
  ADOPTED_ANNOTATION,
  ADOPTING_ANNOTATION,
  repositoriesOf,
  trackedResources,
  type FoundEnvironment,
} from './found';
import { groupOf, idOf, titleOf } from './identity';

const RULE = 'adopt';

/** Namespaces of Kubernetes, of Argo CD's, and of Slipway's own make. */
const RESERVED = /^(default|kube-.*|argocd|org-.*)$/;

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Where the Pods of a kind are described. */
const POD_TEMPLATES: Record<string, string[]> = {
  DaemonSet: ['spec', 'template'],
  Deployment: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
};

/** What an API server never changes in an object. */
const IMMUTABLE: Record<string, string[][]> = {
  DaemonSet: [['spec', 'selector']],
  Deployment: [['spec', 'selector']],
  Job: [['spec', 'template']],
  PersistentVolumeClaim: [
    ['spec', 'storageClassName'],
    ['spec', 'volumeName'],
  ],
  Service: [['spec', 'clusterIP']],
  StatefulSet: [
    ['spec', 'selector'],
    ['spec', 'serviceName'],
    ['spec', 'volumeClaimTemplates'],
  ],
};

/** Which Pods a Service leads to: another answer is an interruption. */
const TRAFFIC = [
  ['spec', 'selector'],
  ['spec', 'ports'],
];

type Say = (result: Finding['result'], message: string, fix?: string) => void;

/**
 * What an adoption would change in what is there, and what stands against it:
 * nothing may restart, nothing may be deleted, nothing may be somebody else's.
 *
 * @internal
 */
export function adoptionFindings(
  context: RenderContext,
  objects: readonly RenderedObject[],
  found: FoundEnvironment,
): Finding[] {
  const { adopt } = context;
  if (!adopt) return [];
  const findings: Finding[] = [];
  const say: Say = (result, message, fix) =>
    findings.push({
      rule: RULE,
      result,
      message,
      ...(fix !== undefined && { fix }),
      specPath: `${context.paths.environment}.adopt`,
    });
  judgeNamespace(context, adopt, found, say);
  // Whoever may plan learns nothing of a namespace that isn't theirs to have.
  if (findings.length > 0) return findings;
  judgeApplication(context, adopt, found, say);
  const workload = objects
    .filter(({ part }) => part === 'workload')
    .map(({ object }) => object);
  for (const object of workload) judgeObject(object, found, say);
  judgePrune(adopt, workload, found, say);
  return findings;
}

/** Whether an adoption of this Application is over: it is ours and nothing of it is left to do. @public */
export function isAdopted(
  application: KubernetesObject | undefined,
  name: { organization: string; service: string; environment: string },
): boolean {
  return (
    application !== undefined &&
    belongsTo(application, name) &&
    application.metadata.annotations?.[ADOPTING_ANNOTATION] === undefined
  );
}

function belongsTo(
  { metadata: { labels = {} } }: KubernetesObject,
  name: { organization: string; service: string; environment: string },
): boolean {
  return (
    labels[LABELS.managedBy] === MANAGED_BY &&
    labels[LABELS.organization] === name.organization &&
    labels[LABELS.service] === name.service &&
    labels[LABELS.environment] === name.environment
  );
}

function judgeNamespace(
  context: RenderContext,
  adopt: Adoption,
  { namespace }: FoundEnvironment,
  say: Say,
): void {
  const { namespace: name } = adopt;
  if (RESERVED.test(name) || name === context.input.cluster.argocd.namespace) {
    say(
      'deny',
      `Namespace ${name} belongs to the cluster or to Slipway itself.`,
      'Adopt a namespace of your own.',
    );
    return;
  }
  if (!namespace) {
    say(
      'deny',
      `There is no namespace ${name} on cluster ${context.input.cluster.name}.`,
      'Leave adopt out, and Slipway makes a namespace; or put its name right.',
    );
    return;
  }
  if (at(namespace, 'metadata', 'deletionTimestamp') !== undefined) {
    say('deny', `Namespace ${name} is being deleted.`);
  }
  if (belongsTo(namespace, context)) return;
  const owner = ownerOf(namespace);
  if (owner) {
    say(
      'deny',
      `Namespace ${name} is managed by Slipway already and belongs to ${owner}.`,
      'Every environment has a namespace of its own.',
    );
    return;
  }
  const released = namespace.metadata.annotations?.[ADOPTABLE_ANNOTATION];
  if (released !== context.organization) {
    say(
      'deny',
      released
        ? `Namespace ${name} is released to organization ${released}, not to ${context.organization}.`
        : `Namespace ${name} isn't released to organization ${context.organization}.`,
      `Ask the platform team to release it: on the page of adoptions, or by the annotation ${ADOPTABLE_ANNOTATION}: ${context.organization}.`,
    );
  }
}

/** `<organization>/<service>/<environment>` where Slipway manages an object. */
function ownerOf({ metadata: { labels = {} } }: KubernetesObject) {
  const names = [LABELS.organization, LABELS.service, LABELS.environment].map(
    label => labels[label],
  );
  return labels[LABELS.managedBy] === MANAGED_BY && names.every(Boolean)
    ? names.join('/')
    : undefined;
}

function judgeApplication(
  context: RenderContext,
  adopt: Adoption,
  { application, namespace, destinations }: FoundEnvironment,
  say: Say,
): void {
  const name = adopt.application;
  // One that somebody deleted after the adoption is made anew.
  if (!application && namespace && belongsTo(namespace, context)) return;
  if (!application) {
    say(
      'deny',
      `There is no Application ${name} in namespace ${context.input.cluster.argocd.namespace} on cluster ${context.input.cluster.argocd.cluster}.`,
      'Put its name right.',
    );
    return;
  }
  if (belongsTo(application, context)) return;
  const owner = ownerOf(application);
  if (owner) {
    say(
      'deny',
      `Application ${name} is managed by Slipway already and belongs to ${owner}.`,
    );
    return;
  }
  const key = [context.organization, context.service, context.environment].join(
    '/',
  );
  const begun = begunBy(application);
  if (begun !== undefined && begun !== key) {
    say('deny', `Application ${name} is being adopted by ${begun}.`);
  }
  const parent =
    application.metadata.annotations?.['argocd.argoproj.io/tracking-id'];
  const generator = (
    at(application, 'metadata', 'ownerReferences') as
      Array<{ kind: string; name: string }> | undefined
  )?.[0];
  if (generator || parent) {
    say(
      'deny',
      `Application ${name} is made by ${generator ? `${generator.kind} ${generator.name}` : `Application ${parent!.split(':')[0]}`}, which would put it back.`,
      'Take it out there first, so that it stays by itself.',
    );
  }
  const destination = at(application, 'spec', 'destination') as
    { server?: string; name?: string; namespace?: string } | undefined;
  if (
    destination?.namespace !== adopt.namespace ||
    !destinations.some(
      ({ server, name: cluster }) =>
        (server !== undefined && server === destination.server) ||
        (cluster !== undefined && cluster === destination.name),
    )
  ) {
    say(
      'deny',
      `Application ${name} delivers to namespace ${destination?.namespace ?? '(none)'} of ${destination?.name ?? destination?.server ?? '(none)'}, not to ${adopt.namespace} on cluster ${context.input.cluster.name}.`,
      'Name the Application of this namespace.',
    );
  }
  const repositories = repositoriesOf(application);
  if (adopt.repoURL !== undefined && !repositories.includes(adopt.repoURL)) {
    say(
      'deny',
      `Application ${name} reads from ${repositories.join(', ') || 'no repository'}, not from ${adopt.repoURL}.`,
      'Somebody gave it another source; look at it again before it is adopted.',
    );
  }
  say(
    'warn',
    `Application ${name} is handed over: from ${repositories.join(', ') || 'no repository'} to ${context.folder}/workload of ${context.input.gitops.repoURL}.`,
  );
}

/** The environment that has begun to adopt an Application. */
function begunBy(application: KubernetesObject): string | undefined {
  const note = application.metadata.annotations?.[ADOPTED_ANNOTATION];
  if (note === undefined) return undefined;
  try {
    return (JSON.parse(note) as { environment?: string }).environment;
  } catch {
    return 'somebody who left no readable note';
  }
}

function judgeObject(
  wanted: KubernetesObject,
  found: FoundEnvironment,
  say: Say,
): void {
  const title = titleOf(wanted);
  const there = found.objects.find(object => idOf(object) === idOf(wanted));
  if (!there) {
    say('warn', `${title} is made.`);
    return;
  }
  for (const path of IMMUTABLE[wanted.kind] ?? []) {
    const value = at(wanted, ...path);
    if (value === undefined) continue;
    if (differs(value, at(there, ...path))) {
      say(
        'deny',
        `${path.join('.')} of ${title} can't be changed, and would be: the object would have to be deleted and made anew.`,
        'Write into the spec what is there, as a patch of the workload or an object to keep.',
      );
      return;
    }
  }
  const template = POD_TEMPLATES[wanted.kind];
  const restarts = template ? templateChanges(wanted, there, template) : [];
  if (restarts.length > 0) {
    say(
      'deny',
      `${title} would restart its Pods: ${some(restarts)} would change.`,
      'Write into the spec what is there; change it once the environment is adopted.',
    );
    return;
  }
  const replicas = at(wanted, 'spec', 'replicas');
  const running = at(there, 'spec', 'replicas');
  if (
    typeof replicas === 'number' &&
    typeof running === 'number' &&
    replicas < running
  ) {
    say(
      'deny',
      `${title} would stop ${running - replicas} of ${running} Pods.`,
      `Write replicas: ${running} into the spec.`,
    );
    return;
  }
  if (wanted.kind === 'Service') {
    const moved = TRAFFIC.filter(path =>
      differs(at(wanted, ...path), at(there, ...path)),
    );
    if (moved.length > 0) {
      say(
        'deny',
        `${title} would lead elsewhere: ${moved.map(path => path.join('.')).join(', ')} would change.`,
        'Write into the spec what is there.',
      );
      return;
    }
  }
  const changes = differences(wanted, there);
  if (changes.length > 0) say('warn', `${title}: ${some(changes)} is set.`);
}

/** Both ways for maps that mean all of what they hold, such as selectors. */
function differs(wanted: unknown, there: unknown): boolean {
  return (
    differences(wanted, there).length > 0 || leftOut(there, wanted).some(isOwn)
  );
}

/** What an API server adds to ports by itself. */
function isOwn(pointer: string): boolean {
  return !/\/(nodePort|protocol|targetPort|appProtocol|status|volumeMode|creationTimestamp|apiVersion|kind|storageClassName)(\/|$)/.test(
    pointer,
  );
}

/** Fields of Pods that would change: what is set, and what the file before set that this one doesn't. */
function templateChanges(
  wanted: KubernetesObject,
  there: KubernetesObject,
  path: string[],
): string[] {
  const root = `/${path.join('/')}`;
  const note = there.metadata.annotations?.[LAST_APPLIED];
  let before: unknown;
  try {
    before = note === undefined ? undefined : JSON.parse(note);
  } catch {
    before = undefined;
  }
  const live = at(there, ...path);
  const taken = leftOut(at(before, ...path), at(wanted, ...path), root).filter(
    // What is gone already can't be taken off.
    pointer => valueAt(live, pointer.slice(root.length)) !== undefined,
  );
  return [...differences(at(wanted, ...path), live, root), ...taken];
}

function valueAt(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (inner, step) =>
        inner !== null && typeof inner === 'object'
          ? (inner as Record<string, unknown>)[step]
          : undefined,
      value,
    );
}

function judgePrune(
  adopt: Adoption,
  workload: readonly KubernetesObject[],
  { application }: FoundEnvironment,
  say: Say,
): void {
  const wanted = new Set(workload.map(idOf));
  const left = new Set(
    adopt.leave.map(({ apiVersion, kind, name }) =>
      idOf({ apiVersion, kind, metadata: { name } }),
    ),
  );
  const kinds = new Set(
    adopt.leave.map(({ apiVersion, kind }) => `${groupOf(apiVersion)}/${kind}`),
  );
  for (const object of workload) {
    const { apiVersion, kind } = object;
    if (kinds.has(`${groupOf(apiVersion)}/${kind}`)) {
      say(
        'deny',
        `${titleOf(object)} is to be delivered, but another ${kind} is left outside of Git, so Argo CD doesn't look at any.`,
        `Keep every ${kind}, or leave every one.`,
      );
    }
  }
  for (const one of trackedResources(application)) {
    const { group = '', kind, name } = one;
    const id = `${group}/${kind}/${name}`;
    if (wanted.has(id) || left.has(id)) continue;
    say(
      'deny',
      `${kind} ${name} belongs to the Application and would be pruned: nothing in the spec stands for it.`,
      'Add it to adopt.keep, or to adopt.leave where it must not go into Git.',
    );
  }
}

function some(pointers: string[]): string {
  const shown = pointers.slice(0, 3).join(', ');
  return pointers.length > 3
    ? `${shown} and ${pointers.length - 3} more`
    : shown;
}
