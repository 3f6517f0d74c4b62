import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { pointerOf } from '../../domain/drift/lookup';
import type { ObjectDrift } from '../../domain/drift/types';
import { refKey } from '../../domain/drift/types';
import { redact } from '../../domain/redact';
import type { PutBackRequest } from '../../ports/DriftStore';
import type { DesiredObject, DriftRun } from './DriftRun';
import { isOurs } from '../environment/ours';

/** What came of a request. */
type Result = 'done' | 'later';

/**
 * Does what somebody asked for: platform objects are applied by us, workloads by Argo CD, which is asked to sync exactly
 * those, also where it doesn't heal by itself. What others added beside Git is taken off by us, as no apply takes it
 * away. Every step may be repeated.
 */
export async function putBack(
  run: DriftRun,
  request: PutBackRequest,
  drifted: ObjectDrift[],
): Promise<Result> {
  const wanted = request.objects && new Set(request.objects.map(refKey));
  const targets = drifted
    .filter(drift => !wanted || wanted.has(refKey(drift)))
    .flatMap(drift => {
      const desired = run.desired.find(({ key }) => key === refKey(drift));
      return desired ? [{ drift, desired }] : [];
    });
  try {
    const synced = targets.filter(
      ({ drift, desired }) =>
        desired.part === 'workload' &&
        drift.fields.some(({ why }) => why !== 'foreign'),
    );
    if (synced.length > 0 && run.sync.running) return 'later';
    for (const { drift, desired } of targets) {
      if (desired.part === 'platform') await applyOurs(run, desired);
      if (drift.fields.some(({ why }) => why === 'foreign'))
        await takeOff(run, desired, drift);
      run.putBackBy.set(desired.key, request.actor);
    }
    if (synced.length > 0) {
      await run.context.step('ask Argo CD to sync', () =>
        askToSync(
          run,
          request.actor,
          synced.map(({ desired }) => desired),
        ),
      );
    }
  } catch (error) {
    if (
      error instanceof NotAllowedError ||
      error instanceof InputError ||
      error instanceof NotFoundError ||
      error instanceof ConflictError
    ) {
      refused(run, request, redact(error.message));
    } else {
      throw error;
    }
  }
  run.done.push(request.id);
  return 'done';
}

async function applyOurs(run: DriftRun, desired: DesiredObject): Promise<void> {
  const client = run.client(desired.cluster);
  const live = await client.get(desired.ref);
  if (live && !isOurs(live, asName(run))) {
    throw new ConflictError(
      `${desired.ref.kind} '${desired.ref.name}' belongs to somebody else now; Slipway leaves it as it is.`,
    );
  }
  await run.context.step(
    `put back ${desired.ref.kind} ${desired.ref.name}`,
    () => client.apply(desired.object, { force: true }),
  );
}

/** Removes what is foreign, unless the object was written meanwhile: the paths may mean something else then. */
async function takeOff(
  run: DriftRun,
  desired: DesiredObject,
  drift: ObjectDrift,
): Promise<void> {
  const client = run.client(desired.cluster);
  const live = await client.get(desired.ref);
  if (!live) return;
  const pointers = drift.fields
    .filter(({ why }) => why === 'foreign')
    .flatMap(({ path }) => pointerOf(live, path) ?? []);
  if (pointers.length === 0) return;
  await run.context.step(
    `take off ${desired.ref.kind} ${desired.ref.name}`,
    () =>
      client.jsonPatch(desired.ref, [
        {
          op: 'test',
          path: '/metadata/resourceVersion',
          value: live.metadata.resourceVersion,
        },
        ...lastFirst(pointers).map(path => ({ op: 'remove' as const, path })),
      ]),
  );
}

/** Items of a list go from its end, so that the places before them stay as they are. */
function lastFirst(pointers: string[]): string[] {
  return [...pointers].sort((a, b) => {
    const [left, right] = [a.split('/'), b.split('/')];
    for (let i = 0; i < Math.min(left.length, right.length); i++) {
      if (left[i] === right[i]) continue;
      return /^\d+$/.test(left[i]) && /^\d+$/.test(right[i])
        ? Number(right[i]) - Number(left[i])
        : left[i].localeCompare(right[i]);
    }
    return right.length - left.length;
  });
}

async function askToSync(
  run: DriftRun,
  actor: string,
  objects: DesiredObject[],
): Promise<void> {
  const { syncPolicy } = (run.application?.spec ?? {}) as {
    syncPolicy?: { syncOptions?: string[] };
  };
  await run.client(run.info.argocd.cluster).mergePatch(run.applicationRef(), {
    operation: {
      initiatedBy: { username: actor },
      info: [{ name: 'Reason', value: 'Put back by Slipway' }],
      sync: {
        resources: objects.map(({ ref }) => ({
          group: ref.apiVersion.includes('/')
            ? ref.apiVersion.split('/')[0]
            : '',
          kind: ref.kind,
          name: ref.name,
          ...(ref.namespace && { namespace: ref.namespace }),
        })),
        ...(syncPolicy?.syncOptions && { syncOptions: syncPolicy.syncOptions }),
      },
    },
  });
}

function refused(run: DriftRun, request: PutBackRequest, message: string) {
  run.events.push({
    type: 'Drifted',
    reason: 'PutBackRefused',
    title: 'Drift could not be put back',
    actor: request.actor,
    data: { message },
    dedupeKey: `drift/refused/${request.id}`,
  });
}

function asName(run: DriftRun) {
  const { organization, service, name: environment } = run.record;
  return { organization, service, environment };
}
