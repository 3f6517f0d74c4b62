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
import type { Delivered, Stopped } from '../../domain/environment/observation';
import type { WriteRequest } from '../../ports/GitWriter';
import { type EnvironmentRun, messageOf } from './EnvironmentRun';
import { observeHandedOver } from './handOver';
import {
  askedLines,
  deliveryTitle,
  lastWanted,
  releaseTrailers,
} from './release';
import { branchOf, type FoundFile, stageOf, targetOf } from './places';

/** Whether Git holds what is planned. What a person changed in the folder counts as a difference like any other. */
export async function observeDelivered(
  run: EnvironmentRun,
): Promise<Delivered> {
  const folder = await run.folder();
  const stage = stageOf(run);
  // What is only written to disk needs no repository, not even one that can be read.
  if (folder.state !== 'read' && stage !== 'write')
    return { state: 'unavailable', message: folder.message };
  try {
    if (
      folder.state === 'read' &&
      differences(run, folder.files).length === 0
    ) {
      return {
        state: 'same',
        commit: await deliveredCommit(run, folder.head!),
      };
    }
    const handedOver = await observeHandedOver(run);
    if (stage !== 'change-request')
      return handedOver ?? { state: 'differs', by: 'commit' };
    if (handedOver?.state === 'handed-over') return handedOver;
    const proposed = await latestProposal(run);
    if (
      proposed?.description.includes(run.plan!.digest) &&
      proposed.state !== 'merged' &&
      // Asked for again after somebody closed it, it is proposed again.
      proposed.description.includes(await askedLines(run)) &&
      !(await isAstray(run, proposed))
    ) {
      if (proposed.state === 'open') tellProposed(run, proposed);
      return asProposed(proposed);
    }
    return { state: 'differs', by: 'propose' };
  } catch (error) {
    return unavailable(error);
  }
}

/**
 * A merge would make something else than what is planned: what came into the folder since is in conflict with it or
 * mixes with it, or somebody pushed onto the branch. Rendered anew upon it, it is what is planned again.
 */
async function isAstray(
  run: EnvironmentRun,
  { id, state }: HostedChange,
): Promise<boolean> {
  if (state !== 'open') return false;
  const { conflicts, files } = await run.o.host.previewMerge(targetOf(run), id);
  const wanted = new Map(
    run.plan!.files.map(({ path, content }) => [path, content]),
  );
  return (
    conflicts.length > 0 ||
    files.some(
      ({ path, content }) => (content ?? undefined) !== wanted.get(path),
    )
  );
}

/** Writes the files in one commit of the GitOps repository's writer. Safe to repeat: what is written is found unchanged. */
export async function commit(run: EnvironmentRun): Promise<Delivered> {
  const plan = run.plan!;
  const folder = await run.folder();
  if (folder.state !== 'read')
    return { state: 'unavailable', message: folder.message };
  const changed = differences(run, folder.files);
  const edited = run.record.digest === plan.digest ? changed : [];
  // What was found has to be told also when it is put back and nobody can find it any more.
  if (edited.length > 0) {
    run.later({ summary: { ...run.summary, reverting: edited } });
    await run.saveKept();
  }
  try {
    const gitAuthor = await whoAsked(run);
    const request: WriteRequest = {
      repository: run.o.gitops.repository,
      folder: plan.folder,
      files: plan.files.map(({ path, content }) => ({ path, content })),
      title:
        edited.length > 0 ? `Put ${run.key} back` : await deliveryTitle(run),
      gitAuthor,
      idempotencyKey: idempotencyKey(run, folder.files),
      trailers: await trailers(run),
    };
    // One commit takes all that wait for it; until it is made, others are planned.
    const { commit: id } = await run.context.step(
      'commit',
      () => run.o.writer.write(request),
      { parked: true },
    );
    run.written();
    // Not when the run began: Argo CD may have compared while the commit waited for others.
    const { application } = run.o.index.environment(run.key);
    run.delivered = {
      commit: id,
      at: run.clock().toISOString(),
      author: gitAuthor.name,
      ...(application?.reconciledAt && {
        comparedAt: application.reconciledAt,
      }),
    };
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
    const change = await run.context.step('propose', async () =>
      run.o.host.openChange({
        repository: targetOf(run),
        branch: branchOf(run),
        title: await deliveryTitle(run),
        description: `What ${run.key} becomes with ${run.resource!.path} at ${run.resource!.commit.slice(0, 7)}.\n\nDigest: ${plan.digest}${await askedLines(run)}`,
        files,
        author: run.o.actor ?? 'user:default/slipway',
        gitAuthor,
        trailers: {
          ...(await trailers(run)),
          'Slipway-Idempotency-Key': idempotencyKey(run, folder.files),
        },
      }),
    );
    tellProposed(run, change);
    return {
      state: 'change-open',
      change: `#${change.number}`,
      url: change.url,
    };
  } catch (error) {
    return unavailable(error);
  }
}

