import type { Component } from './component.ts';
import { LOOPBACK } from './ports.ts';

/** Range of service addresses, and its first, which is the API server's own. */
const SERVICE_RANGE = '10.96.0.0/16';
export const API_SERVICE_IP = '10.96.0.1';

export const apiserver: Component = {
  name: 'kube-apiserver',
  args: ({ url, ports, certificates }) => [
    `--etcd-servers=http://${LOOPBACK}:${ports.etcd}`,
    `--bind-address=${LOOPBACK}`,
    `--advertise-address=${LOOPBACK}`,
    `--secure-port=${ports['kube-apiserver']}`,
    // A loopback address can't be an endpoint, so there is nothing to reconcile.
    '--endpoint-reconciler-type=none',
    `--tls-cert-file=${certificates.apiserver.certificate}`,
    `--tls-private-key-file=${certificates.apiserver.key}`,
    `--client-ca-file=${certificates.ca.certificate}`,
    '--authorization-mode=Node,RBAC',
    `--service-account-issuer=${url}`,
    `--service-account-key-file=${certificates.serviceAccount.publicKey}`,
    `--service-account-signing-key-file=${certificates.serviceAccount.key}`,
    `--service-cluster-ip-range=${SERVICE_RANGE}`,
    '--allow-privileged=true',
    // A new Node would be tainted as not ready, and the controller that takes that away does not run here.
    '--disable-admission-plugins=TaintNodesByCondition',
    '--profiling=false',
  ],
  // Ready includes the default cluster roles, which a fresh server writes first.
  isReady: async ({ client }) =>
    (await client.request('GET', '/readyz')).status === 200,
};
