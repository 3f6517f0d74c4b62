import { createHash } from 'node:crypto';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  type EnvironmentPlan,
  readRenderedFiles,
  summarize,
} from '@slipway/plan';
import type {
  ApiEnvironment,
  ApiEnvironmentPlan,
  EnvironmentClass,
  Release,
  ServiceSpec,
} from '@slipway/plugin-slipway-common';
import type {
  FileChange,
  GitAuthor,
  GitHost,
  HostedChange,
  RepositoryRef,
  TreeFile,
} from '@slipway/plugin-slipway-node';
import {
  deliveryStage,
  type DeliveryStage,
} from '../../domain/platform/deliveryStage';
import {
  environmentKey,
  type EnvironmentName,
  planDeclared,
} from '../../domain/platform/planDeclared';
import {
  type Blocked,
  judgePromotion,
  judgeRollback,
  warningsOf,
} from '../../domain/releases/moves';
import type { PromotionView } from '../../domain/releases/automatic';
import { orderOf } from '../../domain/releases/order';
import {
  type ReleasedWorkload,
  withWorkloads,
} from '../../domain/releases/release';
import type { EnvironmentRecord } from '../../ports/EnvironmentStore';
import type { EnvironmentSummary } from '../../ports/EnvironmentSummary';
import type { ReleaseStore } from '../../ports/ReleaseStore';
import type { EnvironmentReads } from '../environments/EnvironmentReads';
import type { PlatformStates, SurroundingsSource } from '../plans/Planner';
import { FolderReads } from './FolderReads';

/** Branches of change requests that bring a release; one an environment, so that two askings are one change. */
export const RELEASE_BRANCH = 'slipway/release/';

/** What an environment would become with another release. */
export interface Move {
  path: EnvironmentName;
  kind: 'promotion' | 'rollback';
  from?: string;
  workloads: ReleasedWorkload[];
  current: Release;
  blocked?: Blocked;
  plan?: EnvironmentPlan;
  diff?: ApiEnvironmentPlan;
  class?: EnvironmentClass;
  /** What is committed now, for the paths that go. */
  files: TreeFile[];
  /** Whether a rollback goes without a change request. */
  direct: boolean;
  warnings: string[];
}

interface Options {
  reads: EnvironmentReads;
  states: PlatformStates;
  facts: SurroundingsSource;
  releases: ReleaseStore;
  host: GitHost;
  /** What Argo CD reads. */
  gitops: RepositoryRef;
  /** What is pushed to and what change requests are against. */
  target: RepositoryRef;
  /** How far deliveries go, where the installation says so. */
  stage?: DeliveryStage;
}

/** Plans what an environment would become with another release, and proposes it. Decides nothing about rights. */
export class Moves {
  readonly folders: FolderReads;

  constructor(private readonly o: Options) {
    this.folders = new FolderReads(o.host, o.gitops);
  }

  async promotion(path: EnvironmentName): Promise<Move> {
    const found = await this.find(path);
    const { spec, current } = found;
    const from = spec.spec.environments.find(
      ({ name }) => name === path.environment,
    )?.promoteFrom;
    const source =
      from === undefined
        ? undefined
        : await this.o.reads.get(
            environmentKey({ ...path, environment: from }),
          );
    const known = await this.o.releases.list(path.organization, path.service);
    const judged = judgePromotion({
      spec,
      environment: path.environment,
      source: source && {
        environment: from!,
        release: {
          workloads: (summaryOf(source.record).release ?? { workloads: {} })
            .workloads,
        },
        conditions: source.environment.conditions,
      },
      target: current,
      orderOf: workload => orderOf(known, workload),
    });
    return this.planned('promotion', path, found, judged);
  }

  async rollback(
    path: EnvironmentName,
    release: ReleasedWorkload[],
  ): Promise<Move> {
    const found = await this.find(path);
    const { spec, current } = found;
    const judged = judgeRollback({
      spec,
      environment: path.environment,
      release,
      target: current,
    });
    return this.planned('rollback', path, found, judged);
  }

