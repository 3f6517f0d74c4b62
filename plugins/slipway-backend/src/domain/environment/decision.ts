import type {
  ConditionType,
  EnvironmentPhase,
  ReasonKey,
} from '@slipway/plugin-slipway-common';
import type { Facet } from './observation';

/** A condition before it has a time and a generation. */
export interface ConditionDraft {
  type: ConditionType;
  status: 'True' | 'False' | 'Unknown';
  reason: ReasonKey;
  message: string;
}

/** One thing to do; each is safe to do twice. */
export type Act =
  | 'record-cluster'
  | 'settle-domains'
  | 'commit'
  | 'propose'
  | 'hand-over'
  | 'apply'
  | 'delete-application'
  | 'delete-project'
  | 'delete-objects'
  | 'delete-namespace'
  | 'keep-namespace'
  | 'delete-folder'
  | 'release-domains';

/** What comes next. */
export type Next =
  | { type: 'look'; at: Facet }
  | { type: 'act'; act: Act }
  /** Come back by yourself: what is waited for sends no word, or may have been missed. */
  | { type: 'wait'; for: 'git' | 'cluster' | 'argocd' | 'people' }
  /** Nothing to do until somebody changes something. */
  | { type: 'rest' };

/** What {@link decide} answers. */
export interface Decision {
  conditions: ConditionDraft[];
  phase: EnvironmentPhase;
  next: Next;
}
