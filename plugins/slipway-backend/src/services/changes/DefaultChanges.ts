import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { headline } from '@slipway/plan';
import {
  ApiChangeRequest,
  ApiChangeRequestDetails,
  ApiComment,
  ApiOpenChangeRequest,
  ApiPlatformFile,
} from '@slipway/plugin-slipway-common';
import {
  ChangeState,
  GitHost,
  HostedChange,
} from '@slipway/plugin-slipway-node';
import { createHash } from 'node:crypto';
import { FileEdit } from '../../domain/platform/PlatformState';
import { ApprovalStore } from '../../ports/ApprovalStore';
import { ChangeIntentStore } from '../../ports/ChangeIntentStore';
import { WorkQueue } from '../../ports/WorkQueue';
import { Askers } from '../Askers';
import { CodeRepositories } from '../CodeRepositories';
import { InvalidFilesError } from '../errors';
import { Identities } from '../Identities';
import { PlannedChange, PlatformStates } from '../plans/Planner';
import { Additions } from './Additions';
import { CallOptions, ChangesService } from './ChangesService';
import { Contributors, Judged } from './Contributors';
import { missingApproval } from './agreement';
import { FollowedIntents } from './FollowedIntents';
import { ChangeOrigin } from './origins';
import {
  allowedByState,
  approvers,
  BRANCH_PREFIX,
  denialsOf,
  shape,
  shownPull,
  skeletonState,
} from './shapes';

/** How often a merge is planned anew because the base moved meanwhile. */
const MERGE_ATTEMPTS = 5;

/** What a page says where the catalog or Git can't be asked; approving itself asks again. */
const UNTOLD =
  'Who had a part in it can’t be told at the moment; look at it again.';

/** How often an edit is added anew because the base or the open change moved meanwhile. */
const OPEN_ATTEMPTS = 5;

/** The base or the open change isn't any more where an edit was to be added. */
class MovedError extends ConflictError {}

interface Options {
  host: GitHost;
  /** The first one takes the changes that people open here. */
  origins: ChangeOrigin[];
  states: PlatformStates;
  codeRepositories: CodeRepositories;
  intents: ChangeIntentStore;
  approvals: ApprovalStore;
  queue: WorkQueue;
  identities: Identities;
  askers: Askers;
}

/** A change and the repository that it is made to. */
interface Found {
  change: HostedChange;
  origin: ChangeOrigin;
}

/** Change requests over a {@link GitHost}: records the intent, then acts; safe to call twice. */
export class DefaultChanges implements ChangesService {
  static create(options: Options): DefaultChanges {
    return new DefaultChanges(options);
  }

  private readonly followed: FollowedIntents;
  private readonly additions: Additions;
  private readonly contributors: Contributors;

  private constructor(private readonly o: Options) {
    this.followed = new FollowedIntents(o);
    this.additions = new Additions(o.host);
    this.contributors = new Contributors(o);
  }

