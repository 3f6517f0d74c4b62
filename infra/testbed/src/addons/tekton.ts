import { get } from 'node:http';
import type { Component } from '../component.ts';
import { dropConversion, isCrd, readBundle } from '../crds.ts';
import { LOOPBACK } from '../ports.ts';
import type { Addon } from './addon.ts';

const PROBES = 'tekton-controller-probes';
const METRICS = 'tekton-controller-metrics';

/** Images that a Pod names and nothing here pulls. */
const IMAGES = [
  'entrypoint-image',
  'nop-image',
  'sidecarlogresults-image',
  'workingdirinit-image',
  'shell-image',
  'shell-image-win',
];

const controller: Component = {
  name: 'tekton-controller',
  version: 'v1.6.0',
  morePorts: [PROBES, METRICS],
  env: ({ ports }) => ({
    SYSTEM_NAMESPACE: 'tekton-pipelines',
    KUBERNETES_MIN_VERSION: 'v1.28.0',
    CONFIG_DEFAULTS_NAME: 'config-defaults',
    CONFIG_LOGGING_NAME: 'config-logging',
    CONFIG_OBSERVABILITY_NAME: 'config-observability',
    CONFIG_FEATURE_FLAGS_NAME: 'feature-flags',
    CONFIG_LEADERELECTION_NAME: 'config-leader-election-controller',
    CONFIG_SPIRE: 'config-spire',
    METRICS_DOMAIN: 'tekton.dev/pipeline',
    METRICS_PROMETHEUS_HOST: LOOPBACK,
    METRICS_PROMETHEUS_PORT: String(ports[METRICS]),
    PROFILING_PORT: String(ports['tekton-controller']),
    PROBES_PORT: String(ports[PROBES]),
  }),
  args: ({ paths }) => [
    '-kubeconfig',
    paths.kubeconfig,
    '--disable-ha',
    ...IMAGES.flatMap(image => [
      `-${image}`,
      `testbed.invalid/tekton/${image}:1`,
    ]),
  ],
  isReady: ({ ports }) =>
    new Promise((resolve, reject) => {
      const outgoing = get(
        `http://${LOOPBACK}:${ports[PROBES]}/readiness`,
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

/** Tekton's real controller. Its webhook does not run: nothing is defaulted, converted or rejected by it. */
export const tektonAddon: Addon = {
  name: 'tekton',
  needs: ['kwok'],
  modules: ['tekton'],
  async objects(log) {
    const goModule = 'github.com/tektoncd/pipeline';
    const objects = await readBundle(
      {
        name: 'tekton',
        sources: [
          { goModule, folder: 'config/100-namespace' },
          { goModule, folder: 'config/300-crds' },
          { goModule, folder: 'config', prefix: 'config-' },
        ],
      },
      log,
    );
    return objects.map(object =>
      isCrd(object) ? dropConversion(object) : object,
    );
  },
  components: [controller],
};
