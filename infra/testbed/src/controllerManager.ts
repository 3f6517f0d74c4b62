import { get } from 'node:https';
import type { Component } from './component.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { LOOPBACK } from './ports.ts';

const NAME = 'kube-controller-manager';

export const controllerManager: Component = {
  name: NAME,
  prepare: ({ paths, url, certificates }) =>
    writeKubeconfig({
      path: paths.config(NAME),
      cluster: 'testbed',
      user: `system:${NAME}`,
      url,
      caFile: certificates.ca.certificate,
      certificateFile: certificates.controllerManager.certificate,
      keyFile: certificates.controllerManager.key,
    }),
  args: ({ paths, ports, certificates }) => {
    const config = paths.config(NAME);
    return [
      `--kubeconfig=${config}`,
      `--authentication-kubeconfig=${config}`,
      `--authorization-kubeconfig=${config}`,
      `--bind-address=${LOOPBACK}`,
      `--secure-port=${ports[NAME]}`,
      '--leader-elect=false',
      // Nodes are pretended and their heartbeats slow: this controller would
      // mark every pod unready after 40 s.
      '--controllers=*,-node-lifecycle-controller',
      '--use-service-account-credentials=true',
      `--service-account-private-key-file=${certificates.serviceAccount.key}`,
      `--root-ca-file=${certificates.ca.certificate}`,
      `--cluster-signing-cert-file=${certificates.ca.certificate}`,
      `--cluster-signing-key-file=${certificates.ca.key}`,
      // The defaults are made for clusters that last; tests wait for each step.
      '--kube-api-qps=200',
      '--kube-api-burst=400',
      '--profiling=false',
    ];
  },
  // Healthy says that the process runs. The default account says that its
  // controllers work, and no pod can be made before it exists.
  isReady: async ({ client, ports }) =>
    (await isHealthy(ports[NAME])) &&
    (
      await client.request(
        'GET',
        '/api/v1/namespaces/default/serviceaccounts/default',
      )
    ).status === 200,
};

/** The certificate is made by the process itself and changes with every start. */
function isHealthy(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const outgoing = get(
      `https://${LOOPBACK}:${port}/healthz`,
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
