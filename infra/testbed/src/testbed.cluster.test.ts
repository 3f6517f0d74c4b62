import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { withAdminClient } from './cluster.ts';
import { bringUp } from './clusters.ts';
import { ensureBinaries } from './build.ts';
import { createKubeClient } from './kubeClient.ts';
import { isAlive } from './processIdentity.ts';
import { clusterPaths, readRecord, writeRecord } from './state.ts';
import { startTestbed, type Testbed } from './testbed.ts';
import { waitFor } from './wait.ts';

let manifests: string;
let testbed: Testbed;

before(async () => {
  manifests = mkdtempSync(join(tmpdir(), 'testbed-objects-'));
  writeFileSync(
    join(manifests, 'objects.yaml'),
    JSON.stringify({
      apiVersion: 'example.org/v1',
      kind: 'Boat',
      metadata: { name: 'one', namespace: 'harbour' },
    }),
  );
  writeFileSync(
    join(manifests, 'types.yaml'),
    `${JSON.stringify({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'boats.example.org' },
      spec: {
        group: 'example.org',
        scope: 'Namespaced',
        names: { kind: 'Boat', plural: 'boats' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: 'object' } },
          },
        ],
      },
    })}\n---\n${JSON.stringify({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'harbour' },
    })}`,
  );
  testbed = await startTestbed({ crds: [manifests] });
});

after(async () => {
  await testbed?.stop();
  rmSync(manifests, { recursive: true });
});

const paths = () => clusterPaths(testbed.stateDir, 'cluster-1');

test('manifests are applied in an order that works, whatever their files are called', async () => {
  const boat = await withAdminClient(paths(), client =>
    client.json<{ metadata: { name: string } }>(
      'GET',
      '/apis/example.org/v1/namespaces/harbour/boats/one',
    ),
  );
  assert.equal(boat.metadata.name, 'one');
});

test('the controller manager deletes the content of a namespace and then the namespace', async () => {
  await withAdminClient(paths(), async client => {
    const namespace = '/api/v1/namespaces/harbour';
    await client.json('DELETE', namespace);
    await waitFor(
      'The end of the namespace',
      async () => (await client.request('GET', namespace)).status === 404,
      { timeoutMs: 30_000 },
    );
  });
});

test('the admin token may do everything, and an ordinary account nothing', async () => {
  const [cluster] = testbed.clusters;
  const status = async (token: string) => {
    const response = await requestWithToken(cluster.url, cluster.caFile, token);
    return response.status;
  };
  assert.equal(await status(cluster.adminToken), 200);
  assert.equal(await status(await cluster.tokenFor('default', 'default')), 403);
});

test('bringing a running cluster up again changes no process', async () => {
  const [again] = await bringUp({
    stateRoot: testbed.stateDir,
    count: 1,
    binaries: await ensureBinaries(() => {}),
    additions: { objects: [], addons: [] },
    ownerPid: process.pid,
    log: () => {},
  });
  assert.equal(again.started, false);
  assert.deepEqual(again.cluster.pids, testbed.clusters[0].pids);
});

test('a start that was interrupted is ended and made anew', async () => {
  const before = testbed.clusters[0].pids;
  const record = readRecord(paths());
  assert.ok(record);
  writeRecord(paths(), { ...record, phase: 'starting' });
  const [again] = await bringUp({
    stateRoot: testbed.stateDir,
    count: 1,
    binaries: await ensureBinaries(() => {}),
    additions: { objects: [], addons: [] },
    ownerPid: process.pid,
    log: () => {},
  });
  assert.equal(again.started, true);
  for (const pid of Object.values(before)) assert.equal(isAlive(pid), false);
  for (const pid of Object.values(again.cluster.pids))
    assert.equal(isAlive(pid), true);
});

test('a cluster that its owner left behind is ended by the next start', async () => {
  const record = readRecord(paths());
  assert.ok(record);
  // The pid of a process that has ended for certain.
  const gone = Number(
    execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }),
  );
  writeRecord(paths(), { ...record, ownerPid: gone });
  const next = await startTestbed();
  try {
    assert.equal(existsSync(testbed.stateDir), false);
    for (const { pid } of Object.values(record.processes))
      assert.equal(isAlive(pid), false);
  } finally {
    await next.stop();
  }
  assert.equal(existsSync(next.stateDir), false);
  for (const pid of Object.values(next.clusters[0].pids))
    assert.equal(isAlive(pid), false);
});

async function requestWithToken(url: string, caFile: string, token: string) {
  const client = createKubeClient({
    url,
    ca: readFileSync(caFile, 'utf8'),
    token,
  });
  try {
    return await client.request('GET', '/api/v1/nodes');
  } finally {
    client.close();
  }
}
