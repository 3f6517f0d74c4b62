import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  ApiChangeRequest,
  ApiChangeRequestDetails,
  ApiComment,
  ApiOpenChangeRequest,
  ApiPlan,

} from '@slipway/plugin-slipway-common';
import {
  ChangeComment,
  ChangeState,
  FileDiff,
  GitHost,
  HostedChange,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';
import { createHash } from 'node:crypto';
import { FileEdit, locate } from '../../domain/platform/PlatformState';
import { redact } from '../../domain/redact';
import { ApprovalStore } from '../../ports/ApprovalStore';
import { ChangeIntent, ChangeIntentStore } from '../../ports/ChangeIntentStore';
import { WorkQueue } from '../../ports/WorkQueue';
import { InvalidFilesError } from '../errors';
import { Identities } from '../Identities';
import { Planner, PlatformStates } from '../plans/Planner';
import { CodeRepositories } from '../CodeRepositories';
import { CallOptions, ChangesService } from './ChangesService';

/** Branches of change requests; what follows is the subject. */
export const BRANCH_PREFIX = 'slipway/';

/** How often a merge is planned anew because the base moved meanwhile. */
const MERGE_ATTEMPTS = 5;

interface Options {
  host: GitHost;
  repository: RepositoryRef;
  planner: Planner;
  states: PlatformStates;
  codeRepositories: CodeRepositories;
  intents: ChangeIntentStore;
  approvals: ApprovalStore;
  queue: WorkQueue;
  identities: Identities;
}

/** Change requests over a {@link GitHost}: records the intent, then acts; safe to call twice. */
export class DefaultChanges implements ChangesService {
  static create(options: Options): DefaultChanges {
    return new DefaultChanges(options);
  }

  private constructor(private readonly o: Options) {}

  async open(request: ApiOpenChangeRequest, { credentials }: CallOptions): Promise<ApiChangeRequestDetails> {
    const edits = request.files.map(({ path, content }) => ({ path, content: content ?? null }));
    const { plan } = await this.o.planner.plan(edits);
    const errors = plan.problems.filter(problem => problem.severity === 'error');
    if (errors.length > 0) throw new InvalidFilesError(errors);
    const branch = BRANCH_PREFIX + request.subject;
    const idempotencyKey = digestOf(request);
    const intent = await this.o.intents.record({
      repositoryUrl: this.o.repository.url,
      branch,
      skeleton: request.skeleton && this.o.codeRepositories.skeleton(await this.o.states.current(), edits, request.skeleton),
      plan: { ...plan, environments: [] },
    });
    const change = await this.o.host.openChange({
      repository: this.o.repository,
      branch,
      title: request.title,
      description: request.description ?? '',
      files: edits,
      author: this.o.identities.actor(credentials),
      gitAuthor: await this.o.identities.gitAuthor(credentials),
      trailers: { 'Slipway-Idempotency-Key': idempotencyKey },
    });
    await this.o.intents.attach(intent.id, change.id);
    await this.o.queue.mark([`change:${change.id}`], { delayMs: 5_000 });
    return this.details(change);
  }

  async list(filter: { state?: ChangeState; organization?: string }): Promise<ApiChangeRequest[]> {
    const changes = await this.o.host.listChanges(this.o.repository, { state: filter.state });
    const items = await Promise.all(
      changes.map(async change => {
        const intent = await this.o.intents.forChange(this.o.repository.url, change.id);
        const paths =
          intent?.plan?.files.map(file => file.path) ??
          (await this.o.host.diffChange(this.o.repository, change.id)).map(file => file.path);
        const approvals = await this.approvalsOf(change);
        return shape(change, paths, approvals);
      }),
    );
    return items
      .filter(item => !filter.organization || item.organization === filter.organization)
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  }

  async get(id: string): Promise<ApiChangeRequestDetails> {
    return this.details(await this.o.host.getChange(this.o.repository, id));
  }

  async comment(id: string, body: string, { credentials }: CallOptions): Promise<ApiComment> {
    return this.o.host.addComment(this.o.repository, id, {
      author: this.o.identities.actor(credentials),
      body,
    });
  }

  async approve(
    id: string,
    input: { headCommit: string; comment?: string },
    { credentials }: CallOptions,
  ): Promise<ApiChangeRequestDetails> {
    const change = await this.openChange(id);
    assertSeen(change, input.headCommit);
    const actor = this.o.identities.actor(credentials);
    if (change.author === actor) {
      throw new NotAllowedError(
        `You opened change request #${change.number}; somebody else has to approve it.`,
      );
    }
    const { files } = await this.o.host.previewMerge(this.o.repository, id);
    const { plans } = await this.o.planner.plan(files);
    const claims = await this.o.identities.ownership(credentials);
    // Agreeing to a digest once opens every gate that asks for the same one.
    for (const [environment, plan] of plans) {
      const { groups } = plan.approval;
      if (groups.length > 0 && !groups.some(group => claims.includes(group))) continue;
      await this.o.approvals.record({ environment, digest: plan.approvalDigest, actor, origin: id });
    }
    await this.o.host.addComment(this.o.repository, id, {
      author: actor,
      body: input.comment ?? '',
      verdict: 'approved',
    });
    await this.o.queue.mark([...plans.keys()].map(environment => `environment:${environment}`));
    return this.details(change);
  }

  async merge(
    id: string,
    input: { headCommit: string },
    { credentials }: CallOptions,
  ): Promise<ApiChangeRequestDetails> {
    const change = await this.o.host.getChange(this.o.repository, id);
    if (change.state === 'merged') return this.details(change);
    if (change.state === 'closed') throw new ConflictError(`Change request #${change.number} is closed; open it anew.`);
    assertSeen(change, input.headCommit);
    await this.o.queue.mark([`change:${id}`], { delayMs: 2_000 });
    const merged = await this.mergeOnPlannedBase(change, credentials);
    await this.o.queue.mark([`change:${id}`, 'source:platform']);
    return this.details(merged);
  }

  /**
   * Merges into exactly the base that was planned: when another merge was faster, what this one would do is planned
   * anew, so that two changes that don't fit together never both get in.
   */
  private async mergeOnPlannedBase(
    change: HostedChange,
    credentials: CallOptions['credentials'],
  ): Promise<HostedChange> {
    for (let attempt = 1; ; attempt += 1) {
      const preview = await this.o.host.previewMerge(this.o.repository, change.id);
      if (preview.conflicts.length > 0) {
        throw new ConflictError(
          `Change request #${change.number} conflicts with the base in ${preview.conflicts.join(', ')}. ` +
            'Run the template or the edit again: it is built on the current base.',
        );
      }
      const { plan } = await this.o.planner.planAt(preview.base, preview.files);
      const errors = plan.problems.filter(problem => problem.severity === 'error');
      if (errors.length > 0) throw new InvalidFilesError(errors);
      const denials = denialsOf(plan);
      if (denials.length > 0) throw new ConflictError(`Policy denies this change: ${denials.join(' ')}`);
      try {
        return await this.o.host.mergeChange(this.o.repository, change.id, {
          expectedHead: change.headCommit,
          expectedBase: preview.base,
          gitAuthor: await this.o.identities.gitAuthor(credentials),
          message: `${change.title}\n\n${plan.headline}`,
          trailers: {
            'Slipway-Change-Request': `#${change.number}`,
            'Slipway-Merged-By': this.o.identities.actor(credentials),
          },
        });
      } catch (error) {
        const moved = (await this.o.host.head(this.o.repository)) !== preview.base;
        if (!(error instanceof ConflictError) || !moved || attempt === MERGE_ATTEMPTS) throw error;
      }
    }
  }

  async close(id: string): Promise<ApiChangeRequestDetails> {
    const change = await this.o.host.getChange(this.o.repository, id);
    if (change.state === 'merged') {
      throw new ConflictError(`Change request #${change.number} is merged; revert it with a new change.`);
    }
    const closed = await this.o.host.closeChange(this.o.repository, id);
    await this.o.queue.mark([`change:${id}`]);
    return this.details(closed);
  }

  /** The files of a change as a merge into the current base would have them. */
  async filesOf(id: string): Promise<FileEdit[]> {
    const change = await this.o.host.getChange(this.o.repository, id);
    if (change.state !== 'open') {
      const diff = await this.o.host.diffChange(this.o.repository, id);
      return diff.map(({ path }) => ({ path, content: null }));
    }
    return (await this.o.host.previewMerge(this.o.repository, id)).files;
  }

  private async openChange(id: string): Promise<HostedChange> {
    const change = await this.o.host.getChange(this.o.repository, id);
    if (change.state !== 'open') {
      throw new ConflictError(`Change request #${change.number} is ${change.state}.`);
    }
    return change;
  }

  private async approvalsOf(change: HostedChange): Promise<number> {
    const comments = await this.o.host.listComments(this.o.repository, change.id);
    return approvers(comments, change.headCommit);
  }

  private async details(change: HostedChange): Promise<ApiChangeRequestDetails> {
    const { host, repository } = this.o;
    const [diff, comments, intent] = await Promise.all([
      host.diffChange(repository, change.id),
      host.listComments(repository, change.id),
      this.o.intents.forChange(repository.url, change.id),
    ]);
    const preview =
      change.state === 'open'
        ? await host.previewMerge(repository, change.id)
        : { files: [] as FileEdit[], conflicts: [] as string[] };
    const { plan } = await this.o.planner.plan(preview.files);
    return {
      ...shape(change, diff.map(file => file.path), approvers(comments, change.headCommit)),
      files: diff as FileDiff[],
      plan,
      comments,
      conflicts: preview.conflicts,
      ...(intent?.skeleton ? { skeleton: skeletonState(intent) } : {}),
      allowed: allowedByState(change, preview.conflicts, plan),
    };
  }
}

function skeletonState(intent: ChangeIntent): NonNullable<ApiChangeRequestDetails['skeleton']> {
  const failed = intent.state === 'pending' && intent.lastError;
  const waiting = failed ? 'failed' : 'pending';
  return {
    repository: redact(intent.skeleton!.repository.url),
    files: intent.skeleton!.files.map(file => file.path),
    state: intent.state === 'done' ? 'done' : waiting,
    ...(intent.lastError ? { message: intent.lastError } : {}),
  };
}

/** What the state alone allows; rights are added by the decorator. */
function allowedByState(
  change: HostedChange,
  conflicts: string[],
  plan: ApiPlan,
): ApiChangeRequestDetails['allowed'] {
  const open = change.state === 'open';
  const reasons: Record<string, string> = {};
  const say = (actions: string[], reason: string) => actions.forEach(action => (reasons[action] ??= reason));
  if (!open) say(['approve', 'merge', 'close'], `It is ${change.state}.`);
  if (conflicts.length > 0) say(['merge'], `It conflicts with the base in ${conflicts.join(', ')}.`);
  if (plan.problems.some(p => p.severity === 'error')) say(['merge'], 'Its files have errors.');
  if (denialsOf(plan).length > 0) say(['merge'], 'Policy denies it.');
  return { comment: true, approve: open, merge: open && !reasons.merge, close: open, reasons };
}

function denialsOf(plan: ApiPlan): string[] {
  return plan.environments.flatMap(environment =>
    environment.verdicts
      .filter(verdict => verdict.result === 'deny' || verdict.result === 'error')
      .map(verdict => `${environment.environment}: ${verdict.message}${verdict.fix ? ` Fix: ${verdict.fix}` : ''}`),
  );
}

function approvers(comments: ChangeComment[], headCommit: string): number {
  return new Set(
    comments.filter(c => c.verdict === 'approved' && c.headCommit === headCommit).map(c => c.author),
  ).size;
}

function assertSeen(change: HostedChange, headCommit: string): void {
  if (change.headCommit === headCommit) return;
  throw new ConflictError(
    `Change request #${change.number} was updated: you looked at ${headCommit.slice(0, 7)}, ` +
      `it is at ${change.headCommit.slice(0, 7)}. Look at it again.`,
  );
}

function shape(change: HostedChange, paths: string[], approvals: number): ApiChangeRequest {
  const organizations = new Set(
    paths.map(path => locate(path)).map(place => ('problem' in place ? '' : place.organization)),
  );
  const [organization] = organizations;
  return {
    id: change.id,
    number: change.number,
    subject: change.branch.startsWith(BRANCH_PREFIX) ? change.branch.slice(BRANCH_PREFIX.length) : change.branch,
    title: change.title,
    description: change.description,
    state: change.state,
    author: change.author,
    ...(organizations.size === 1 && organization ? { organization } : {}),
    paths,
    branch: change.branch,
    baseCommit: change.baseCommit,
    headCommit: change.headCommit,
    ...(change.mergeCommit ? { mergeCommit: change.mergeCommit } : {}),
    ...(change.url ? { url: change.url } : {}),
    repository: change.repository.url,
    createdAt: change.createdAt,
    updatedAt: change.updatedAt,
    approvals,
  };
}

function digestOf(request: ApiOpenChangeRequest): string {
  return createHash('sha256').update(JSON.stringify([request.subject, request.files])).digest('hex').slice(0, 32);
}
