import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Component } from '../component.ts';
import { readBundle } from '../crds.ts';
import { writeFileAtomic } from '../files.ts';
import type { KubeObject } from '../manifests.ts';
import { LOOPBACK } from '../ports.ts';
import { KUBERNETES_VERSION } from '../tools.ts';
import type { Addon } from './addon.ts';
import {
  imageMissing,
  ingressAddress,
  withoutMissingImages,
} from './kwokStages.ts';
import { pipelinePodEnds } from './pipelinePods.ts';

const NODE = 'kwok-1';

/** The log of every container, as a container runtime writes one: nothing ran, but the way to it is the real one. */
const LOG = ['kwok plays this container:', 'nothing ran in it']
  .map(text => `2026-01-01T00:00:00.000000000Z stdout F ${text}\n`)
  .join('');

/** What Pods, Nodes, volumes and Ingresses go through, most of it from kwok's own manifests; written where its process reads it. */
let stages: KubeObject[] = [];

const scheduler: Component = {
  name: 'kube-scheduler',
  version: KUBERNETES_VERSION,
  args: ({ paths, ports }) => [
    `--kubeconfig=${paths.kubeconfig}`,
    `--authentication-kubeconfig=${paths.kubeconfig}`,
    `--authorization-kubeconfig=${paths.kubeconfig}`,
    `--bind-address=${LOOPBACK}`,
    `--secure-port=${ports['kube-scheduler']}`,
    '--leader-elect=false',
    '--profiling=false',
  ],
  isReady: ({ ports }) =>
    answers(getHttps, `https://${LOOPBACK}:${ports['kube-scheduler']}/healthz`),
};

const kwok: Component = {
  name: 'kwok',
  version: 'v0.8.0',
  prepare: ({ paths }) => {
    const logsFile = join(paths.dir, 'container.log');
    writeFileAtomic(logsFile, LOG);
    writeFileAtomic(
      configOf(paths.dir),
      [...stages, clusterLogs(logsFile)]
        .map(object => stringify(object))
        .join('---\n'),
    );
  },
  args: ({ paths, ports }) => [
    `--kubeconfig=${paths.kubeconfig}`,
    `--config=${configOf(paths.dir)}`,
    '--manage-all-nodes=true',
    `--server-address=${LOOPBACK}:${ports.kwok}`,
    `--node-ip=${LOOPBACK}`,
    `--node-port=${ports.kwok}`,
    '--cidr=10.244.0.1/16',
  ],
  isReady: ({ ports }) =>
    answers(getHttp, `http://${LOOPBACK}:${ports.kwok}/healthz`),
};

/**
 * A Node that is pretended, a scheduler that puts Pods there, and kwok, which makes them run and end without running
 * anything. Volumes are bound that hold nothing, and Ingresses get an address where nobody listens.
 */
export const kwokAddon: Addon = {
  name: 'kwok',
  needs: [],
  modules: ['kwok'],
  async objects(log) {
    const own = await readBundle(
      {
        name: 'kwok',
        sources: [
          'node/fast',
          'node/heartbeat-with-lease',
          'pod/fast',
          'volume/fast',
        ].map(folder => ({
          goModule: 'sigs.k8s.io/kwok',
          folder: `kustomize/stage/${folder}`,
        })),
      },
      log,
    );
    stages = [
      ...own
        .filter(({ kind }) => kind === 'Stage')
        .map(stage =>
          stage.metadata.name === 'pod-ready'
            ? withoutMissingImages(stage)
            : stage,
        ),
      imageMissing,
      ingressAddress,
      pipelinePodEnds,
    ];
    return [
      // The default StorageClass, whose volumes kwok pretends as well.
      ...own.filter(({ kind }) => kind !== 'Stage'),
      {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: {
          name: NODE,
          annotations: { 'kwok.x-k8s.io/node': 'fake' },
          // Volumes of Tekton's tasks are bound to it by this label.
          labels: { 'kubernetes.io/hostname': NODE },
        },
      },
    ];
  },
  components: [scheduler, kwok],
};

function clusterLogs(logsFile: string): KubeObject {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'ClusterLogs',
    metadata: { name: 'all' },
    spec: { logs: [{ logsFile, follow: false }] },
  };
}

function configOf(dir: string): string {
  return join(dir, 'kwok.yaml');
}

/** Certificates are made by the processes themselves and change with every start. */
function answers(
  get: typeof getHttps | typeof getHttp,
  url: string,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const outgoing = get(
      url,
      { rejectUnauthorized: false, timeout: 2_000, agent: false },
      response => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    outgoing.on('timeout', () =>
      outgoing.destroy(new Error('no answer in 2 s')),
    );
    outgoing.on('error', reject);
  });
}
