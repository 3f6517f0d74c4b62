import { isDeepStrictEqual } from 'node:util';
import {
  ADOPTED_ANNOTATION,
  ADOPTING_ANNOTATION,
  isAdopted,
  type RenderedObject,
} from '@slipway/plan';
import { LABELS } from '@slipway/plugin-slipway-common';
import {
  mergePatchBetween,
  nextAdoptionStep,
  type Former,
} from '../../../domain/environment/adoption';
import type { Platform } from '../../../domain/environment/observation';
import type { KubernetesObject } from '../../../ports/Clusters';
import type { EnvironmentRun } from '../EnvironmentRun';
import { isOurs, ownerInWords } from '../ours';

/** More than an adoption has steps; one that needs more goes in circles with somebody else. */
const MAX_STEPS = 8;

/** Under this name Argo CD applies what it delivers. */
const ARGOCD_MANAGER = 'argocd-controller';

const APPLICATION = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' };

/** Where an object describes Pods, and what can't be changed in it. */
const POD_KINDS = ['DaemonSet', 'Deployment', 'StatefulSet'];

/** What {@link adopt} works with. */
interface Parts {
  /** The Application as it is to be. */
  applications: RenderedObject[];
  /** Applies what has to be there before Argo CD reads from the new source. */
  beforeHandOver(): Promise<void>;
}

interface ApplicationSpec {
  source?: unknown;
  sources?: unknown;
  syncPolicy?: { automated?: unknown; [field: string]: unknown };
  [field: string]: unknown;
}

/**
 * Takes over what was there before, step by step, each of which is seen in the cluster and safe to repeat: Argo CD stops
 * syncing and pruning first, and starts again last, when it has said that it would prune nothing. Answers undefined when
 * the adoption is over. Survives another writer: each change of what isn't ours yet names the version that it was
 * decided on.
 */
export async function adopt(
  run: EnvironmentRun,
  parts: Parts,
): Promise<Platform | undefined> {
  const [{ object: wanted, cluster }] = parts.applications;
  const hub = run.o.clusters.client(cluster);
  const { name, namespace } = wanted.metadata;
  const ref = { ...APPLICATION, name, namespace };
  const { source } = wanted.spec as {
    source: { repoURL: string; path: string };
  };
  for (let count = 0; count < MAX_STEPS; count++) {
    const application = await hub.get(ref);
    const ground = await run
      .client()
      .get({ apiVersion: 'v1', kind: 'Namespace', name: run.namespace });
    const next = nextAdoptionStep({
      name: run.name,
      application,
      namespace: ground,
      ours: object => isOurs(object, run.name),
      source,
    });
    if (application) tellAdoption(run, application);
    if (typeof next === 'object') {
      return 'wait' in next
        ? { state: 'adopting', message: next.wait }
        : { state: 'adoption-stopped', message: next.stop };
    }
    if (next === 'done') return undefined;
    // One that is handed over already was begun by somebody who said so.
    if (next !== 'enable') await intendAdoption(run);
    switch (next) {
      case 'pause':
        await run.context.step('pause application', () =>
          hub.mergePatch(ref, pause(run, application!)),
        );
        break;
      case 'mark': {
        const taken = takenBy(ground!);
        if (taken)
          return {
            state: 'namespace-taken',
            namespace: run.namespace,
            by: taken,
          };
        await run.context.step('mark namespace', () =>
          mark(run, ground!.metadata.resourceVersion!),
        );
        break;
      }
      case 'hand-over': {
        await parts.beforeHandOver();
        const restarts = await wouldRestart(run);
        if (restarts.length > 0) {
          return {
            state: 'adoption-stopped',
            message: `The API server says that Pods of ${restarts.join(', ')} would restart. The Application keeps its source, and doesn't sync by itself meanwhile.`,
          };
        }
        await run.context.step('hand over application', () =>
          hub.mergePatch(ref, handOver(application!, wanted)),
        );
        break;
      }
      default:
        await run.context.step('enable application', async () => {
          await hub.apply(wanted);
          await hub.mergePatch(ref, {
            metadata: { annotations: { [ADOPTING_ANNOTATION]: null } },
          });
        });
    }
  }
  return {
    state: 'adoption-stopped',
    message: `Somebody else writes to Application ${name} or namespace ${run.namespace} all the time; the adoption doesn't get on.`,
  };
}

/**
 * Tells how far it has got, as it is seen: whoever did the step may have ended before it could be told. How far it was
 * told is recorded with it, so each is told by one write.
 */
