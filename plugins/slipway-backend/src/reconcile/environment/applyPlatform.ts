import { randomInt } from 'node:crypto';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { GeneratedSecret, RenderedObject } from '@slipway/plan';
import type { ObjectIdentity } from '@slipway/plugin-slipway-common';
import type { Platform } from '../../domain/environment/observation';
import {
  CredentialsRefusedError,
  FieldConflictError,
  KindNotServedError,
} from '../../ports/ClusterErrors';
import type { KubernetesObject } from '../../ports/Clusters';
import { type EnvironmentRun, messageOf } from './EnvironmentRun';
import { adopt } from './adoption/adopt';
import {
  applyApplicationSet,
  generatorOf,
  isGenerated,
  refreshSet,
  takeFromSet,
} from './applicationSet';
import { platformDigest, platformObjects } from './observePlatform';
import { isOurs, ownerInWords, RETAINED_LABEL } from './ours';

/** 32 of 62 signs are 190 bits. */
const PASSWORD_LENGTH = 32;
const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Argo CD compares an Application as soon as it sees this, and takes it off again. */
const REFRESH = { 'argocd.argoproj.io/refresh': 'normal' };

/** Nothing but time lies between it and the step before, and each object is held back by the clock anyway. */
const PART = { part: true };

/** Ends the work on the platform with a state that a person can act on. */
class Stop extends Error {
  constructor(readonly platform: Platform) {
    super(platform.state);
  }
}

/**
 * Applies what Slipway owns: namespace first, Application last, so that nothing runs before its limits are there. Each
 * step is server-side apply or made only if absent, so any of them may be repeated.
 */
export async function applyPlatform(
  run: EnvironmentRun,
  commit: string,
): Promise<Platform> {
  const plan = run.plan!;
  const objects = platformObjects(plan);
  const { step } = run.context;
  const hub = (o: RenderedObject) =>
    o.object.apiVersion.startsWith('argoproj.io/');
  const namespaces = objects.filter(
    ({ object }) => object.kind === 'Namespace',
  );
  const projects = objects.filter(
    o => hub(o) && o.object.kind === 'AppProject',
  );
  const applications = objects.filter(
    o => hub(o) && o.object.kind === 'Application',
  );
  const others = objects.filter(
    o => ![...namespaces, ...projects, ...applications].includes(o),
  );
  // Whether Argo CD is yet to make the Application: until then the next run looks again, and asks again.
  let awaited = false;
  // Places that this run has made: nobody else can have anything there.
  const made = new Set<string>();
  try {
    // What is about to be made is written down first.
    await run.saveKept();
    if (run.plan!.adopts) {
      const unfinished = await adopt(run, {
        applications,
        beforeHandOver: async () => {
          await step('apply namespace', () =>
            each(run, namespaces, async o => {
              await applyNamespace(run, o);
            }),
          );
          await step('apply platform objects', () =>
            each(run, [...others, ...projects], async o => {
              await refuseForeign(run, o);
              await apply(run, o);
            }),
          );
        },
      });
      if (unfinished) return unfinished;
    }
    await step('apply namespace', () =>
      each(run, namespaces, async o => {
        if (!(await applyNamespace(run, o))) made.add(placeOf(o));
      }),
    );
    await step(
      'apply platform objects',
      () =>
        each(run, others, async o => {
          if (!made.has(placeOf(o))) await refuseForeign(run, o);
          await apply(run, o);
        }),
      PART,
    );
    if (plan.generatedSecrets.length > 0)
      await step(
        'create secrets',
        () =>
          each(run, plan.generatedSecrets, secret => createSecret(run, secret)),
        PART,
      );
    await step(
      'apply project',
      () =>
        each(run, projects, async o => {
          await refuseForeign(run, o);
          await apply(run, o);
        }),
      PART,
    );
    // Argo CD compares a new one as soon as it sees it.
    const known: RenderedObject[] = [];
    await step(
      'apply application',
      () =>
        each(run, applications, async o => {
          const there = await refuseForeign(run, o);
          if (there) known.push(o);
          if (isGenerated(run)) {
            await applyApplicationSet(run);
            awaited = !there;
            if (!there || run.summary.applied?.commit !== commit)
              await refreshSet(run);
          } else if (there && generatorOf(there)) {
            // A set that has yet to read Git may take it again.
            awaited = true;
            await takeFromSet(run, o);
          } else await apply(run, o);
        }),
      PART,
    );
    await prune(run, objects);
    if (known.length > 0 && run.summary.applied?.commit !== commit) {
      await step('refresh application', () =>
        each(run, known, o => refresh(run, o)),
      );
    }
    run.later({
      inventory: objects.map(identityOf),
      summary: {
        ...run.summary,
        applied: awaited
          ? undefined
          : {
              digest: platformDigest(plan),
              commit,
              at: run.now.toISOString(),
            },
      },
    });
    return { state: 'applied', objects: objects.length };
  } catch (error) {
    return explain(error, run);
  }
}

/** Has what is about to be made written down with the next write, so that nothing of it can be lost sight of. */
export function intend(run: EnvironmentRun): void {
  const known = new Map(
    run.record.inventory.map(identity => [text(identity), identity]),
  );
  for (const { object } of platformObjects(run.plan!))
    known.set(text(identityOf({ object })), identityOf({ object }));
  run.later({ inventory: [...known.values()] });
}

