import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { readRenderedFiles, summarize } from '@slipway/plan';
import {
  ApiEnvironment,
  ApiEnvironmentDetails,
  ApiEnvironmentPlan,
  ApiTimeline,
  slipwayChangeApprovePermission,
  slipwayEnvironmentReconcilePermission,
  slipwayReadPermission,
} from '@slipway/plugin-slipway-common';
import { GitHost, RepositoryRef } from '@slipway/plugin-slipway-node';
import { planDeclared } from '../../domain/platform/planDeclared';
import { redact } from '../../domain/redact';
import { ApprovalStore } from '../../ports/ApprovalStore';
import { EnvironmentRecord } from '../../ports/EnvironmentStore';
import { EnvironmentSummary } from '../../ports/EnvironmentSummary';
import { GITOPS_PULLS, pullsKey } from '../../ports/PullRequests';
import { TimelineStore } from '../../ports/TimelineStore';
import { WorkQueue } from '../../ports/WorkQueue';
import { Access } from '../access/Access';
import { organizationResource } from '../access/fileRights';
import { SlipwayResource } from '../access/rules';
import { CallOptions } from '../changes/ChangesService';
import { Askers } from '../Askers';
import { Identities } from '../Identities';
import { PlatformStates, SurroundingsSource } from '../plans/Planner';
import { allowedByState, allowedTo, PERMISSION_OF } from './allowances';
import { EnvironmentReads } from './EnvironmentReads';
import { EnvironmentPath, EnvironmentsService } from './EnvironmentsService';
import { shapeEvent } from './shapeEvent';

/** Timeline entries of the details; older ones are asked for by page. */
const TIMELINE = 200;
/** Timeline entries of a page when the caller names no number. */
const PAGE = 100;

interface Options {
  reads: EnvironmentReads;
  states: PlatformStates;
  facts: SurroundingsSource;
  approvals: ApprovalStore;
  timeline: TimelineStore;
  queue: WorkQueue;
  identities: Identities;
  askers: Askers;
  host: GitHost;
  gitops: RepositoryRef;
  /** Nothing may be asked of a cluster that takes more than reading. */
  readOnly: boolean;
}

const nobodys = (organization: string): SlipwayResource => ({
  organization,
  owners: [],
  members: [],
});

const keyOf = (path: EnvironmentPath) =>
  `${path.organization}/${path.service}/${path.environment}`;

const waitsForApproval = ({ conditions }: ApiEnvironment) =>
  conditions.some(({ reason }) => reason === 'ApprovalWanted');

/** What happened to an environment, and to its service as a whole. */
const subjectsOf = ({ key, organization, service }: EnvironmentRecord) => [
  `environment:${key}`,
  `service:${organization}/${service}`,
];

/** Environments over the store and the status index. */
export class DefaultEnvironments implements EnvironmentsService {
  constructor(private readonly o: Options) {}

  async get(
    path: EnvironmentPath,
    { credentials }: CallOptions,
  ): Promise<ApiEnvironmentDetails> {
    const { record, environment } = await this.require(path);
    const summary = (record.summary ?? {}) as Partial<EnvironmentSummary>;
    const events = await this.o.timeline.list({
      subjects: subjectsOf(record),
      limit: TIMELINE,
    });
    const [state, claims] = await Promise.all([
      this.o.states.current(),
      this.o.identities.ownership(credentials),
    ]);
    return {
      ...environment,
      allowed: allowedByState({
        environment,
        application: this.o.reads.hasApplication(record),
        readOnly: this.o.readOnly,
        promoteFrom: state
          .service(path.organization, path.service)
          ?.spec.environments.find(({ name }) => name === path.environment)
          ?.promoteFrom,
        approval: {
          groups: state.class(record.class)?.spec.approval.groups ?? [],
          claims,
          asked: waitsForApproval(environment)
            ? await this.o.askers
                .isAsker(path, credentials)
                // A page says what it can; approving itself asks again.
                .catch(() => false)
            : false,
        },
      }),
      timeline: events.map(shapeEvent),
      objects: this.o.reads.objects(record),
      warnings: this.o.reads.warnings(record),
      argocd: {
        cluster: summary.application?.cluster ?? record.cluster ?? '',
        namespace: summary.application?.namespace ?? '',
        application: summary.application?.name ?? '',
        ...this.o.reads.argocdPage(record),
      },
      gitops: {
        repository: redact(this.o.gitops.url),
        folder: summary.folder ?? '',
      },
    };
  }

  async timeline(
    path: EnvironmentPath,
    { before, limit = PAGE }: { before?: string; limit?: number },
  ): Promise<ApiTimeline> {
    const { record } = await this.require(path);
    // One more says whether there is another page.
    const events = await this.o.timeline.list({
      subjects: subjectsOf(record),
      ...(before ? { before: Number(before) } : {}),
      limit: limit + 1,
    });
    const items = events.slice(0, limit);
    return {
      items: items.map(shapeEvent),
      ...(events.length > limit
        ? { nextCursor: String(items[items.length - 1].id) }
        : {}),
    };
  }