  async open(
    request: ApiOpenChangeRequest,
    { credentials }: CallOptions,
  ): Promise<ApiChangeRequestDetails> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.openOnce(request, credentials);
      } catch (error) {
        // What is added to was moved in between; where the edit doesn't fit any more, the next look says so.
        if (!(error instanceof MovedError) || attempt === OPEN_ATTEMPTS)
          throw error;
      }
    }
  }

  /** The file that an edit begins with: as the open change of the subject has it, merged with the base. */
  async file(path: string, subject: string): Promise<ApiPlatformFile> {
    const [{ repository }] = this.o.origins;
    return this.additions.file(repository, BRANCH_PREFIX + subject, path);
  }

  private async openOnce(
    request: ApiOpenChangeRequest,
    credentials: CallOptions['credentials'],
  ): Promise<ApiChangeRequestDetails> {
    const [origin] = this.o.origins;
    const { repository } = origin;
    const branch = BRANCH_PREFIX + request.subject;
    const key = digestOf(request);
    const asked = request.files.map(({ path, content }) => ({
      path,
      content: content ?? null,
    }));
    const what = request.from
      ? await this.additions.of(repository, branch, request, {
          files: asked,
          key,
        })
      : {
          files: asked,
          title: request.title,
          description: request.description ?? '',
        };
    if ('done' in what)
      return this.details({ change: what.done, origin }, credentials);
    const edits = what.files;
    const { plan } = await origin.plan(edits);
    const errors = plan.problems.filter(
      problem => problem.severity === 'error',
    );
    if (errors.length > 0) throw new InvalidFilesError(errors);
    const skeleton =
      request.skeleton &&
      this.o.codeRepositories.skeleton(
        await this.o.states.current(),
        edits,
        request.skeleton,
      );
    const intent = await this.followed.begin({
      repository,
      branch,
      skeleton,
      plan,
    });
    const change = await this.o.host
      .openChange({
        ...what,
        repository,
        branch,
        author: this.o.identities.actor(credentials),
        gitAuthor: await this.o.identities.gitAuthor(credentials),
        trailers: { 'Slipway-Idempotency-Key': key },
      })
      .catch(error => {
        throw request.from && error instanceof ConflictError
          ? new MovedError(error.message)
          : error;
      });
    await this.followed.opened(intent, repository, change);
    return this.details({ change, origin }, credentials);
  }

  async list(filter: {
    state?: ChangeState;
    organization?: string;
  }): Promise<ApiChangeRequest[]> {
    const lists = await Promise.all(
      this.o.origins.map(async origin => {
        const changes = await this.o.host.listChanges(origin.repository, {
          state: filter.state,
        });
        return Promise.all(
          changes.map(change => this.item({ change, origin })),
        );
      }),
    );
    return lists
      .flat()
      .filter(
        item =>
          !filter.organization || item.organization === filter.organization,
      )
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  }

  /** Without a caller, what the state alone allows. */
  async get(
    id: string,
    options?: CallOptions,
  ): Promise<ApiChangeRequestDetails> {
    return this.details(await this.find(id), options?.credentials);
  }

  async comment(
    id: string,
    body: string,
    { credentials }: CallOptions,
  ): Promise<ApiComment> {
    const { origin } = await this.find(id);
    return this.o.host.addComment(origin.repository, id, {
      author: this.o.identities.actor(credentials),
      body,
    });
  }

  async approve(
    id: string,
    input: { headCommit: string; comment?: string },
    { credentials }: CallOptions,
  ): Promise<ApiChangeRequestDetails> {
    const found = await this.find(id);
    const { change, origin } = found;
    if (change.state !== 'open') {
      throw new ConflictError(
        `Change request #${change.number} is ${change.state}.`,
      );
    }
    assertSeen(change, input.headCommit);
    const actor = this.o.identities.actor(credentials);
    const { files, base } = await this.o.host.previewMerge(
      origin.repository,
      id,
    );
    const judged = this.judged(found, base, await origin.plan(files));
    const refused = await this.contributors.refusal(judged, credentials);
    if (refused !== undefined) throw new NotAllowedError(refused);
    const { plans } = judged.planned;
    const claims = await this.o.identities.ownership(credentials);
    // Agreeing to a digest once opens every gate that asks for the same one.
    for (const [environment, plan] of plans) {
      const { groups } = plan.approval;
      if (groups.length > 0 && !groups.some(group => claims.includes(group)))
        continue;
      if (await this.contributors.asked(judged, environment, credentials))
        continue;
      await this.o.approvals.record({
        environment,
        digest: plan.approvalDigest,
        actor,
        origin: id,
      });
    }
    await this.o.host.addComment(origin.repository, id, {
      author: actor,
      body: input.comment ?? '',
      verdict: 'approved',
    });
    await this.o.queue.mark([
      origin.pullsKey,
      ...[...plans.keys()].map(environment => `environment:${environment}`),
    ]);
    return this.details(found, credentials);
  }

  async merge(
    id: string,
    input: { headCommit: string },
    { credentials }: CallOptions,
  ): Promise<ApiChangeRequestDetails> {
    const found = await this.find(id);
    const { change, origin } = found;
    if (change.state === 'merged') {
      await this.followed.ended(origin.repository, change);
      return this.details(found);
    }
    if (change.state === 'closed') {
      throw new ConflictError(
        `Change request #${change.number} is closed; open it anew.`,
      );
    }
    assertSeen(change, input.headCommit);
    await this.followed.adopt(origin.repository, change);
    const merged = await this.mergeOnPlannedBase(found, credentials);
    await this.followed.ended(origin.repository, merged.change);
    await this.o.queue.mark([
      `change:${id}`,
      ...origin.keysAfterMerge(merged.files),
    ]);
    return this.details({ change: merged.change, origin });
  }

  async close(id: string): Promise<ApiChangeRequestDetails> {
    const { change, origin } = await this.find(id);
    if (change.state === 'merged') {
      throw new ConflictError(
        `Change request #${change.number} is merged; revert it with a new change.`,
      );
    }
    const closed = await this.o.host.closeChange(origin.repository, id);
    await this.followed.ended(origin.repository, closed);
    await this.o.queue.mark([`change:${id}`]);
    return this.details({ change: closed, origin });
  }

  /** The files of a change as a merge into the current base would have them. */
  async filesOf(id: string): Promise<FileEdit[]> {
    const { change, origin } = await this.find(id);
    if (change.state !== 'open') {
      const diff = await this.o.host.diffChange(origin.repository, id);
      return diff.map(({ path }) => ({ path, content: null }));
    }
    return (await this.o.host.previewMerge(origin.repository, id)).files;
  }

  private async find(id: string): Promise<Found> {
    for (const origin of this.o.origins) {
      try {
        return {
          change: await this.o.host.getChange(origin.repository, id),
          origin,
        };
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error;
      }
    }
    throw new NotFoundError(`There is no change request ${id}.`);
  }

  /**
   * Merges into exactly the base that was planned: when another merge was faster, what this one would do is planned
   * anew, so that two changes that don't fit together never both get in.
   */
  private async mergeOnPlannedBase(
    { change, origin }: Found,
    credentials: CallOptions['credentials'],
  ): Promise<{ change: HostedChange; files: FileEdit[] }> {
    for (let attempt = 1; ; attempt += 1) {
      const preview = await this.o.host.previewMerge(
        origin.repository,
        change.id,
      );
      if (preview.conflicts.length > 0) {
        throw new ConflictError(
          `Change request #${change.number} conflicts with the base in ${preview.conflicts.join(', ')}. ` +
            'Run the template or the edit again: it is built on the current base.',
        );
      }
      const { plan, plans } = await origin.plan(preview.files, preview.base);
      const errors = plan.problems.filter(
        problem => problem.severity === 'error',
      );
      if (errors.length > 0) throw new InvalidFilesError(errors);
      const denials = denialsOf(plan);
      if (denials.length > 0)
        throw new ConflictError(
          `Policy denies this change: ${denials.join(' ')}`,
        );
      const missing = await this.missingFor(origin, plans);
      if (missing !== undefined) throw new ConflictError(missing);
      try {
        const merged = await this.o.host.mergeChange(
          origin.repository,
          change.id,
          {
            expectedHead: change.headCommit,
            expectedBase: preview.base,
            gitAuthor: await this.o.identities.gitAuthor(credentials),
            message: `${change.title}\n\n${plan.headline}`,
            trailers: {
              'Slipway-Change-Request': `#${change.number}`,
              'Slipway-Merged-By': this.o.identities.actor(credentials),
            },
          },
        );
        return { change: merged, files: preview.files };
      } catch (error) {
        const moved =
          (await this.o.host.head(origin.repository)) !== preview.base;
        if (
          !(error instanceof ConflictError) ||
          !moved ||
          attempt === MERGE_ATTEMPTS
        )
          throw error;
      }
    }
  }

  private async item({ change, origin }: Found): Promise<ApiChangeRequest> {
    const [intent, comments] = await Promise.all([
      this.o.intents.forChange(origin.repository.url, change.id),
      this.o.host.listComments(origin.repository, change.id),
    ]);
    const paths =
      intent?.plan?.files.map(file => file.path) ??
      (await this.o.host.diffChange(origin.repository, change.id)).map(
        file => file.path,
      );
    return shape(change, paths, approvers(comments, change.headCommit));
  }

  private judged(
    { change, origin }: Found,
    base: string,
    planned: PlannedChange,
  ): Judged {
    const { repository } = origin;
    const isDelivery = origin !== this.o.origins[0];
    return { repository, change, base, planned, isDelivery };
  }

  private async details(
    { change, origin }: Found,
    credentials?: CallOptions['credentials'],
  ): Promise<ApiChangeRequestDetails> {
    const { host } = this.o;
    const open = change.state === 'open';
    const [diff, comments, intent, preview] = await Promise.all([
      host.diffChange(origin.repository, change.id),
      host.listComments(origin.repository, change.id),
      this.o.intents.forChange(origin.repository.url, change.id),
      open ? host.previewMerge(origin.repository, change.id) : undefined,
    ]);
    // What is over is shown as it was looked at; what is open, as it would be now.
    const recorded = intent?.plan && {
      ...intent.plan,
      headline: headline(intent.plan),
    };
    const planned: PlannedChange =
      !open && recorded
        ? { plan: recorded, plans: new Map() }
        : await origin.plan(preview?.files ?? []);
    const { plan } = planned;
    const conflicts = preview?.conflicts ?? [];
    return {
      ...shape(
        change,
        diff.map(file => file.path),
        approvers(comments, change.headCommit),
      ),
      files: diff,
      plan,
      comments,
      conflicts,
      ...(intent?.skeleton ? { skeleton: skeletonState(intent) } : {}),
      ...(change.pullRequest && { pullRequest: shownPull(change.pullRequest) }),
      allowed: allowedByState(
        change,
        conflicts,
        plan,
        open ? await this.missingFor(origin, planned.plans) : undefined,
        preview &&
          credentials &&
          (await this.contributors
            .refusal(
              this.judged({ change, origin }, preview.base, planned),
              credentials,
            )
            .catch(() => UNTOLD)),
      ),
    };
  }

  /** Changes of what people declare are approved by the environments that they make, not by their merge. */
  private async missingFor(
    origin: ChangeOrigin,
    plans: PlannedChange['plans'],
  ): Promise<string | undefined> {
    return origin === this.o.origins[0]
      ? undefined
      : missingApproval(this.o.approvals, plans);
  }
}

function assertSeen(change: HostedChange, headCommit: string): void {
  if (change.headCommit === headCommit) return;
  throw new ConflictError(
    `Change request #${change.number} was updated: you looked at ${headCommit.slice(0, 7)}, ` +
      `it is at ${change.headCommit.slice(0, 7)}. Look at it again.`,
  );
}

function digestOf(request: ApiOpenChangeRequest): string {
  return createHash('sha256')
    .update(
      JSON.stringify([
        request.subject,
        request.files,
        ...(request.from ? [request.from] : []),
      ]),
    )
    .digest('hex')
    .slice(0, 32);
}
