import { LABELS, type ObjectIdentity } from '@slipway/plugin-slipway-common';
import type { Act } from '../../domain/environment/decision';
import type { Remains } from '../../domain/environment/observation';
import type { KubernetesObject } from '../../ports/Clusters';
import {
  giveBackAccount,
  giveBackApplication,
  giveBackNamespace,
  isHeld,
} from './adoption/giveBack';
import { generatorOf, isReading, refreshSet } from './applicationSet';
import { deleteOurs, explain } from './applyPlatform';
import { unavailable } from './deliver';
import { type EnvironmentRun, messageOf } from './EnvironmentRun';
import { domainsOfService } from './observeDeclared';
import { isOurs, RETAINED_LABEL } from './ours';
import { observeFolder, removeFolder } from './removeFolder';
import { fatesOf } from './tellRemoved';

type Looked = Extract<Remains, { state: 'looked' }>;

const ARGOCD = 'argoproj.io/v1alpha1';

/** How Argo CD is told to leave an object where it is when its Application goes. */
const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';
const KEEP = /(^|,)Delete=false(,|$)/;

/** Kinds that go by themselves, before or after the objects of the namespace. */
const IN_TURN = ['Namespace', 'Application', 'AppProject'];

/** Kind of what Pods run as. */
const ACCOUNT = 'ServiceAccount';

/** Looks at what is left of an environment that nobody declares any more. */
export async function observeRemains(
  run: EnvironmentRun,
  domains: Looked['domains'],
): Promise<Remains> {
  const nothing: Looked = {
    state: 'looked',
    keeps: [],
    application: 'gone',
    project: 'gone',
    objects: [],
    namespace: 'gone',
    folder: 'gone',
    domains,
  };
  // Nothing was ever made before the choice of a cluster was recorded.
  if (run.record.cluster === undefined) return nothing;
  if (!run.cluster) {
    return {
      state: 'refused',
      message: `It runs on the cluster '${run.record.cluster}', which isn't in the configuration any more; put it back so that it can be removed there.`,
    };
  }
  const held = await lookAtFolder(run);
  if ('state' in held) return held;
  if (run.o.apply === 'gitops-only') {
    // Of clusters nothing is known, and nothing is told.
    run.fates = {};
    return { ...nothing, ...held };
  }
  try {
    const application = await run.hub().get(applicationOf(run));
    const project = await run.hub().get(projectOf(run));
    const namespace = await run
      .client()
      .get({ apiVersion: 'v1', kind: 'Namespace', name: run.namespace });
    const ours = namespace !== undefined && isOurs(namespace, run.name);
    // What was there before stays as a whole, so nothing of it has to be named.
    const keeps = ours && !run.adopted ? await keptDatabases(run) : [];
    const leaving = ours && namespace.metadata.deletionTimestamp === undefined;
    const generated =
      !run.adopted &&
      application !== undefined &&
      generatorOf(application) !== undefined;
    const looked: Looked = {
      ...nothing,
      keeps,
      application:
        run.adopted && isHeld(run, application)
          ? 'present'
          : await applicationState(run, application),
      ...(generated && { generated }),
      project: stateOf(run, project),
      objects: leaving ? await remainingObjects(run, keeps.length > 0) : [],
      namespace: namespaceState(run, namespace),
      ...held,
    };
    run.fates = fatesOf(run, looked, { application, namespace });
    run.keeps = keeps;
    return looked;
  } catch (error) {
    const failure = explain(error, run);
    return failure.state === 'unreachable'
      ? failure
      : { state: 'refused', message: messageOf(error) };
  }
}

/** Its folder in Git; what keeps us from looking there is no fault of a cluster's. */
async function lookAtFolder(
  run: EnvironmentRun,
): Promise<
  | Pick<Looked, 'folder' | 'handedOver'>
  | { state: 'git-unavailable'; message: string }
> {
  try {
    return await observeFolder(run);
  } catch (error) {
    const seen = unavailable(error);
    return { state: 'git-unavailable', message: seen.message };
  }
}

/** Does one step of a removal, and looks again at what is left. */
export async function removeStep(
  run: EnvironmentRun,
  act: Act,
  before: Looked,
): Promise<Remains> {
  const { step } = run.context;
  try {
    switch (act) {
      case 'delete-application':
        if (run.adopted) {
          await step('give back application', () =>
            giveBackApplication(run, applicationOf(run)),
          );
          break;
        }
        // Before it goes Argo CD is told to read that its folder is gone, so that it isn't made again.
        if (before.generated) {
          await step('refresh application set', () => refreshSet(run));
        }
        // Its finalizer takes along what Argo CD had applied, and leaves what is to be kept.
        await step('delete application', () =>
          deleteOurs(run, applicationOf(run)),
        );
        break;
      case 'delete-project':
        await step('delete project', () => deleteOurs(run, projectOf(run)));
        break;
      case 'delete-objects':
        await step('delete objects', () =>
          deleteObjects(run, before.keeps.length > 0),
        );
        if (run.adopted && before.objects.some(isAccount)) {
          await step('give back accounts', () => giveBackAccounts(run));
        }
        break;
      case 'delete-namespace':
        if (run.adopted) {
          await step('give back namespace', () => giveBackNamespace(run));
          break;
        }
        await step('delete namespace', () => deleteOurs(run, namespaceOf(run)));
        break;
      case 'keep-namespace':
        await step('keep namespace', () =>
          run.client().mergePatch(namespaceOf(run), {
            metadata: { labels: { [RETAINED_LABEL]: 'true' } },
          }),
        );
        break;
      case 'delete-folder':
        await removeFolder(run);
        break;
      case 'release-domains':
        await step(
          'release domains',
          () =>
            run.o.domains.release(run.name.organization, run.name.service, {
              keep: domainsOfService(run),
              generation: run.generation,
              lease: run.context.lease,
            }),
          { fenced: true },
        );
        return { ...before, domains: 'released' };
      default:
        throw new Error(`'${act}' is no step of a removal`);
    }
  } catch (error) {
    const failure = explain(error, run);
    if (failure.state === 'unreachable') {
      return act === 'delete-folder'
        ? { state: 'git-unavailable', message: failure.message }
        : failure;
    }
    return { state: 'refused', message: messageOf(error) };
  }
  return observeRemains(run, before.domains);
}

