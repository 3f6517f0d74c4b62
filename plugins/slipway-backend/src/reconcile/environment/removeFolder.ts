import { createHash } from 'node:crypto';
import { ServiceUnavailableError } from '@backstage/errors';
import type { TreeFile } from '@slipway/plugin-slipway-node';
import type { Remains } from '../../domain/environment/observation';
import type { EnvironmentRun } from './EnvironmentRun';
import { asProposed, latestProposal } from './deliver';
import { branchOf, type Handing, placeOf, stageOf, targetOf } from './places';

/** Ends the description of a change request that removes; one with a rendering ends with its digest. */
const REMOVAL = 'Nobody declares it any more.';

type Looked = Extract<Remains, { state: 'looked' }>;

/**
 * What is left of the folder: in the GitOps repository, and at the place at which deliveries stop. Throws
 * `ServiceUnavailableError` when that can't be told.
 */
export async function observeFolder(
  run: EnvironmentRun,
): Promise<Pick<Looked, 'folder' | 'handedOver'>> {
  const folder = await run.folder();
  // What is only written to disk needs no repository, not even one that can be read.
  if (folder.state !== 'read' && stageOf(run) !== 'write')
    throw new ServiceUnavailableError(folder.message);
  const inGit = folder.state === 'read' && folder.files.length > 0;
  if (stageOf(run) === 'change-request') {
    const asked = inGit ? await latestProposal(run) : undefined;
    return asked?.description.endsWith(REMOVAL) && asked.state !== 'merged'
      ? { folder: 'handed-over', handedOver: asProposed(asked) }
      : { folder: inGit ? 'present' : 'gone' };
  }
  const place = placeOf(run);
  if (!place) return { folder: inGit ? 'present' : 'gone' };
  // A branch that nobody needs any more is for whoever looks after branches.
  if (!inGit && place.stage === 'branch') return { folder: 'gone' };
  if ((await place.read()).length > 0) return { folder: 'present' };
  const { stage, where } = place;
  return inGit
    ? {
        folder: 'handed-over',
        handedOver: { state: 'handed-over', stage, where },
      }
    : { folder: 'gone' };
}

/** Takes the folder out of Git, the last thing that says that the environment was there; as far as the settings say. */
export async function removeFolder(run: EnvironmentRun): Promise<void> {
  const folder = await run.folder();
  const place = placeOf(run);
  if (folder.state !== 'read' && place?.stage !== 'write') {
    throw new ServiceUnavailableError(folder.message);
  }
  const files = folder.state === 'read' ? folder.files : [];
  const removal: Handing = {
    files: [],
    title: `Remove ${run.key}`,
    gitAuthor: run.o.gitAuthor,
    idempotencyKey: removalKey(run, files),
    trailers: { 'Slipway-Environment': run.key },
  };
  if (stageOf(run) === 'change-request') {
    await proposeRemoval(run, files, removal);
    return;
  }
  if (place) {
    await run.context.step('hand over removal', () => place.put(removal));
    return;
  }
  const { commit: id } = await run.context.step('remove folder', () =>
    run.o.writer.write({
      repository: run.o.gitops.repository,
      folder: run.folderPath,
      ...removal,
    }),
  );
  run.forgetFolder();
  run.removedBy = id;
}

async function proposeRemoval(
  run: EnvironmentRun,
  files: TreeFile[],
  removal: Handing,
): Promise<void> {
  await run.context.step('propose removal', () =>
    run.o.host.openChange({
      repository: targetOf(run),
      branch: branchOf(run),
      title: removal.title,
      description: `Takes the folder ${run.folderPath} away. ${REMOVAL}`,
      files: files.map(({ path }) => ({ path, content: null })),
      author: run.o.actor ?? 'user:default/slipway',
      gitAuthor: removal.gitAuthor,
      trailers: {
        ...removal.trailers,
        'Slipway-Idempotency-Key': removal.idempotencyKey,
      },
    }),
  );
}

function removalKey(run: EnvironmentRun, files: TreeFile[]): string {
  const before = files.map(({ path, blob }) => [path, blob]);
  return createHash('sha256')
    .update(JSON.stringify([run.key, 'remove', before]))
    .digest('hex');
}