/** Tells a change request as it is seen, once for what it asks for: whoever opened it may have ended before. */
function tellProposed(
  run: EnvironmentRun,
  { id, number }: Pick<HostedChange, 'id' | 'number'>,
): void {
  const { digest } = run.plan!;
  const { proposed } = run.summary;
  if (proposed?.id === id && proposed.digest === digest) return;
  run.tell({
    type: 'Committed',
    reason: 'DeliveryChangeOpen',
    title: `Change request #${number} asks to deliver it`,
    changeId: id,
    dedupeKey: `delivery-change/${id}/${digest}`,
  });
  run.later({ summary: { ...run.summary, proposed: { id, digest } } });
}

/** Paths that are not as they are planned: other content, missing, or too many. */
export function differences(run: EnvironmentRun, files: FoundFile[]): string[] {
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
  if (
    record.commit !== undefined &&
    record.digest === plan!.digest &&
    !run.summary.reverting
  )
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

/** How a change request that isn't merged shows on the road. */
export function asProposed({ state, number, url }: HostedChange): Stopped {
  return {
    state: state === 'open' ? 'change-open' : 'change-closed',
    change: `#${number}`,
    url,
  };
}

/** The newest change request of this environment's branch, an open one first. */
export async function latestProposal(
  run: EnvironmentRun,
): Promise<HostedChange | undefined> {
  const branch = branchOf(run);
  const changes = await run.o.host.listChanges(targetOf(run));
  const ours = changes.filter(change => change.branch === branch);
  return (
    ours.find(({ state }) => state === 'open') ??
    ours.sort((a, b) => b.number - a.number)[0]
  );
}

/**
 * Git holds what is planned, and it came by another way: a promotion's change request, somebody's push. What an open
 * change request would still deliver is what was planned before, and must not be merged after it.
 */
export async function closeOvertaken(run: EnvironmentRun): Promise<void> {
  if (stageOf(run) !== 'change-request') return;
  const change = await latestProposal(run);
  if (change?.state === 'open') {
    await run.context.step('close-overtaken', () =>
      run.o.host.closeChange(targetOf(run), change.id),
    );
  }
  const { proposed: told, ...summary } = run.summary;
  run.later({ summary });
  // Closed by whoever ended before it could be told, or by somebody who has seen it, too.
  const isOvertaken =
    change?.state === 'open' ||
    (change?.state === 'closed' && change.id === told?.id);
  if (!change || !isOvertaken) return;
  run.tell({
    type: 'Committed',
    reason: 'DeliveryOvertaken',
    title: `Change request #${change.number} was closed: Git holds what is planned already`,
    changeId: change.id,
    dedupeKey: `delivery-overtaken/${change.id}`,
  });
}

/** Git holds again what somebody had changed by hand. */
export function tellReverted(run: EnvironmentRun, id: string): void {
  const { reverting: paths, ...summary } = run.summary;
  if (!paths) return;
  run.tell({
    type: 'Committed',
    reason: 'HandEditReverted',
    title: `${paths.length === 1 ? paths[0] : `${paths.length} rendered files`} had been changed by hand and ${paths.length === 1 ? 'was' : 'were'} written back`,
    commit: id,
    data: { paths },
    dedupeKey: `hand-edit/${id}`,
  });
  run.later({ summary });
}

/** Who asked for the release or, where only the spec changed, the author of the commit that it was read from. A commit without one is Slipway's own. */
export async function whoAsked(run: EnvironmentRun): Promise<GitAuthor> {
  const { resource, o } = run;
  const asked = await lastWanted(run);
  if (asked) return asked.gitAuthor;
  const { source } = run;
  if (!resource || !source) return o.gitAuthor;
  try {
    const repository = { url: source.url, branch: source.branch };
    const [changed] = await o.host.log(repository, {
      to: resource.commit,
      limit: 1,
    });
    return changed?.author ?? o.gitAuthor;
  } catch {
    // Attribution must not hold up a delivery; the trailer names the commit all the same.
    return o.gitAuthor;
  }
}

export async function trailers(
  run: EnvironmentRun,
): Promise<Record<string, string>> {
  return {
    'Slipway-Environment': run.key,
    'Slipway-Spec-Commit': run.resource!.commit,
    'Slipway-Digest': run.plan!.digest,
    ...(await releaseTrailers(run)),
  };
}

/** Names a transition of the folder from what it is to what it shall be: undoing the same hand edit twice is two. */
export function idempotencyKey(
  run: EnvironmentRun,
  before: TreeFile[],
): string {
  return hash([
    run.key,
    before.map(({ path, blob }) => [path, blob]),
    run.plan!.files.map(({ path, content }) => [path, content]),
  ]);
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

/** What keeps a delivery waiting, when it is something that passes or that somebody can mend; anything else is thrown. */
export function unavailable(
  error: unknown,
): Extract<Delivered, { state: 'unavailable' }> {
  const expected =
    error instanceof ServiceUnavailableError ||
    error instanceof NotFoundError ||
    error instanceof ConflictError;
  if (!expected && (error as Error).name !== 'NotAllowedError') throw error;
  return { state: 'unavailable', message: messageOf(error) };
}
