import { randomUUID } from 'node:crypto';
import type {
  ApiAcceptedRelease,
  ApiPromotion,
  ApiPromotionsRequest,
  ApiRelease,
  ApiReleaseDetails,
} from '@slipway/plugin-slipway-common';
import { InputError } from '@backstage/errors';
import {
  environmentKey,
  type EnvironmentName,
} from '../../domain/platform/planDeclared';
import {
  type ReleasedWorkload,
  releaseId,
  short,
  workloadsOf,
} from '../../domain/releases/release';
import type { LiveSignals } from '../../ports/LiveSignals';
import type { ReleaseStore } from '../../ports/ReleaseStore';
import type { TimelineStore } from '../../ports/TimelineStore';
import type { CallOptions } from '../changes/ChangesService';
import type { Identities } from '../Identities';
import type { Dispatches } from './Dispatches';
import { assertPossible, type Move, type Moves } from './Moves';
import type { ReleasesService, ServicePath } from './ReleasesService';
import type { ReleaseViews } from './ReleaseViews';
import type { Revisions } from './Revisions';

interface Options {
  revisions: Revisions;
  dispatches: Dispatches;
  moves: Moves;
  views: ReleaseViews;
  releases: ReleaseStore;
  timeline: TimelineStore;
  signals: LiveSignals;
  identities: Identities;
}

/** {@link ReleasesService} over the store, Git and the plan. */
export class DefaultReleases implements ReleasesService {
  constructor(private readonly o: Options) {}

  report(...args: Parameters<ReleasesService['report']>) {
    return this.o.revisions.report(...args);
  }

  dispatch(...args: Parameters<ReleasesService['dispatch']>) {
    return this.o.dispatches.dispatch(...args);
  }

  list(path: ServicePath): Promise<ApiRelease[]> {
    return this.o.views.list(path);
  }

  get(path: ServicePath, id: string): Promise<ApiReleaseDetails> {
    return this.o.views.get(path, id);
  }

  async promotion(path: EnvironmentName): Promise<ApiPromotion> {
    return this.shape(await this.o.moves.promotion(path));
  }

  async promote(
    path: EnvironmentName,
    { digest, message }: { digest?: string; message?: string },
    options: CallOptions,
  ): Promise<ApiAcceptedRelease> {
    return this.promoteAll([{ path, digest }], message, options);
  }

  async promoteSeveral(
    { items, message }: ApiPromotionsRequest,
    options: CallOptions,
  ): Promise<ApiAcceptedRelease> {
    const keys = items.map(environmentKey);
    const twice = keys.find((key, index) => keys.indexOf(key) !== index);
    if (twice !== undefined)
      throw new InputError(`${twice} is named twice; name it once.`);
    return this.promoteAll(
      items.map(({ digest, ...path }) => ({ path, digest })),
      message,
      options,
    );
  }

  async rollback(path: EnvironmentName, to: string): Promise<ApiPromotion> {
    const release = await this.o.views.find(path, to);
    return this.shape(
      await this.o.moves.rollback(path, release.workloads),
      release.workloads,
    );
  }

  async rollBack(
    path: EnvironmentName,
    { to, digest, message }: { to: string; digest?: string; message?: string },
    { credentials }: CallOptions,
  ): Promise<ApiAcceptedRelease> {
    const release = await this.o.views.find(path, to);
    const move = await this.o.moves.rollback(path, release.workloads);
    const key = environmentKey(path);
    const isThere = move.blocked?.reason === 'SameRelease';
    if (!isThere) assertPossible(move, digest);
    const by = await this.whoAsks(credentials);
    const asked = {
      ...path,
      id: to,
      ...by,
      ...(message !== undefined && { message }),
    };
    if (isThere) {
      // Asked twice, or already there: what is on its way elsewhere is not wanted any more.
      const wanted = await this.o.releases.wanted({ environment: key });
      if (wanted.some(({ settledAt }) => settledAt === undefined)) {
        const back = { ...asked, workloads: move.workloads };
        await this.o.releases.arrived(
          await this.o.releases.propose(back, key, 'rollback'),
        );
        this.o.signals.changed([`environment:${key}`]);
      }
      return { created: false, direct: move.direct };
    }
    const [{ revision }] = move.workloads;
    const event = {
      type: 'release.rolledback',
      reason: 'RollbackAsked',
      actor: by.actor,
      revision,
      data: { release: to, environment: path.environment },
    };
    if (move.direct) {
      await this.o.releases.ask(
        { ...asked, workloads: release.workloads },
        move.workloads.map(workload => ({ environment: key, workload })),
        {
          origin: 'rollback',
          force: true,
          // What was on its way must not come after it.
          alone: true,
          events: () => [
            {
              ...event,
              subject: `environment:${key}`,
              title: `Goes back to ${short(revision)}`,
              dedupeKey: `rollback/${to}/${randomUUID()}`,
            },
          ],
        },
      );
      this.o.signals.changed([`environment:${key}`]);
      return { created: true, direct: true };
    }
    // What was on its way is taken back when Git says the older release, and not before: this may be closed.
    const { serial } = await this.o.releases.propose(
      { ...asked, workloads: move.workloads },
      key,
      'rollback',
    );
    const { change, created } = await this.o.moves.propose([move], {
      ...by,
      title: `Revert ${key} to ${short(revision)}`,
      ...(message !== undefined && { message }),
      trailers: trailersOf([move]),
    });
    await this.o.releases.proposed([serial], change.id);
    await this.o.timeline.record([
      {
        ...event,
        subject: `environment:${key}`,
        title: `Change request #${change.number} asks to go back to ${short(revision)}`,
        changeId: change.id,
        dedupeKey: `rollback/${change.id}/${change.headCommit}`,
      },
    ]);
    this.o.signals.changed([`environment:${key}`, `change:${change.id}`]);
    return { id: change.id, created, direct: false };
  }

