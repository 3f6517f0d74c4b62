import { JsonObject, equal, objectAt } from '../../apiserver/json';
import { quotaUsage } from '../../apiserver/admission/limits';
import { formatQuantity } from '../../apiserver/quantity';
import { Store } from '../../apiserver/store';
import { KubeObject, timestamp } from '../../apiserver/types';
import { STAND_IN } from '../client';
import { NODE, StandIn, StandInContext, keyOf, splitKey } from '../stand-in';
import { WorkLoop } from '../work-loop';

/** Plays the controllers that furnish a cluster: its node, each namespace' account and CA, the quotas' figures. */
export class Namespaces implements StandIn {
  private readonly loop: WorkLoop;
  private unsubscribe = () => {};

  constructor(
    private readonly context: StandInContext,
    private readonly store: Store,
    private readonly cluster: { caPem: string; region?: string },
  ) {
    this.loop = new WorkLoop(
      'namespaces',
      key => this.reconcile(key),
      context.logger,
    );
  }

  start(): void {
    const { client } = this.context;
    this.furnishCluster();
    for (const resource of ['namespaces', 'resourcequotas']) {
      for (const one of client.list(resource))
        this.loop.add(keyOf(resource, one));
    }
    this.unsubscribe = client.watch(({ resource, object }) => {
      const { namespace } = object.metadata;
      if (resource === 'namespaces') this.loop.add(keyOf(resource, object));
      if (!namespace) return;
      // Whatever changes in a namespace may count in its quotas; its account and CA come back when deleted.
      for (const quota of client.list('resourcequotas', namespace))
        this.loop.add(keyOf('resourcequotas', quota));
      if (resource === 'serviceaccounts' || resource === 'configmaps') {
        this.loop.add(keyOf('namespaces', { metadata: { name: namespace } }));
      }
    });
  }

  async stop(): Promise<void> {
    this.unsubscribe();
    await this.loop.stop();
  }

  private reconcile(key: string): void {
    const { resource, namespace, name } = splitKey(key);
    const object = this.context.client.get(resource, namespace, name);
    if (!object || object.metadata.deletionTimestamp) return;
    if (resource === 'namespaces') this.furnish(name);
    else this.quota(object);
  }

  private furnish(namespace: string): void {
    const { client } = this.context;
    client.ensure('serviceaccounts', namespace, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default' },
    });
    client.ensure('configmaps', namespace, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'kube-root-ca.crt',
        annotations: {
          'kubernetes.io/description':
            'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc.',
        },
      },
      data: { 'ca.crt': this.cluster.caPem },
    });
  }

  private quota(quota: KubeObject): void {
    const hard = objectAt(quota, 'spec', 'hard') ?? {};
    const usage = quotaUsage(this.store, quota);
    const used: JsonObject = {};
    for (const [name, limit] of Object.entries(hard))
      used[name] = formatQuantity(usage.get(name) ?? 0n, String(limit));
    const status = { hard, used };
    if (!equal(status, quota.status))
      this.context.client.updateStatus('resourcequotas', quota, status);
  }

  private furnishCluster(): void {
    const { client, clock } = this.context;
    if (client.get('nodes', undefined, NODE)) return;
    const node = client.create('nodes', undefined, {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name: NODE,
        labels: {
          'kubernetes.io/hostname': NODE,
          'kubernetes.io/os': 'linux',
          [STAND_IN]: 'true',
          ...(this.cluster.region
            ? { 'topology.kubernetes.io/region': this.cluster.region }
            : {}),
        },
        annotations: { [STAND_IN]: 'true' },
      },
      spec: { providerID: 'sandbox://sandbox' },
    });
    const now = timestamp(clock());
    const resources = {
      cpu: '64',
      memory: '256Gi',
      pods: '500',
      'ephemeral-storage': '1Ti',
    };
    client.updateStatus('nodes', node, {
      capacity: resources,
      allocatable: resources,
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          reason: 'SandboxNode',
          message: 'a stand-in: the sandbox runs no containers',
          lastHeartbeatTime: now,
          lastTransitionTime: now,
        },
      ],
      addresses: [
        { type: 'InternalIP', address: '127.0.0.1' },
        { type: 'Hostname', address: NODE },
      ],
      nodeInfo: {
        machineID: 'sandbox',
        systemUUID: 'sandbox',
        bootID: 'sandbox',
        kernelVersion: 'sandbox',
        osImage: 'Slipway sandbox (no containers run here)',
        containerRuntimeVersion: 'sandbox://0',
        kubeletVersion: 'v1.36.1+slipway-sandbox',
        kubeProxyVersion: '',
        operatingSystem: 'linux',
        architecture: 'sandbox',
      },
    });
  }
}
