import { InputError } from '@backstage/errors';
import { declaredNamespace } from '@slipway/plugin-slipway-common';
import { decide } from '../../domain/environment/decide';
import type { Act, Next } from '../../domain/environment/decision';
import {
  unseen,
  type Facet,
  type Observation,
} from '../../domain/environment/observation';
import {
  environmentKey,
  type EnvironmentName,
} from '../../domain/platform/planDeclared';
import { silentInMs } from '../../domain/live/liveConditions';
import type { EnvironmentRecord } from '../../ports/EnvironmentStore';
import { LeaseLostError } from '../../ports/LeaseLostError';
import type { Outcome } from '../../ports/WorkQueue';
import type { ReconcileContext, Reconciler } from '../engine';
import { applyPlatform, intend } from './applyPlatform';
import { commit, observeDelivered, propose } from './deliver';
import { handOver } from './handOver';
import {
  type EnvironmentReconcilerOptions,
  WAIT_SETTINGS,
  type WaitSettings,
} from './dependencies';
import { declaredEnvironment, EnvironmentRun } from './EnvironmentRun';
import {
  observeDeclaration,
  observeDomains,
  observePlacement,
  observeValidity,
  settleDomains,
} from './observeDeclared';
import { observeApprovals, observePlan } from './observePlan';
import { observePlatform } from './observePlatform';
import { liveState, recordDecision, recordRetry } from './record';
import { observeRemains, removeStep } from './remove';

/** The time of Argo CD is told in whole seconds. */
const SILENCE_SLACK_MS = 1_000;

/** More rounds than the longest road has looks and acts; a run that needs more goes in circles. */
const MAX_ROUNDS = 40;

/**
 * Key `environment:<org>/<service>/<name>`: brings one environment along its road, or takes it down. Every round looks
 * at one thing more, decides anew, and does at most one thing; what it does is safe to repeat, so it may be stopped
 * anywhere.
 */
export class EnvironmentReconciler implements Reconciler {
  readonly prefix = 'environment';
  private readonly waits: WaitSettings;

  static create(options: EnvironmentReconcilerOptions): EnvironmentReconciler {
    return new EnvironmentReconciler(options);
  }

  private constructor(private readonly o: EnvironmentReconcilerOptions) {
    this.waits = { ...WAIT_SETTINGS, ...o.waits };
  }

  async reconcile(context: ReconcileContext): Promise<Outcome> {
    const name = parseKey(context.key);
    const resource = await this.o.resources.get(
      {
        kind: 'ServiceSpec',
        organization: name.organization,
        name: name.service,
      },
      { includeDeleted: true },
    );
    const sources = await this.o.sources.list();
    const declaration = observeDeclaration(resource, name.environment, sources);
    const known = await this.o.environments.get(environmentKey(name));
    if (!known && declaration.state !== 'declared') return { type: 'done' };
    const state = await this.o.states.current(sources);
    const spec = resource?.validValue as Parameters<
      typeof declaredEnvironment
    >[0];
    const wanted = declaredEnvironment(spec, name.environment);
    const record = await this.recorded(
      context,
      name,
      {
        class: wanted?.class ?? known?.class ?? '',
        namespace: declaredNamespace(
          name.organization,
          name.service,
          wanted ?? { name: name.environment },
        ),
      },
      known,
      declaration.state === 'declared',
    );
    const run = new EnvironmentRun(
      this.o,
      context,
      name,
      record,
      resource,
      state,
      sources,
    );
    const seen = unseen({
      name: run.key,
      previous: { phase: record.phase, conditions: record.conditions },
      declaration,
      live: liveState(run),
    });
    return this.walk(run, seen);
  }

  private async walk(
    run: EnvironmentRun,
    first: Observation,
  ): Promise<Outcome> {
    let seen = first;
    let decision = decide(seen);
    try {
      for (let round = 0; round < MAX_ROUNDS; round++) {
        decision = decide(seen);
        const { next } = decision;
        if (next.type === 'look') {
          seen = { ...seen, [next.at]: await this.look(run, seen, next.at) };
        } else if (next.type === 'act') {
          if (next.act === 'apply') intend(run);
          if (isWorthTelling(seen, next.act))
            await recordDecision(run, decision);
          seen = await this.act(run, seen, next.act);
        } else {
          await recordDecision(run, decision);
          return this.outcome(run, next);
        }
      }
      throw new Error(
        `${run.key} does not come to rest; the last decision was ${JSON.stringify(decision.next)}`,
      );
    } catch (error) {
      if (error instanceof LeaseLostError || run.context.signal.aborted)
        throw error;
      await recordRetry(run, decision, error);
      throw error;
    }
  }

  private async look(
    run: EnvironmentRun,
    seen: Observation,
    at: Facet,
  ): Promise<Observation[Facet]> {
    switch (at) {
      case 'validity':
        return observeValidity(run);
      case 'placement':
        return observePlacement(run);
      case 'domains':
        return observeDomains(run);
      case 'plan':
        return observePlan(run);
      case 'approvals':
        return observeApprovals(run);
      case 'delivered':
        return observeDelivered(run);
      case 'platform':
        return observePlatform(run, committedOf(seen));
      default: {
        const over =
          run.record.phase === 'deleted' || run.record.phase === 'retained';
        return observeRemains(run, over ? 'released' : 'held');
      }
    }
  }

