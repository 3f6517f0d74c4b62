import { get } from 'node:http';
import type { Component } from '../component.ts';
import { readBundle } from '../crds.ts';
import { LOOPBACK } from '../ports.ts';
import type { Addon } from './addon.ts';

const NAMESPACE = 'argo';
const CONFIG = 'workflow-controller-configmap';
/** The controller always takes this port; a second one runs without answering there. */
const HEALTH_PORT = 6060;

const controller: Component = {
  name: 'workflow-controller',
  version: 'v3.7.3',
  fixedPort: HEALTH_PORT,
  env: () => ({
    LEADER_ELECTION_DISABLE: 'true',
    DEFAULT_REQUEUE_TIME: '500ms',
  }),
  args: ({ paths }) => [
    '--kubeconfig',
    paths.kubeconfig,
    '-n',
    NAMESPACE,
    '--executor-image',
    'testbed.invalid/argoexec:1',
  ],
  isReady: () =>
    new Promise((resolve, reject) => {
      const outgoing = get(
        `http://${LOOPBACK}:${HEALTH_PORT}/healthz`,
        { timeout: 1_000 },
        response => {
          response.resume();
          resolve(response.statusCode === 200);
        },
      );
      outgoing.on('timeout', () =>
        outgoing.destroy(new Error('no answer in 1 s')),
      );
      outgoing.on('error', reject);
    }),
};

/** The real controller of Argo Workflows. Its server does not run, and no executor: outputs are not reported. */
export const argoWorkflowsAddon: Addon = {
  name: 'argo-workflows',
  needs: ['kwok'],
  modules: ['argo-workflows'],
  async objects(log) {
    const crds = await readBundle(
      {
        name: 'argo-workflows',
        sources: [
          {
            goModule: 'github.com/argoproj/argo-workflows/v3',
            folder: 'manifests/base/crds/minimal',
            prefix: 'argoproj',
          },
        ],
      },
      log,
    );
    return [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
      ...crds,
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: CONFIG, namespace: NAMESPACE },
        data: { metricsConfig: 'enabled: false\n' },
      },
    ];
  },
  components: [controller],
};
