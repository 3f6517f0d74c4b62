import { isError } from '@backstage/errors';
import { durationToMilliseconds } from '@slipway/plugin-slipway-common';
import type { GitAuthor } from '@slipway/plugin-slipway-node';
import {
  environmentKey,
  type EnvironmentName,
} from '../../domain/platform/planDeclared';
import type { PlatformState } from '../../domain/platform/PlatformState';
import {
  type PromotionView,
  whenPromoted,
} from '../../domain/releases/automatic';
import { releaseId, short } from '../../domain/releases/release';
import type { ReleaseStore } from '../../ports/ReleaseStore';
import type { Outcome } from '../../ports/WorkQueue';
import type { ReconcileContext, Reconciler } from '../engine';

/** What is wrong with a policy or a spec is put right by a change that nobody tells this key of. */
const LOOK_AGAIN_MS = 600_000;

interface Options {
  /** What would be promoted, and since when its source has been well. */
  promotion(path: EnvironmentName): Promise<PromotionView>;
  states: { current(): Promise<PlatformState> };
  releases: Pick<ReleaseStore, 'ask' | 'wanted' | 'moving'>;
  gitAuthor: GitAuthor;
  actor: string;
}

/**
 * Key `promotion:<org>/<service>/<environment>`: promotes by itself where the class says so, once the release has been
 * healthy for long enough where it comes from. A release that somebody went back from is not promoted again.
 */
export class AutomaticPromotionReconciler implements Reconciler {
  readonly prefix = 'promotion';

  constructor(private readonly o: Options) {}

  async reconcile(context: ReconcileContext): Promise<Outcome> {
    const [organization, service, environment] = context.key
      .slice('promotion:'.length)
      .split('/');
    const path = { organization, service, environment };
    const after = afterOf(await this.o.states.current(), path);
    if (after === undefined) return { type: 'done' };
    const view = await this.o.promotion(path).catch(error => {
      if (isError(error) && error.name === 'NotFoundError') return undefined;
      throw error;
    });
    if (!view) return { type: 'done' };
    const key = environmentKey(path);
    const [wanted, asked] = await Promise.all([
      this.o.releases.wanted({ environment: key }),
      this.o.releases.moving(key),
    ]);
    const when = whenPromoted({
      view,
      wanted,
      ...(asked && { asked }),
      afterMs: durationToMilliseconds(after),
      now: context.now,
    });
    if (when.type === 'never') return { type: 'done' };
    if (when.type === 'later')
      return {
        type: 'requeue',
        afterMs: when.inMs ?? LOOK_AGAIN_MS,
      };
    const { workloads, from } = view;
    const id = releaseId(organization, service, workloads);
    await context.step('promote', () =>
      this.o.releases.ask(
        {
          organization,
          service,
          id,
          workloads,
          actor: this.o.actor,
          gitAuthor: this.o.gitAuthor,
          ...(from !== undefined && { promotedFrom: from }),
        },
        workloads.map(workload => ({ environment: key, workload })),
        {
          origin: 'promotion',
          force: true,
          events: () => [
            {
              subject: `environment:${key}`,
              type: 'release.promoted',
              reason: 'PromotedAutomatically',
              title: `${short(workloads[0].revision)} comes from ${from}, where it has been healthy for ${after}`,
              revision: workloads[0].revision,
              data: { release: id, from, environment },
              dedupeKey: `promotion/automatic/${id}/${view.digest}`,
            },
          ],
        },
      ),
    );
    return { type: 'done' };
  }
}

/** How long a release has to be healthy before it comes here by itself; undefined where somebody has to ask. */
export function afterOf(
  state: PlatformState,
  { organization, service, environment }: EnvironmentName,
): string | undefined {
  const declared = state
    .service(organization, service)
    ?.spec.environments.find(({ name }) => name === environment);
  return declared?.promoteFrom === undefined
    ? undefined
    : state.class(declared.class)?.spec.promotion?.automatic?.after;
}

/** Keys of environments that are promoted to by themselves from these; of all of them when none are named. */
export function promotedFrom(
  state: PlatformState,
  sources?: string[],
): string[] {
  const named = sources && new Set(sources);
  return state.services().flatMap(({ metadata, spec }) =>
    spec.environments.flatMap(({ name, promoteFrom }) => {
      const path = {
        organization: spec.organization,
        service: metadata.name,
        environment: name,
      };
      const isMeant =
        promoteFrom !== undefined &&
        (!named ||
          named.has(environmentKey({ ...path, environment: promoteFrom })));
      return isMeant && afterOf(state, path) !== undefined
        ? [`promotion:${environmentKey(path)}`]
        : [];
    }),
  );
}
