import {
  REASONS,
  ROAD,
  type Condition,
  type EnvironmentPhase,
  type RoadStation,
} from '@slipway/plugin-slipway-common';
import type { ConditionDraft, Decision, Next } from './decision';
import { decideRemoval } from './decideRemoval';
import { livePhase } from './livePhase';
import type { Facet, Observation } from './observation';
import { clusterAway } from './stationParts';
import * as stations from './stations';

/** Stations that say something about what runs, not about the spec of now. */
const ABOUT_WHAT_RUNS: readonly RoadStation[] = [
  'Provisioned',
  'Synced',
  'Healthy',
];

/** Collects conditions station by station, and closes the road in one of the ways in which it can end. */
class Road {
  private readonly conditions: ConditionDraft[] = [];

  constructor(private readonly seen: Observation) {}

  pass(condition: ConditionDraft): void {
    this.conditions.push(condition);
  }

  /** The road ends here for now; what already runs behind it keeps its own conditions. */
  stop(condition: ConditionDraft, next: Next): Decision {
    this.pass(condition);
    for (const station of stations.after(condition.type as RoadStation))
      this.pass(this.behind(station));
    return this.decision(next);
  }

  look(at: Facet): Decision {
    return this.unfinished({ type: 'look', at });
  }

  act(act: 'record-cluster' | 'settle-domains'): Decision {
    return this.unfinished({ type: 'act', act });
  }

  /** All of our own work is done; what is left is told by the cluster. */
  arrive(): Decision {
    const { synced, healthy } = this.seen.live;
    this.pass(synced);
    this.pass(healthy);
    const quiet = synced.status === 'True' && healthy.status === 'True';
    const waits = !quiet && REASONS[synced.reason].state !== 'stopped';
    return this.decision(
      waits ? { type: 'wait', for: 'argocd' } : { type: 'rest' },
    );
  }

  /** Whether the road was done up to and with this station when it was looked at last. */
  standsUpTo(last: RoadStation): boolean {
    return ROAD.slice(0, ROAD.indexOf(last) + 1).every(station =>
      this.seen.previous.conditions.some(
        ({ type, status }) => type === station && status === 'True',
      ),
    );
  }

  /** A cluster that is away takes back nothing that was settled before; only what is live in it is not known. */
  stand(): Decision {
    for (const station of ROAD.slice(this.conditions.length)) {
      if (station === 'Synced') this.pass(this.seen.live.synced);
      else if (station === 'Healthy') this.pass(this.seen.live.healthy);
      else this.passAsBefore(station);
    }
    return this.decision({ type: 'wait', for: 'cluster' });
  }

  private passAsBefore(station: RoadStation): void {
    const before = this.seen.previous.conditions.find(
      ({ type }) => type === station,
    );
    if (before) this.pass(draftOf(before));
  }

  /** The same, but for an agreement that is asked for by now: that needs no cluster to be known. */
  standUpTo(lapsed: ConditionDraft): Decision {
    const upTo = ROAD.indexOf(lapsed.type as RoadStation);
    for (const station of ROAD.slice(this.conditions.length, upTo))
      this.passAsBefore(station);
    return this.stop(lapsed, { type: 'rest' });
  }

  /** Not recorded: it only says what to do before the same is decided again with more to go on. */
  private unfinished(next: Next): Decision {
    const station = ROAD[this.conditions.length];
    const before = this.seen.previous.conditions.find(
      ({ type }) => type === station,
    );
    return this.stop(
      before?.status === 'True'
        ? {
            ...stations.ahead(station),
            reason: 'Reconciling',
            message: 'Being looked at again.',
          }
        : {
            ...stations.ahead(station),
            reason: 'Reconciling',
            message: 'Being looked at.',
          },
      next,
    );
  }

  private behind(station: RoadStation): ConditionDraft {
    if (!ABOUT_WHAT_RUNS.includes(station)) return stations.ahead(station);
    const before = this.seen.previous.conditions.find(
      ({ type }) => type === station,
    );
    if (before?.status !== 'True') return stations.ahead(station);
    if (station === 'Synced') return this.seen.live.synced;
    if (station === 'Healthy') return this.seen.live.healthy;
    return {
      type: station,
      status: 'True',
      reason: 'Provisioned',
      message: before.message,
    };
  }

  private decision(next: Next): Decision {
    return { conditions: this.conditions, phase: this.phase(next), next };
  }