  async plan(path: EnvironmentPath): Promise<ApiEnvironmentPlan> {
    const [state, surroundings] = await Promise.all([
      this.o.states.current(),
      this.o.facts.surroundings(),
    ]);
    const attempt = planDeclared(state, path, surroundings);
    if (!('plan' in attempt)) throw new ConflictError(attempt.message);
    // A page that is asked for on purpose may ask Git what is committed.
    const commit = await this.o.host.head(this.o.gitops);
    const committed = commit
      ? await this.o.host.readFiles(this.o.gitops, {
          commit,
          prefixes: [`${attempt.plan.folder}/`],
        })
      : [];
    return summarize(
      attempt.plan,
      committed.length > 0 ? readRenderedFiles(committed) : undefined,
    );
  }

  async reconcile(path: EnvironmentPath): Promise<string> {
    await this.require(path);
    const key = `environment:${keyOf(path)}`;
    await this.o.queue.mark([key]);
    return key;
  }

  async approve(
    path: EnvironmentPath,
    digest: string,
    { credentials }: CallOptions,
  ): Promise<string> {
    const { record } = await this.require(path);
    if (record.approvalDigest !== digest) {
      throw new ConflictError(
        `What was rendered for ${record.key} has changed since you looked at it; look at its plan again.`,
      );
    }
    const [state, surroundings] = await Promise.all([
      this.o.states.current(),
      this.o.facts.surroundings(),
    ]);
    const attempt = planDeclared(state, path, surroundings);
    const groups = 'plan' in attempt ? attempt.plan.approval.groups : [];
    const claims = await this.o.identities.ownership(credentials);
    if (groups.length > 0 && !groups.some(group => claims.includes(group))) {
      throw new NotAllowedError(
        `One of ${groups.join(', ')} has to approve ${record.key}.`,
      );
    }
    if (await this.o.askers.isAsker(path, credentials)) {
      throw new NotAllowedError(
        `You asked for what ${record.key} is to become; somebody else has to approve it.`,
      );
    }
    const actor = this.o.identities.actor(credentials);
    await this.o.approvals.record({
      environment: record.key,
      digest,
      actor,
      origin: 'environment',
    });
    const key = `environment:${record.key}`;
    // The same digest may be what a pull request of the GitOps repository waits for.
    await this.o.queue.mark([key, pullsKey(GITOPS_PULLS)]);
    return key;
  }

  private async require(path: EnvironmentPath) {
    const found = await this.o.reads.get(keyOf(path));
    if (!found)
      throw new NotFoundError(
        `There is no environment ${keyOf(path)}, or you may not see it.`,
      );
    return found;
  }
}

/** What the caller may not see is as if it weren't there. */
export class AuthorizedEnvironments implements EnvironmentsService {
  constructor(
    private readonly inner: EnvironmentsService,
    private readonly access: Access,
    private readonly states: PlatformStates,
  ) {}

  async get(
    path: EnvironmentPath,
    options: CallOptions,
  ): Promise<ApiEnvironmentDetails> {
    await this.see(path, options);
    const [details, refusals] = await Promise.all([
      this.inner.get(path, options),
      this.access.refusals(
        options.credentials,
        Object.values(PERMISSION_OF),
        await this.resource(path),
      ),
    ]);
    return { ...details, allowed: allowedTo(details.allowed, refusals) };
  }

  async timeline(
    path: EnvironmentPath,
    page: { before?: string; limit?: number },
    options: CallOptions,
  ): Promise<ApiTimeline> {
    await this.see(path, options);
    return this.inner.timeline(path, page, options);
  }

  async plan(
    path: EnvironmentPath,
    options: CallOptions,
  ): Promise<ApiEnvironmentPlan> {
    await this.see(path, options);
    return this.inner.plan(path, options);
  }

  async reconcile(
    path: EnvironmentPath,
    options: CallOptions,
  ): Promise<string> {
    await this.access.require(
      options.credentials,
      slipwayEnvironmentReconcilePermission,
      await this.resource(path),
    );
    return this.inner.reconcile(path, options);
  }

  async approve(
    path: EnvironmentPath,
    digest: string,
    options: CallOptions,
  ): Promise<string> {
    await this.access.require(
      options.credentials,
      slipwayChangeApprovePermission,
      await this.resource(path),
    );
    return this.inner.approve(path, digest, options);
  }

  private async see(
    path: EnvironmentPath,
    options: CallOptions,
  ): Promise<void> {
    const visible = await this.access.filter(
      options.credentials,
      slipwayReadPermission,
    );
    if (!visible(await this.resource(path))) {
      throw new NotFoundError(
        `There is no environment ${keyOf(path)}, or you may not see it.`,
      );
    }
  }

  private async resource(path: EnvironmentPath): Promise<SlipwayResource> {
    const state = await this.states.current();
    const owner = state.service(path.organization, path.service)?.spec.owner;
    return (
      organizationResource(state, path.organization, owner) ??
      nobodys(path.organization)
    );
  }
}
