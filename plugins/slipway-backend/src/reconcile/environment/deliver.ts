import { createHash } from 'node:crypto';
import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  FileChange,
  GitAuthor,
  HostedChange,
  TreeFile,
} from '@slipway/plugin-slipway-node';
import type { Delivered } from '../../domain/environment/observation';
import { type EnvironmentRun, messageOf } from './EnvironmentRun';

/** Longest part of a branch name that is taken from the environment's; the rest is a hash. */
const BRANCH_MAX = 120;

/** Whether Git holds what is planned. What a person changed in the folder counts as a difference like any other. */
export async function observeDelivered(
  run: EnvironmentRun,
): Promise<Delivered> {
  const folder = await run.folder();
  if (folder.state !== 'read')
    return { state: 'unavailable', message: folder.message };
  try {
    if (differences(run, folder.files).length === 0) {
      return {
        state: 'same',
        commit: await deliveredCommit(run, folder.head!),
      };
    }
    const { mode } = run.class!.spec.delivery;
    if (mode === 'direct') return { state: 'differs', mode };
    const proposed = await latestProposal(run);
    if (
      proposed?.description.includes(run.plan!.digest) &&
      proposed.state !== 'merged'
    ) {
      const state = proposed.state === 'open' ? 'change-open' : 'change-closed';
      return { state, change: `#${proposed.number}`, url: proposed.url };
    }
    return { state: 'differs', mode };
  } catch (error) {
    return unavailable(error);
  }
}

/** Writes the files in one commit of the GitOps repository's writer. Safe to repeat: what is written is found unchanged. */
export async function commit(run: EnvironmentRun): Promise<Delivered> {
  const plan = run.plan!;
  const folder = await run.folder();
  if (folder.state !== 'read')
    return { state: 'unavailable', message: folder.message };
  const changed = differences(run, folder.files);
  const edited = run.record.digest === plan.digest ? changed : [];
  try {
    const gitAuthor = await whoAsked(run);
    const { commit: id } = await run.context.step('commit', () =>
      run.o.writer.write({
        repository: run.o.gitops.repository,
        folder: plan.folder,
        files: plan.files.map(({ path, content }) => ({ path, content })),
        title: edited.length > 0 ? `Put ${run.key} back` : `Deliver ${run.key}`,
        gitAuthor,
        idempotencyKey: idempotencyKey(run, folder.files),
        trailers: trailers(run),
      }),
    );
    run.forgetFolder();
    run.delivered = {
      commit: id,
      at: run.now.toISOString(),
      author: gitAuthor.name,
    };
    if (edited.length > 0) {
      run.tell({
        type: 'Committed',
        reason: 'HandEditReverted',
        title: `${edited.length === 1 ? edited[0] : `${edited.length} rendered files`} had been changed by hand and ${edited.length === 1 ? 'was' : 'were'} written back`,
        commit: id,
        data: { paths: edited },
        dedupeKey: `hand-edit/${id}`,
      });
    }
    return { state: 'same', commit: id };
  } catch (error) {
    return unavailable(error);
  }
}

/** Opens a change request with the files, or brings the open one up to date. */
export async function propose(run: EnvironmentRun): Promise<Delivered> {
  const plan = run.plan!;
  const folder = await run.folder();
  if (folder.state !== 'read')
    return { state: 'unavailable', message: folder.message };
  const keeps = new Set(plan.files.map(({ path }) => path));
  const files: FileChange[] = [
    ...plan.files.map(({ path, content }) => ({ path, content })),
    ...folder.files
      .filter(({ path }) => !keeps.has(path))
      .map(({ path }) => ({ path, content: null })),
  ];
  try {
    const gitAuthor = await whoAsked(run);
    const change = await run.context.step('propose', () =>
      run.o.host.openChange({
        repository: run.o.gitops.repository,
        branch: branchOf(run),
        title: `Deliver ${run.key}`,
        description: `What ${run.key} becomes with ${run.resource!.path} at ${run.resource!.commit.slice(0, 7)}.\n\nDigest: ${plan.digest}`,
        files,
        author: run.o.actor ?? 'user:default/slipway',
        gitAuthor,
        trailers: {
          ...trailers(run),
          'Slipway-Idempotency-Key': idempotencyKey(run, folder.files),
        },
      }),
    );
    run.tell({
      type: 'Committed',
      reason: 'DeliveryChangeOpen',
      title: `Change request #${change.number} asks to deliver it`,
      changeId: change.id,
      dedupeKey: `delivery-change/${change.id}/${plan.digest}`,
    });
    return {
      state: 'change-open',
      change: `#${change.number}`,
      url: change.url,
    };
  } catch (error) {
    return unavailable(error);
  }
}

