import { Cluster } from '../cluster';
import { Clock } from '../apiserver/types';
import { SandboxLogger, SandboxTimings } from '../types';
import { ArgoCd } from './argocd';
import { ClusterClient } from './client';
import { EventRecorder } from './event-recorder';
import { Tekton } from './pipelines';
import { DEFAULT_TIMINGS, StandIn, StandInContext } from './stand-in';
import { Claims } from './workloads/claims';
import { Deployments } from './workloads/deployments';
import { containerLog } from './workloads/images';
import { Jobs } from './workloads/jobs';
import { Kubelet } from './workloads/kubelet';
import { Namespaces } from './workloads/namespaces';
import { StatefulSets } from './workloads/stateful-sets';

export interface StandInOptions {
  clock: Clock;
  logger: SandboxLogger;
  timings: SandboxTimings;
}

/** A cluster that stand-ins play in. */
export interface Host {
  cluster: Cluster;
  url: string;
  region?: string;
}

/** Everything that plays a part in the sandbox' clusters. */
export class StandIns {
  private running: StandIn[] = [];

  constructor(private readonly options: StandInOptions) {}

  start(hosts: Host[]): void {
    const destinations = hosts.map(({ cluster, url }) => ({
      name: cluster.name,
      url,
      client: new ClusterClient(cluster.api, 'argocd'),
    }));
    for (const { cluster, region } of hosts) {
      cluster.resources.logs = containerLog;
      const certificate = cluster.options.credentials.certificate.cert;
      this.running.push(
        new Namespaces(
          this.context(cluster, 'controller-manager'),
          cluster.store,
          { caPem: certificate, region },
        ),
        new Kubelet(this.context(cluster, 'kubelet')),
        new Deployments(this.context(cluster, 'deployment-controller')),
        new Claims(this.context(cluster, 'provisioner')),
        new StatefulSets(this.context(cluster, 'statefulset-controller')),
        new Jobs(this.context(cluster, 'job-controller')),
        new Tekton(this.context(cluster, 'tekton')),
        new ArgoCd(this.context(cluster, 'argocd'), cluster.name, destinations),
      );
    }
    for (const one of this.running) one.start();
  }

  async stop(): Promise<void> {
    const stopping = this.running;
    this.running = [];
    await Promise.all(stopping.map(one => one.stop()));
  }

  private context(cluster: Cluster, component: string): StandInContext {
    const { clock, logger, timings } = this.options;
    const client = new ClusterClient(cluster.api, component);
    return {
      client,
      clock,
      logger,
      timings: { ...DEFAULT_TIMINGS, ...timings },
      events: new EventRecorder(client, component),
    };
  }
}
