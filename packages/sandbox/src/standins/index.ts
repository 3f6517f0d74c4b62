import { Cluster } from '../cluster';
import { Clock } from '../apiserver/types';
import { SandboxLogger, SandboxTimings } from '../types';

export interface StandInOptions {
  clock: Clock;
  logger: SandboxLogger;
  timings: SandboxTimings;
}

export interface Host {
  cluster: Cluster;
  url: string;
  region?: string;
}

/** Everything that plays a part in the sandbox' clusters. */
export class StandIns {
  constructor(readonly options: StandInOptions) {}

  async start(_hosts: Host[]): Promise<void> {}

  async stop(): Promise<void> {}
}
