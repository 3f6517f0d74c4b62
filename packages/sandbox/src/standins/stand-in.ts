import { Clock } from '../apiserver/types';
import { SandboxLogger, SandboxTimings } from '../types';
import { ClusterClient } from './client';
import { EventRecorder } from './event-recorder';

/** What every stand-in gets. */
export interface StandInContext {
  client: ClusterClient;
  events: EventRecorder;
  clock: Clock;
  logger: SandboxLogger;
  timings: Required<SandboxTimings>;
}

/** Plays one controller's part. */
export interface StandIn {
  start(): void;
  stop(): Promise<void>;
}

export const DEFAULT_TIMINGS: Required<SandboxTimings> = {
  podStartMs: 1000,
  podStopMs: 500,
  workMs: 2000,
  argoPollMs: 15_000,
};

/** The name of the node that the Pods "run" on. */
export const NODE = 'sandbox';

/** A key of the work loops: `resource|namespace|name`. */
export function keyOf(
  resource: string,
  object: { metadata: { namespace?: string; name: string } },
): string {
  return `${resource}|${object.metadata.namespace ?? ''}|${object.metadata.name}`;
}

export function splitKey(key: string): {
  resource: string;
  namespace: string | undefined;
  name: string;
} {
  const [resource, namespace, name] = key.split('|');
  return { resource, namespace: namespace || undefined, name };
}