function tellAdoption(
  run: EnvironmentRun,
  application: KubernetesObject,
): void {
  const { adoption, ...summary } = run.summary;
  if (!adoption || !isOurs(application, run.name)) return;
  const isOver = isAdopted(application, run.name);
  if (!isOver && adoption === 'handed-over') return;
  const { name } = application.metadata;
  const { createdAt, revision } = run.record;
  const dedupeKey = (of: string) =>
    `adopted/${of}/${createdAt.getTime()}/${revision}`;
  if (adoption === 'begun')
    run.tell({
      type: 'Provisioned',
      reason: 'Adopting',
      title: `Argo CD Application ${name} was handed over to Slipway`,
      dedupeKey: dedupeKey('Adopting'),
    });
  if (isOver)
    run.tell({
      type: 'Provisioned',
      reason: 'Provisioned',
      title: `Namespace ${run.namespace} and Application ${name} were adopted`,
      dedupeKey: dedupeKey('Provisioned'),
    });
  run.later({
    summary: { ...summary, ...(!isOver && { adoption: 'handed-over' }) },
  });
}

/** Written down before anything is taken over, so that whoever goes on knows that there is something to tell. */
async function intendAdoption(run: EnvironmentRun): Promise<void> {
  if (run.summary.adoption) return;
  run.later({ summary: { ...run.summary, adoption: 'begun' } });
  await run.saveKept();
}

/** No sync and no prune of its own from here on; what was is written down once, and never over. */
function pause(run: EnvironmentRun, application: KubernetesObject): object {
  const { annotations = {}, resourceVersion } = application.metadata;
  const former: Former = {
    environment: run.key,
    spec: application.spec as Record<string, unknown>,
  };
  return {
    metadata: {
      resourceVersion,
      annotations: {
        [ADOPTED_ANNOTATION]:
          annotations[ADOPTED_ANNOTATION] ?? JSON.stringify(former),
      },
    },
    spec: { syncPolicy: { automated: null } },
  };
}

/** Whose a namespace is that Slipway manages already. */
function takenBy(namespace: KubernetesObject): string | undefined {
  return namespace.metadata.labels?.[LABELS.organization] === undefined
    ? undefined
    : ownerInWords(namespace);
}

async function mark(
  run: EnvironmentRun,
  resourceVersion: string,
): Promise<void> {
  const { object } = run.plan!.objects.find(
    one => one.object.kind === 'Namespace',
  )!;
  const { labels, annotations } = object.metadata;
  await run
    .client()
    .mergePatch(
      { apiVersion: 'v1', kind: 'Namespace', name: run.namespace },
      { metadata: { resourceVersion, labels, annotations } },
    );
}

/** The new source, project and labels; syncing by itself comes last. */
function handOver(
  application: KubernetesObject,
  wanted: KubernetesObject,
): object {
  const before = application.spec as ApplicationSpec;
  const { source: _, sources: __, syncPolicy: ___, ...rest } = before;
  const { syncPolicy, ...spec } = wanted.spec as ApplicationSpec;
  const { automated: _automated, ...policy } = syncPolicy ?? {};
  return {
    metadata: {
      resourceVersion: application.metadata.resourceVersion,
      labels: wanted.metadata.labels,
      annotations: {
        ...wanted.metadata.annotations,
        [ADOPTING_ANNOTATION]: 'true',
        'argocd.argoproj.io/refresh': 'normal',
      },
    },
    spec: mergePatchBetween(before, { ...rest, ...spec, syncPolicy: policy }),
  };
}

/** Asks the API server itself what Argo CD's apply would make of everything that has Pods. */
async function wouldRestart(run: EnvironmentRun): Promise<string[]> {
  const restarts: string[] = [];
  for (const { part, object, cluster } of run.plan!.objects) {
    if (part !== 'workload' || !POD_KINDS.includes(object.kind)) continue;
    const client = run.o.clusters.client(cluster);
    const { name, namespace } = object.metadata;
    const there = await client.get({ ...object, name, namespace });
    if (!there) continue;
    const after = await client.apply(object, {
      dryRun: true,
      force: true,
      fieldManager: ARGOCD_MANAGER,
    });
    if (!isDeepStrictEqual(templateOf(there), templateOf(after)))
      restarts.push(`${object.kind} ${name}`);
  }
  return restarts;
}

function templateOf(object: KubernetesObject): unknown {
  const { template } = (object.spec ?? {}) as { template?: unknown };
  return template;
}