  private phase(next: Next): EnvironmentPhase {
    const speaks = this.conditions.find(({ status }) => status !== 'True');
    // Not knowing what is declared changes nothing about where the environment stands.
    if (speaks?.type === 'Declared')
      return this.seen.previous.phase ?? 'queued';
    if (!speaks) return 'ready';
    if (speaks.reason === 'ApprovalWanted') return 'pending_approval';
    if (
      next.type === 'act' &&
      this.conditions.some(({ reason }) => reason === 'Approved')
    ) {
      // Agreed to, and on its way: the moment between an approval and its first effect has a name of its own.
      return speaks.type === 'Committed' ? 'approved' : 'reconciling';
    }
    const live = livePhase(this.conditions);
    if (live) return live;
    return REASONS[speaks.reason].state === 'stopped'
      ? 'failed'
      : 'reconciling';
  }
}

function draftOf({ type, status, reason, message }: Condition): ConditionDraft {
  return { type, status, reason: reason as ConditionDraft['reason'], message };
}

/**
 * Decides what an environment's conditions are and what comes next. Pure, total, and in the order of the road: a
 * station is only looked at when all before it are settled, so an environment that waits for an approval costs no call
 * to a cluster.
 */
export function decide(seen: Observation): Decision {
  if (seen.declaration.state === 'undeclared') return decideRemoval(seen);
  const road = new Road(seen);
  if (seen.declaration.state !== 'declared') {
    // Neither changed nor deleted until the source can be read again, or somebody confirms.
    return road.stop(stations.declared(seen.declaration), {
      type: 'wait',
      for: seen.declaration.state === 'held' ? 'people' : 'git',
    });
  }
  road.pass(stations.declared(seen.declaration));

  const { validity, placement, domains, plan, approvals, delivered, platform } =
    seen;
  if (validity.state === 'unseen') return road.look('validity');
  const wrong = stations.invalid(validity);
  const keepsRunning = validity.state === 'invalid' && validity.runsLastValid;
  if (wrong && !keepsRunning) return road.stop(wrong, { type: 'rest' });

  if (placement.state === 'unseen') return road.look('placement');
  const misplaced = stations.misplaced(placement);
  if (misplaced)
    return road.stop(
      wrong ?? misplaced,
      placement.state === 'unreadable'
        ? { type: 'wait', for: 'git' }
        : { type: 'rest' },
    );
  if (placement.state === 'chosen') return road.act('record-cluster');

  if (domains.state === 'unseen') return road.look('domains');
  if (domains.state === 'unsettled') return road.act('settle-domains');
  const taken = stations.domainTaken(domains);
  if (taken) return road.stop(wrong ?? taken, { type: 'rest' });

  if (plan.state === 'unseen') return road.look('plan');
  if (plan.state === 'failed')
    return road.stop(wrong ?? stations.renderFailed(plan.message), {
      type: 'rest',
    });
  if (plan.state === 'unreachable') {
    if (!wrong && plan.sameGeneration && road.standsUpTo('Provisioned')) {
      const { agreement } = plan;
      const approved = agreement && stations.approved(agreement, agreement);
      return approved?.status === 'False'
        ? road.standUpTo(approved)
        : road.stand();
    }
    const away = clusterAway('Validated', plan.message, plan.credentials);
    return road.stop(wrong ?? away, { type: 'wait', for: 'cluster' });
  }
  // What is wrong with the newest version is said, while the last valid one is looked after like any other.
  road.pass(
    wrong ?? {
      type: 'Validated',
      status: 'True',
      reason: 'Valid',
      message: 'Spec, class and references are valid.',
    },
  );

  const policy = stations.policy(plan);
  if (policy.status !== 'True') return road.stop(policy, { type: 'rest' });
  road.pass(policy);

  if (plan.approval.required) {
    if (approvals.state === 'unseen') return road.look('approvals');
    const approved = stations.approved(plan, approvals);
    if (approved.status !== 'True')
      return road.stop(approved, { type: 'rest' });
    road.pass(approved);
  } else {
    road.pass(stations.approvalNotRequired());
  }
  road.pass(stations.rendered(plan));

  if (delivered.state === 'unseen') return road.look('delivered');
  const committed = stations.committed(delivered);
  switch (delivered.state) {
    case 'same':
      road.pass(committed);
      break;
    case 'differs':
      return road.stop(committed, { type: 'act', act: delivered.by });
    case 'unavailable':
      return road.stop(committed, { type: 'wait', for: 'git' });
    default:
      return road.stop(committed, { type: 'wait', for: 'people' });
  }

  if (platform.state === 'unseen') return road.look('platform');
  const provisioned = stations.provisioned(platform);
  if (platform.state === 'pending')
    return road.stop(provisioned, { type: 'act', act: 'apply' });
  if (provisioned.status !== 'True')
    return road.stop(provisioned, {
      type: 'wait',
      for: platform.state === 'adopting' ? 'argocd' : 'cluster',
    });
  road.pass(provisioned);
  return road.arrive();
}
