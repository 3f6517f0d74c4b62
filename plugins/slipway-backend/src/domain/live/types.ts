import type { LiveEvent } from './events';
import type { LiveSync } from './syncs';
import type { DetailReasonKey } from '@slipway/plugin-slipway-common';

/** Health in Argo CD's words. */
export type Health =
  'Healthy' | 'Progressing' | 'Degraded' | 'Suspended' | 'Missing' | 'Unknown';

/** Whose an object is, from its labels. */
export interface Owner {
  organization: string;
  service: string;
  /** Absent on what belongs to the service as a whole, such as a pipeline run. */
  environment?: string;
}

/** What is kept of an object that is watched: what is shown, and nothing else. */
export interface LiveObject {
  apiVersion: string;
  kind: string;
  name: string;
  namespace?: string;
  uid: string;
  /** uid of the controller that made it. */
  owner?: string;
  createdAt?: string;
  health: Health;
  /** Why it isn't healthy, naming the object. */
  message?: string;
  /** The same as a row of the table of reasons. */
  reason?: DetailReasonKey;
}

/** What is kept of an Argo CD Application. */
export interface LiveApplication {
  name: string;
  namespace: string;
  uid: string;
  deleting: boolean;
  /** Whether Argo CD undoes by itself what somebody changes in the cluster. */
  selfHeals: boolean;
  sync: 'Synced' | 'OutOfSync' | 'Unknown';
  /** Commit of the last comparison. */
  revision?: string;
  reconciledAt?: string;
  health: Health;
  healthMessage?: string;
  operation?: {
    phase: string;
    message?: string;
    startedAt?: string;
    finishedAt?: string;
  };
  /** The last syncs that ended, oldest first. */
  syncs: LiveSync[];
  /** What Argo CD complains about, as `Type: message`. */
  errors: string[];
  /** Resources that are not both synced and healthy. */
  troubled: Array<{
    kind: string;
    name: string;
    sync?: string;
    health?: string;
    message?: string;
  }>;
  /** How many resources it has. */
  resources: number;
}

/** How well a source is known. */
export interface SourceAge {
  cluster: string;
  state: 'live' | 'stale' | 'unreachable';
  /** When it last answered; absent when it never did. */
  asOf?: string;
  message?: string;
  /** It is there, though what we want of it can't be had: `message` says why. */
  answers?: boolean;
  /** It doesn't accept our credentials. */
  credentials?: boolean;
}

/** Everything that is known of one environment from memory. */
export interface LiveEnvironment {
  application?: LiveApplication;
  objects: LiveObject[];
  /** What its cluster warned of lately, newest first. */
  events: Array<LiveEvent & { cluster: string }>;
  sources: SourceAge[];
}
