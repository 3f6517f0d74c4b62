import { get } from 'node:http';
import type { Component } from './component.ts';
import { LOOPBACK } from './ports.ts';

/** Port of etcd's members among themselves; there is one member only. */
export const ETCD_PEER = 'etcd-peer';

/** One member, plain HTTP on loopback, and no fsync: the data outlives nothing. */
export const etcd: Component = {
  name: 'etcd',
  args: ({ paths, ports }) => {
    const client = `http://${LOOPBACK}:${ports.etcd}`;
    const peer = `http://${LOOPBACK}:${ports[ETCD_PEER]}`;
    return [
      `--data-dir=${paths.etcdData}`,
      '--name=testbed',
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=testbed=${peer}`,
      '--unsafe-no-fsync',
      '--log-level=warn',
      // Room for load tests with thousands of objects.
      '--quota-backend-bytes=4294967296',
    ];
  },
  isReady: ({ ports }) =>
    new Promise((resolve, reject) => {
      const outgoing = get(
        `http://${LOOPBACK}:${ports.etcd}/health`,
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