  /** The same as whoever promotes by the clock sees it: with the time since when the source has been well. */
  async view(path: EnvironmentName): Promise<PromotionView> {
    const move = await this.promotion(path);
    const { from, workloads, blocked, plan, current } = move;
    const [source, known] = await Promise.all([
      from === undefined
        ? undefined
        : this.o.reads.get(environmentKey({ ...path, environment: from })),
      this.o.releases.list(path.organization, path.service),
    ]);
    const since = source && healthySince(source.environment);
    return {
      ...(from !== undefined && { from }),
      workloads,
      running: current,
      known,
      ...(blocked && { blocked }),
      ...(plan && { digest: plan.digest }),
      ...(since && { healthySince: since }),
    };
  }

  /** The open change request that brings a release to this environment. */
  async open(path: EnvironmentName): Promise<HostedChange | undefined> {
    const branch = branchOf([path]);
    const changes = await this.o.host.listChanges(this.o.target, {
      state: 'open',
    });
    return changes.find(change => change.branch === branch);
  }

  /** Opens one change request for all of them, or brings the open one up to date. Safe to repeat. */
  async propose(
    moves: Move[],
    by: {
      title: string;
      actor: string;
      gitAuthor: GitAuthor;
      message?: string;
      trailers: Record<string, string>;
    },
  ): Promise<{ change: HostedChange; created: boolean }> {
    const branch = branchOf(moves.map(({ path }) => path));
    const before = await this.o.host.listChanges(this.o.target, {
      state: 'open',
    });
    const files = moves.flatMap(changesOf);
    const digests = moves.map(({ plan }) => plan!.digest);
    const change = await this.o.host.openChange({
      repository: this.o.target,
      branch,
      title: by.title,
      description: [
        ...(by.message ? [by.message, ''] : []),
        ...moves.map(describe),
        '',
        ...digests.map(digest => `Digest: ${digest}`),
      ].join('\n'),
      files,
      author: by.actor,
      gitAuthor: by.gitAuthor,
      trailers: {
        ...by.trailers,
        'Slipway-Idempotency-Key': createHash('sha256')
          .update(
            JSON.stringify(files.map(({ path, content }) => [path, content])),
          )
          .digest('hex'),
      },
    });
    return { change, created: !before.some(({ id }) => id === change.id) };
  }

  private async find(path: EnvironmentName): Promise<{
    spec: ServiceSpec;
    record: EnvironmentRecord;
    current: Release;
    files: TreeFile[];
  }> {
    const key = environmentKey(path);
    const [found, state] = await Promise.all([
      this.o.reads.get(key),
      this.o.states.current(),
    ]);
    const spec = state.service(path.organization, path.service);
    const declared = spec?.spec.environments.some(
      ({ name }) => name === path.environment,
    );
    if (!found || !spec || !declared)
      throw new NotFoundError(
        `There is no environment ${key}, or you may not see it.`,
      );
    const { folder, release } = summaryOf(found.record);
    const now = folder
      ? await this.folders.now(folder)
      : { files: [], release: undefined };
    return {
      spec,
      record: found.record,
      files: now.files,
      current: now.release ?? release ?? { workloads: {} },
    };
  }