/** Takes the folder out of Git, the last thing that says that the environment was there. */
export async function removeFolder(run: EnvironmentRun): Promise<void> {
  const folder = await run.folder();
  if (folder.state !== 'read')
    throw new ServiceUnavailableError(folder.message);
  const { commit: id } = await run.context.step('remove folder', () =>
    run.o.writer.write({
      repository: run.o.gitops.repository,
      folder: run.folderPath,
      files: [],
      title: `Remove ${run.key}`,
      gitAuthor: run.o.gitAuthor,
      idempotencyKey: hash([
        run.key,
        'remove',
        folder.files.map(({ path, blob }) => [path, blob]),
      ]),
      trailers: { 'Slipway-Environment': run.key },
    }),
  );
  run.forgetFolder();
  run.tell({
    type: 'Declared',
    reason: 'Undeclared',
    title: 'Its folder was removed from the GitOps repository',
    commit: id,
    dedupeKey: `removed/folder/${id}`,
  });
}

/** Paths that are not as they are planned: other content, missing, or too many. */
function differences(run: EnvironmentRun, files: TreeFile[]): string[] {
  const wanted = new Map(
    run.plan!.files.map(({ path, content }) => [path, content]),
  );
  const there = new Set(files.map(({ path }) => path));
  return [
    ...files
      .filter(
        ({ path, content, omitted }) =>
          omitted !== undefined || wanted.get(path) !== content,
      )
      .map(({ path }) => path),
    ...[...wanted.keys()].filter(path => !there.has(path)),
  ].sort();
}

/** The commit that wrote the folder: the recorded one or, when a run ended before it could record it, Git's last. */
async function deliveredCommit(
  run: EnvironmentRun,
  head: string,
): Promise<string> {
  const { record, plan } = run;
  if (record.commit !== undefined && record.digest === plan!.digest)
    return record.commit;
  if (run.delivered) return run.delivered.commit;
  const [last] = await run.o.host.log(run.o.gitops.repository, {
    to: head,
    path: plan!.folder,
    limit: 1,
  });
  run.delivered = {
    commit: last?.commit ?? head,
    at: last?.at ?? run.now.toISOString(),
    author: last?.author.name,
  };
  return run.delivered.commit;
}

async function latestProposal(
  run: EnvironmentRun,
): Promise<HostedChange | undefined> {
  const branch = branchOf(run);
  const changes = await run.o.host.listChanges(run.o.gitops.repository);
  const ours = changes.filter(change => change.branch === branch);
  return (
    ours.find(({ state }) => state === 'open') ??
    ours.sort((a, b) => b.number - a.number)[0]
  );
}

/** The author of the commit that the spec was read from. A commit without one is Slipway's own. */
async function whoAsked(run: EnvironmentRun): Promise<GitAuthor> {
  const { resource, o } = run;
  const source = resource && (await o.sources.get(resource.sourceId));
  if (!source) return o.gitAuthor;
  try {
    const repository = { url: source.url, branch: source.branch };
    const [asked] = await o.host.log(repository, {
      to: resource.commit,
      limit: 1,
    });
    return asked?.author ?? o.gitAuthor;
  } catch {
    // Attribution must not hold up a delivery; the trailer names the commit all the same.
    return o.gitAuthor;
  }
}

function trailers(run: EnvironmentRun): Record<string, string> {
  return {
    'Slipway-Environment': run.key,
    'Slipway-Spec-Commit': run.resource!.commit,
    'Slipway-Digest': run.plan!.digest,
  };
}

/** Names a transition of the folder from what it is to what it shall be: undoing the same hand edit twice is two. */
function idempotencyKey(run: EnvironmentRun, before: TreeFile[]): string {
  return hash([
    run.key,
    before.map(({ path, blob }) => [path, blob]),
    run.plan!.files.map(({ path, content }) => [path, content]),
  ]);
}

function branchOf(run: EnvironmentRun): string {
  const name = `slipway/deliver/${run.key}`;
  return name.length <= BRANCH_MAX
    ? name
    : `slipway/deliver/${hash(run.key).slice(0, 32)}`;
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

function unavailable(error: unknown): Delivered {
  const expected =
    error instanceof ServiceUnavailableError ||
    error instanceof NotFoundError ||
    error instanceof ConflictError;
  if (!expected && (error as Error).name !== 'NotAllowedError') throw error;
  return { state: 'unavailable', message: messageOf(error) };
}