/** Says whether it was there before. */
async function applyNamespace(
  run: EnvironmentRun,
  { cluster, object }: RenderedObject,
): Promise<boolean> {
  const client = run.o.clusters.client(cluster);
  const { name } = object.metadata;
  const ref = { apiVersion: 'v1', kind: 'Namespace', name };
  const there = await client.get(ref);
  if (there && !isOurs(there, run.name)) {
    throw new Stop({
      state: 'namespace-taken',
      namespace: name,
      by: ownerInWords(there),
    });
  }
  if (there?.metadata.deletionTimestamp)
    throw new Stop({ state: 'terminating', namespace: name });
  await client.apply(object);
  if (there?.metadata.labels?.[RETAINED_LABEL] !== undefined) {
    await client.mergePatch(ref, {
      metadata: { labels: { [RETAINED_LABEL]: null } },
    });
  }
  return there !== undefined;
}

/** The cluster and namespace of an object, or those that a namespace is. */
function placeOf({ cluster, object }: RenderedObject): string {
  const { name, namespace = name } = object.metadata;
  return `${cluster}/${namespace}`;
}

async function apply(
  run: EnvironmentRun,
  { cluster, object }: RenderedObject,
): Promise<void> {
  await run.o.clusters.client(cluster).apply(object);
}

/** What is there of that name. Throws when it isn't ours. */
async function refuseForeign(
  run: EnvironmentRun,
  { cluster, object }: RenderedObject,
): Promise<KubernetesObject | undefined> {
  const { name, namespace } = object.metadata;
  const there = await run.o.clusters
    .client(cluster)
    .get({ ...object, name, namespace });
  if (there && !isOurs(there, run.name)) {
    throw new Stop({
      state: 'refused',
      message: `${object.kind} '${name}' is there already and belongs to ${ownerInWords(there)}.`,
    });
  }
  return there;
}

/** Passwords are made once, in the cluster that needs them, and known nowhere else. */
async function createSecret(
  run: EnvironmentRun,
  secret: GeneratedSecret,
): Promise<void> {
  const { name, namespace, labels, annotations, keys } = secret;
  await run.client().create({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace, labels, annotations },
    type: 'Opaque',
    stringData: Object.fromEntries(keys.map(key => [key, password()])),
  });
}

function password(): string {
  return Array.from(
    { length: PASSWORD_LENGTH },
    () => SIGNS[randomInt(SIGNS.length)],
  ).join('');
}

/** Deletes what we applied before and don't want any more. Only what is on our list and carries our labels. */
async function prune(
  run: EnvironmentRun,
  objects: RenderedObject[],
): Promise<void> {
  const wanted = new Set(objects.map(o => text(identityOf(o))));
  const old = run.record.inventory.filter(
    identity => !wanted.has(text(identity)) && identity.kind !== 'Namespace',
  );
  if (old.length === 0) return;
  await run.context.step('prune', () =>
    each(run, old, identity => deleteOurs(run, identity)),
  );
}

/** Deletes an object when it is there and ours; never another one that has taken its name. */
export async function deleteOurs(
  run: EnvironmentRun,
  identity: ObjectIdentity,
): Promise<void> {
  const client = identity.apiVersion.startsWith('argoproj.io/')
    ? run.hub()
    : run.client();
  const there = await client.get(identity);
  if (!there || !isOurs(there, run.name) || there.metadata.deletionTimestamp)
    return;
  await client.delete(identity, { uid: there.metadata.uid });
}

async function refresh(
  run: EnvironmentRun,
  { cluster, object }: RenderedObject,
): Promise<void> {
  const { name, namespace } = object.metadata;
  const client = run.o.clusters.client(cluster);
  const ref = { ...object, name, namespace };
  // One that Argo CD is yet to make is compared when it is made.
  if (isGenerated(run) && !(await client.get(ref))) return;
  await client.mergePatch(ref, { metadata: { annotations: REFRESH } });
}

/** One after the other: the order is the point, and one environment must not crowd out the others. */
async function each<T>(
  run: EnvironmentRun,
  items: T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  for (const item of items) {
    // Frozen in the middle, this process may not be the one any more that goes on.
    run.context.assertHeld();
    await work(item);
  }
}

function identityOf({ object }: { object: KubernetesObject }): ObjectIdentity {
  const { name, namespace } = object.metadata;
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    name,
    ...(namespace !== undefined && { namespace }),
  };
}

function text({ apiVersion, kind, name, namespace }: ObjectIdentity): string {
  return `${apiVersion} ${kind} ${namespace ?? ''} ${name}`;
}

/** What a failure means for the environment; one that means nothing to a person is thrown on, and tried again. */
export function explain(
  error: unknown,
  run: EnvironmentRun,
): Exclude<Platform, { state: 'applied' }> {
  if (run.context.signal.aborted) throw error;
  if (error instanceof Stop)
    return error.platform as Exclude<Platform, { state: 'applied' }>;
  if (error instanceof FieldConflictError) {
    const owned = error.owners.map(
      ({ manager, field }) => `${field} belongs to '${manager}'`,
    );
    return {
      state: 'conflict',
      message: `${owned.join(', ')}. ${messageOf(error)}`,
    };
  }
  if (error instanceof KindNotServedError) {
    return error.apiVersion.startsWith('argoproj.io/')
      ? { state: 'argocd-missing', message: messageOf(error) }
      : { state: 'refused', message: messageOf(error) };
  }
  if (error instanceof ServiceUnavailableError)
    return {
      state: 'unreachable',
      message: messageOf(error),
      credentials: error instanceof CredentialsRefusedError,
    };
  if (error instanceof NotAllowedError || error instanceof InputError) {
    return { state: 'refused', message: messageOf(error) };
  }
  if (error instanceof NotFoundError && error.message.includes('namespaces')) {
    return { state: 'argocd-missing', message: messageOf(error) };
  }
  if (
    error instanceof ConflictError &&
    error.message.includes('being terminated')
  ) {
    return { state: 'terminating', namespace: run.namespace };
  }
  throw error;
}