  private async planned(
    kind: Move['kind'],
    path: EnvironmentName,
    found: { spec: ServiceSpec; current: Release; files: TreeFile[] },
    judged: {
      from?: string;
      workloads: ReleasedWorkload[];
      blocked?: Blocked;
    },
  ): Promise<Move> {
    const { spec, current, files } = found;
    const { workloads, from, blocked } = judged;
    const move: Move = {
      path,
      kind,
      ...(from !== undefined && { from }),
      workloads,
      current,
      files,
      direct: false,
      warnings: warningsOf(spec, workloads, current),
      ...(blocked && { blocked }),
    };
    // Nothing would move, so a plan would only show what the next reconcile does by itself.
    if (blocked && workloads.length === 0) return move;
    const [state, surroundings] = await Promise.all([
      this.o.states.current(),
      this.o.facts.surroundings(),
    ]);
    const key = environmentKey(path);
    const attempt = planDeclared(state, path, {
      ...surroundings,
      release: other =>
        other === key
          ? withWorkloads(current, workloads)
          : surroundings.release(other),
    });
    if (!('plan' in attempt)) {
      return {
        ...move,
        blocked: blocked ?? { reason: 'CannotPlan', message: attempt.message },
      };
    }
    const { plan } = attempt;
    const diff = summarize(
      plan,
      files.length > 0 ? readRenderedFiles(files) : undefined,
    );
    const error = plan.problems.find(({ severity }) => severity === 'error');
    const denied = diff.verdicts.filter(
      ({ result }) => result === 'deny' || result === 'error',
    );
    const stops: Blocked | undefined =
      blocked ??
      (error && { reason: 'CannotPlan', message: error.message }) ??
      (denied.length > 0
        ? {
            reason: 'PolicyDenied',
            message: denied
              .map(({ message, fix }) => (fix ? `${message} ${fix}` : message))
              .join(' '),
          }
        : undefined);
    const { mode } = attempt.class.spec.delivery;
    return {
      ...move,
      plan,
      diff,
      class: attempt.class,
      direct:
        kind === 'rollback' && deliveryStage(mode, this.o.stage) === 'push',
      ...(stops && { blocked: stops }),
    };
  }
}

/** Since when an environment has run what it runs, in sync and healthy. */
function healthySince({
  conditions,
  lastChange,
}: ApiEnvironment): Date | undefined {
  const of = (type: string) => conditions.find(one => one.type === type);
  const [synced, healthy] = [of('Synced'), of('Healthy')];
  if (synced?.status !== 'True' || healthy?.status !== 'True') return undefined;
  const times = [
    synced.lastTransitionTime,
    healthy.lastTransitionTime,
    ...(lastChange ? [lastChange.at] : []),
  ].map(time => Date.parse(time));
  return new Date(Math.max(...times));
}

/** Throws ConflictError where it can't be done, or isn't what was looked at. */
export function assertPossible(move: Move, digest: string | undefined): void {
  if (move.blocked) throw new ConflictError(move.blocked.message);
  if (digest !== undefined && digest !== move.plan!.digest) {
    throw new ConflictError(
      `What ${environmentKey(move.path)} would become has changed since you looked at it; look at it again.`,
    );
  }
}

/** One branch an environment; several have one of their own, the same whenever the same are named. */
function branchOf(paths: EnvironmentName[]): string {
  const keys = paths.map(environmentKey).sort();
  const hash = () =>
    createHash('sha256')
      .update(JSON.stringify(keys))
      .digest('hex')
      .slice(0, 16);
  const [only] = keys;
  return keys.length === 1 && only.length < 100
    ? `${RELEASE_BRANCH}${only}`
    : `${RELEASE_BRANCH}several/${hash()}`;
}

/** The folder as it is to be: all that is planned, and what isn't any more taken away. */
function changesOf({ plan, files }: Move): FileChange[] {
  const keeps = new Set(plan!.files.map(({ path }) => path));
  return [
    ...plan!.files.map(({ path, content }) => ({ path, content })),
    ...files
      .filter(({ path }) => !keeps.has(path))
      .map(({ path }) => ({ path, content: null })),
  ];
}

function describe({ path, from, workloads, warnings }: Move): string {
  const what = workloads
    .map(({ name, revision }) => `${name} ${revision}`)
    .join(', ');
  return [
    `- ${environmentKey(path)}: ${what}${from ? `, as in ${from}` : ''}`,
    ...warnings.map(warning => `  ${warning}`),
  ].join('\n');
}

function summaryOf(record: EnvironmentRecord): Partial<EnvironmentSummary> {
  return (record.summary as Partial<EnvironmentSummary> | undefined) ?? {};
}