  private async act(
    run: EnvironmentRun,
    seen: Observation,
    act: Act,
  ): Promise<Observation> {
    switch (act) {
      case 'record-cluster': {
        const { placement } = seen;
        if (placement.state !== 'chosen')
          throw new Error('No cluster was chosen');
        // Nothing is made anywhere before the next write.
        run.later({ cluster: placement.cluster });
        return {
          ...seen,
          placement: { state: 'recorded', cluster: placement.cluster },
        };
      }
      case 'settle-domains': {
        const claim =
          seen.domains.state === 'unsettled' ? seen.domains.claim : [];
        return { ...seen, domains: await settleDomains(run, claim) };
      }
      case 'commit':
        return { ...seen, delivered: await commit(run) };
      case 'propose':
        return { ...seen, delivered: await propose(run) };
      case 'hand-over':
        return { ...seen, delivered: await handOver(run) };
      case 'apply':
        return {
          ...seen,
          platform: await applyPlatform(run, committedOf(seen)),
          live: liveState(run),
        };
      default:
        if (seen.remains.state !== 'looked')
          throw new Error(`'${act}' needs a look at what is left`);
        return { ...seen, remains: await removeStep(run, act, seen.remains) };
    }
  }

  /** The record of the environment. One that is declared again after its end begins anew, with a new choice of cluster. */
  private async recorded(
    context: ReconcileContext,
    { organization, service, environment }: EnvironmentName,
    wanted: { class: string; namespace: string },
    known: EnvironmentRecord | undefined,
    declared: boolean,
  ): Promise<EnvironmentRecord> {
    // Nothing was made yet, so another namespace may still be named.
    const blank =
      known?.inventory.length === 0 && known.namespace !== wanted.namespace;
    if (known && !(declared && (known.phase === 'deleted' || blank)))
      return known;
    const begin = async () => {
      const { lease } = context;
      if (known)
        await this.o.environments.remove(known.key, known.revision, { lease });
      return this.o.environments.ensure(
        {
          organization,
          service,
          name: environment,
          ...wanted,
          phase: 'queued',
        },
        { lease },
      );
    };
    return context.step('begin', begin, { fenced: true });
  }

  /**
   * The watches tell what Argo CD does; this is for what they miss, so the longer nothing has moved the longer it may
   * take. A thousand environments that wait for an Argo CD that is down would else keep a core busy with looking.
   */
  private patience(run: EnvironmentRun): number {
    const moved = run.record.conditions.map(({ lastTransitionTime }) =>
      Date.parse(lastTransitionTime),
    );
    const stood = run.now.getTime() - Math.max(0, ...moved);
    return Math.max(
      this.waits.argocdMs,
      Math.min(stood / 2, this.waits.resyncMs),
    );
  }

  private outcome(
    run: EnvironmentRun,
    next: Exclude<Next, { type: 'look' | 'act' }>,
  ): Outcome {
    if (run.record.phase === 'deleted') return { type: 'done' };
    const resync = spread(this.waits.resyncMs, run.key);
    // Silence is no event: somebody has to look when it has lasted.
    const silent = silentInMs(run.o.index.environment(run.key).application, {
      now: run.now,
      silentAfterMs: run.cluster?.argocd.silentAfterMs,
    });
    const atMost = Math.min(resync, (silent ?? resync) + SILENCE_SLACK_MS);
    if (next.type === 'rest') return { type: 'requeue', afterMs: atMost };
    if (next.for === 'argocd') {
      const afterMs = spread(this.patience(run), run.key);
      return { type: 'requeue', afterMs: Math.min(afterMs, atMost) };
    }
    const waits = {
      git: this.waits.gitMs,
      cluster: this.waits.clusterMs,
      people: this.waits.peopleMs,
    };
    return { type: 'requeue', afterMs: spread(waits[next.for], run.key) };
  }
}

/** Making sure that all is as it was is no news, nor is a step that has no station of its own. */
function isWorthTelling(seen: Observation, act: Act): boolean {
  if (act === 'record-cluster' || act === 'settle-domains') return false;
  const provisioned = seen.previous.conditions.find(
    ({ type }) => type === 'Provisioned',
  );
  const quiet = seen.platform.state === 'pending' && seen.platform.quiet;
  // An adoption that waits is looked at every few seconds; what comes of it is told, not the look.
  const adopting =
    provisioned?.reason === 'Adopting' ||
    provisioned?.reason === 'AdoptionStopped';
  return !(
    act === 'apply' &&
    (adopting || (quiet && provisioned?.status === 'True'))
  );
}

function committedOf({ delivered }: Observation): string {
  if (delivered.state !== 'same') throw new Error('Nothing is committed yet');
  return delivered.commit;
}

/** Up to a fifth later, by the key's own share, so that thousands of environments don't come back at once. */
function spread(ms: number, key: string): number {
  let hash = 0;
  for (const sign of key) hash = (hash * 31 + sign.charCodeAt(0)) % 1000;
  return Math.round(ms * (1 + hash / 5000));
}

function parseKey(key: string): EnvironmentName {
  const [organization, service, environment, ...rest] = key
    .slice('environment:'.length)
    .split('/');
  if (!organization || !service || !environment || rest.length > 0) {
    throw new InputError(
      `'${key}' is no key of an environment; it has to be environment:<organization>/<service>/<name>`,
    );
  }
  return { organization, service, environment };
}