/** Databases that were rendered to outlive their environment; the object itself says so, as its class may be gone. */
async function keptDatabases(run: EnvironmentRun): Promise<string[]> {
  const found = await run
    .client()
    .list(
      { apiVersion: 'apps/v1', kind: 'StatefulSet' },
      { namespace: run.namespace, labelSelector: LABELS.database },
    );
  return found
    .filter(({ metadata }) =>
      KEEP.test(metadata.annotations?.[SYNC_OPTIONS] ?? ''),
    )
    .map(({ metadata }) => `StatefulSet ${metadata.name}`)
    .sort();
}

/** What of our list is still in the namespace and has to go before it. */
async function remainingObjects(
  run: EnvironmentRun,
  keepsDatabases: boolean,
): Promise<string[]> {
  const left: string[] = [];
  for (const identity of inTheNamespace(run)) {
    const there = await run.client().get(identity);
    if (there && goes(run, there, keepsDatabases))
      left.push(`${identity.kind} ${identity.name}`);
  }
  return left;
}

async function deleteObjects(
  run: EnvironmentRun,
  keepsDatabases: boolean,
): Promise<void> {
  for (const identity of inTheNamespace(run)) {
    if (run.adopted && identity.kind === ACCOUNT) continue;
    run.context.assertHeld();
    const there = await run.client().get(identity);
    if (there && goes(run, there, keepsDatabases))
      await run.client().delete(identity, { uid: there.metadata.uid });
  }
}

/** Accounts in a namespace that was there before stay. */
async function giveBackAccounts(run: EnvironmentRun): Promise<void> {
  for (const identity of inTheNamespace(run)) {
    if (identity.kind !== ACCOUNT) continue;
    run.context.assertHeld();
    const there = await run.client().get(identity);
    if (there && goes(run, there, false)) await giveBackAccount(run, there);
  }
}

/** Of a line of what is left. */
function isAccount(line: string): boolean {
  return line.startsWith(`${ACCOUNT} `);
}

function inTheNamespace(run: EnvironmentRun): ObjectIdentity[] {
  return run.record.inventory.filter(
    ({ kind, namespace }) =>
      !IN_TURN.includes(kind) && namespace === run.namespace,
  );
}

/** Where databases stay, so do their accounts, the limits, the owners' rights and the policies that guard the namespace. */
function goes(
  run: EnvironmentRun,
  object: KubernetesObject,
  keepsDatabases: boolean,
): boolean {
  if (!isOurs(object, run.name) || object.metadata.deletionTimestamp)
    return false;
  return (
    !keepsDatabases || object.metadata.labels?.[LABELS.workload] !== undefined
  );
}

function applicationOf(run: EnvironmentRun): ObjectIdentity {
  return {
    apiVersion: ARGOCD,
    kind: 'Application',
    name: run.applicationName,
    namespace: run.cluster?.argocd.namespace,
  };
}

function projectOf(run: EnvironmentRun): ObjectIdentity {
  return { ...applicationOf(run), kind: 'AppProject', name: run.ownName };
}

function namespaceOf(run: EnvironmentRun): ObjectIdentity {
  return { apiVersion: 'v1', kind: 'Namespace', name: run.namespace };
}

/** While Argo CD is yet to read Git, an Application that is gone may come back. */
async function applicationState(
  run: EnvironmentRun,
  application: KubernetesObject | undefined,
): Promise<Looked['application']> {
  const state = stateOf(run, application);
  return state === 'gone' &&
    run.cluster?.argocd.applicationSet &&
    (await isReading(run))
    ? 'deleting'
    : state;
}

/** What isn't ours is as good as gone: it is not touched. */
function stateOf(
  run: EnvironmentRun,
  object: KubernetesObject | undefined,
): 'present' | 'deleting' | 'gone' {
  if (!object || !isOurs(object, run.name)) return 'gone';
  return object.metadata.deletionTimestamp ? 'deleting' : 'present';
}

function namespaceState(
  run: EnvironmentRun,
  namespace: KubernetesObject | undefined,
): Looked['namespace'] {
  if (namespace && !isOurs(namespace, run.name)) return 'foreign';
  const state = stateOf(run, namespace);
  return state === 'present' && namespace?.metadata.labels?.[RETAINED_LABEL]
    ? 'kept'
    : state;
}