  private async whoAsks(credentials: CallOptions['credentials']) {
    return {
      actor: this.o.identities.actor(credentials),
      gitAuthor: await this.o.identities.gitAuthor(credentials),
    };
  }

  private async promoteAll(
    items: Array<{ path: EnvironmentName; digest?: string }>,
    message: string | undefined,
    { credentials }: CallOptions,
  ): Promise<ApiAcceptedRelease> {
    const moves: Move[] = [];
    for (const { path, digest } of items) {
      const move = await this.o.moves.promotion(path);
      const there =
        items.length === 1 && move.blocked?.reason === 'SameRelease';
      // Promoted twice: the second time there is nothing left to do.
      if (there) return { created: false, direct: false };
      assertPossible(move, digest);
      moves.push(move);
    }
    const by = await this.whoAsks(credentials);
    const serials: string[] = [];
    for (const { path, from, workloads } of moves) {
      const { organization, service } = path;
      const { serial } = await this.o.releases.propose(
        {
          organization,
          service,
          id: releaseId(organization, service, workloads),
          workloads,
          ...by,
          promotedFrom: from,
        },
        environmentKey(path),
        'promotion',
      );
      serials.push(serial);
    }
    const { change, created } = await this.o.moves.propose(moves, {
      ...by,
      title: titleOf(moves),
      ...(message !== undefined && { message }),
      trailers: trailersOf(moves),
    });
    await this.o.releases.proposed(serials, change.id);
    await this.o.timeline.record(
      moves.map(({ path, from, workloads }) => ({
        subject: `environment:${environmentKey(path)}`,
        type: 'release.promoted',
        reason: 'PromotionAsked',
        title: `Change request #${change.number} promotes ${short(workloads[0].revision)} from ${from}`,
        actor: by.actor,
        changeId: change.id,
        revision: workloads[0].revision,
        data: {
          release: releaseId(path.organization, path.service, workloads),
          from,
          environment: path.environment,
        },
        dedupeKey: `promotion/${change.id}/${change.headCommit}`,
      })),
    );
    this.o.signals.changed([
      `change:${change.id}`,
      ...moves.map(({ path }) => `environment:${environmentKey(path)}`),
    ]);
    return { id: change.id, created, direct: false };
  }

  private async shape(
    move: Move,
    shown: ReleasedWorkload[] = move.workloads,
  ): Promise<ApiPromotion> {
    const { path, from, blocked, diff, direct, warnings } = move;
    const [release, current, open] = await Promise.all([
      this.o.views.describe(path, shown),
      this.o.views.describe(path, workloadsOf(move.current)),
      this.o.moves.open(path),
    ]);
    return {
      ...path,
      ...(from !== undefined && { from }),
      allowed: blocked
        ? { allowed: false, reason: blocked.message }
        : { allowed: true },
      ...(blocked && { blocked }),
      ...(release && { release }),
      ...(current && { current }),
      ...(diff && { diff }),
      direct,
      warnings,
      ...(open && {
        changeRequest: {
          id: open.id,
          number: open.number,
          ...(open.url !== undefined && { url: open.url }),
        },
      }),
    };
  }
}

function titleOf(moves: Move[]): string {
  const [{ path, from, workloads }] = moves;
  return moves.length === 1
    ? `Promote ${short(workloads[0].revision)} from ${from} to ${environmentKey(path)}`
    : `Promote ${moves.length} services`;
}

function trailersOf(moves: Move[]): Record<string, string> {
  const all = <T>(of: (move: Move) => T[]) => moves.flatMap(of).join(' ');
  return {
    'Slipway-Environment': all(({ path }) => [environmentKey(path)]),
    'Slipway-Release': all(({ path, workloads }) => [
      releaseId(path.organization, path.service, workloads),
    ]),
    'Slipway-Revision': all(({ workloads }) =>
      workloads.map(({ name, revision, digest }) =>
        digest ? `${name}=${revision}@${digest}` : `${name}=${revision}`,
      ),
    ),
  };
}
