import type {
  BuildGate,
  Condition,
  EnvironmentPhase,
} from '@slipway/plugin-slipway-common';
import type { LiveState } from '../live/liveConditions';
import type { DeliveryStage } from '../platform/deliveryStage';

/** Not looked at in this run: everything before it in the order of the road has to be settled first. */
export interface Unseen {
  state: 'unseen';
}

/** Why a cluster or a repository could not be asked. */
interface Away {
  state: 'unreachable';
  message: string;
  /** It answers, but doesn't accept our credentials. */
  credentials?: boolean;
}

/** Whether somebody declares the environment, as its source says. */
export type Declaration =
  | { state: 'declared' }
  | { state: 'undeclared' }
  | { state: 'unreadable'; message: string }
  | { state: 'held'; message: string };

/** Whether the spec and what it refers to make sense. */
export type Validity =
  | { state: 'valid' }
  | { state: 'invalid'; problems: string[]; runsLastValid: boolean }
  | { state: 'class-unknown'; class: string; known: string[] }
  | { state: 'reference-unknown'; message: string };

/** Where it runs. */
export type Placement =
  | { state: 'recorded'; cluster: string }
  | { state: 'chosen'; cluster: string; because: string }
  | { state: 'none'; message: string }
  | { state: 'unknown'; cluster: string; known: string[] }
  | { state: 'fixed'; recorded: string; wanted: string }
  /** Which cluster it is on already can't be read from Git. */
  | { state: 'unreadable'; message: string }
  /** Another environment lives in the namespace that this one adopts. */
  | { state: 'occupied'; namespace: string; by: string };

/** Whether its host names are its own. */
export type Domains =
  | { state: 'held' }
  | { state: 'unsettled'; claim: string[]; release: string[] }
  | { state: 'taken'; domain: string; by: string };

/** What somebody has to agree to. */
export interface Agreement {
  approvalDigest: string;
  approval: { required: boolean; count: number; groups: string[] };
}

/** What the spec becomes. */
export type Planned =
  | { state: 'failed'; message: string }
  | {
      state: 'unreachable';
      message: string;
      credentials?: boolean;
      /** Whether what is declared is what the recorded conditions are about. */
      sameGeneration: boolean;
      /** What the class asks for now, of what was planned last; absent where it asks for nothing. */
      agreement?: Agreement & Pick<Approvals, 'given' | 'by'>;
    }
  | ({
      state: 'ready';
      digest: string;
      files: number;
      objects: number;
      passed: number;
      warnings: string[];
      denials: string[];
      brokenRules: string[];
      misfits: string[];
      gates: BuildGate[];
    } & Agreement);

/** Who agreed to the digest that is planned now. */
export interface Approvals {
  state: 'counted';
  given: number;
  by: string[];
}

/** A delivery that waits for somebody who brings it on. */
export type Stopped = Extract<
  Delivered,
  { state: 'handed-over' | 'change-open' | 'change-closed' }
>;

/** Where a delivery can end before the GitOps repository. */
export type HandedOverStage = Exclude<DeliveryStage, 'change-request'>;

/** Whether the GitOps repository holds what is planned. */
export type Delivered =
  | { state: 'same'; commit: string }
  | { state: 'differs'; by: 'commit' | 'propose' | 'hand-over' }
  /** Slipway went as far as the settings let it; somebody else brings it on. */
  | {
      state: 'handed-over';
      stage: HandedOverStage;
      /** As a sentence names the place. */
      where: string;
    }
  | { state: 'change-open'; change: string; url?: string }
  | { state: 'change-closed'; change: string; url?: string }
  | { state: 'unavailable'; message: string };

/** Whether the cluster holds the objects that Slipway applies itself. */
export type Platform =
  | { state: 'applied'; objects: number }
  /** Something is to be applied; `quiet` when it only is made sure that all is as it was. */
  | { state: 'pending'; message: string; quiet: boolean }
  | { state: 'terminating'; namespace: string }
  | Away
  | { state: 'refused'; message: string }
  | { state: 'conflict'; message: string }
  | { state: 'namespace-taken'; namespace: string; by: string }
  /** What was there before is being taken over, or can't be. */
  | { state: 'adopting'; message: string }
  | { state: 'adoption-stopped'; message: string }
  | { state: 'argocd-missing'; message: string }
  | { state: 'left-to-others'; missing: string[] };

/** What is left of an environment that nobody declares any more. */
export type Remains =
  | Away
  | { state: 'refused'; message: string }
  | { state: 'git-unavailable'; message: string }
  | {
      state: 'looked';
      /** Databases that were rendered to outlive their environment; Argo CD leaves them where they are. */
      keeps: string[];
      application: 'present' | 'deleting' | 'gone';
      /** Whether Argo CD made the Application out of the folder, and would make it again while that is there. */
      generated?: boolean;
      project: 'present' | 'deleting' | 'gone';
      /** Platform objects of ours in the namespace that go before it. */
      objects: string[];
      namespace: 'present' | 'deleting' | 'gone' | 'kept' | 'foreign';
      folder: 'present' | 'handed-over' | 'gone';
      /** Where the removal of the folder waits for somebody who brings it on. */
      handedOver?: Stopped;
      /** Whether host names that only this environment used were given back. */
      domains: 'held' | 'released';
    };

/** Everything that {@link decide} looks at. */
export interface Observation {
  /** The environment's name as people say it: `shop/web/production`. */
  name: string;
  previous: { phase?: EnvironmentPhase; conditions: Condition[] };
  declaration: Declaration;
  validity: Unseen | Validity;
  placement: Unseen | Placement;
  domains: Unseen | Domains;
  plan: Unseen | Planned;
  approvals: Unseen | Approvals;
  delivered: Unseen | Delivered;
  platform: Unseen | Platform;
  remains: Unseen | Remains;
  /** Always at hand: it comes from memory. */
  live: LiveState;
}

/** What can be looked at next. */
export type Facet =
  | 'validity'
  | 'placement'
  | 'domains'
  | 'plan'
  | 'approvals'
  | 'delivered'
  | 'platform'
  | 'remains';

/** An observation that has seen nothing but the declaration. */
export function unseen(
  seen: Pick<Observation, 'name' | 'previous' | 'declaration' | 'live'>,
): Observation {
  const nothing = { state: 'unseen' } as const;
  return {
    ...seen,
    validity: nothing,
    placement: nothing,
    domains: nothing,
    plan: nothing,
    approvals: nothing,
    delivered: nothing,
    platform: nothing,
    remains: nothing,
  };
}
