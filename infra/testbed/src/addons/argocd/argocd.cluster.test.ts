import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { applyObjects } from '../../apply.ts';
import { withAdminClient } from '../../cluster.ts';
import { startGitServer, type GitServer } from '../../gitServer/server.ts';
import type { KubeObject } from '../../manifests.ts';
import { isAlive } from '../../processIdentity.ts';
import { clusterPaths, readRecord } from '../../state.ts';
import { startTestbed, type Testbed } from '../../testbed.ts';
import { waitFor } from '../../wait.ts';

const HEALTHY_TIMEOUT_MS = 90_000;

let folder: string;
let git: GitServer;
let testbed: Testbed;

async function runGit(...args: string[]): Promise<void> {
  await promisify(execFile)('git', ['-C', folder, ...args], {
    env: {
      ...process.env,
      GIT_AUTHOR_NAME: 'Test',
      GIT_AUTHOR_EMAIL: 'test@example.com',
      GIT_COMMITTER_NAME: 'Test',
      GIT_COMMITTER_EMAIL: 'test@example.com',
    },
  });
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'testbed-argocd-'));
  await runGit('init', '-q', '--bare', '-b', 'main', 'served/boats.git');
  git = await startGitServer({ root: join(folder, 'served') });
  testbed = await startTestbed({ clusters: 2, with: ['argocd'] });
});

after(async () => {
  await testbed?.stop();
  await git?.stop();
  rmSync(folder, { recursive: true });
});

const deployment: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'boat' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'boat' } },
    template: {
      metadata: { labels: { app: 'boat' } },
      spec: { containers: [{ name: 'boat', image: 'boats.invalid/boat:1' }] },
    },
  },
};

const applicationFor = (server: string, name: string): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name, namespace: 'argocd' },
  spec: {
    project: 'default',
    source: {
      repoURL: `${git.url}/boats.git`,
      targetRevision: 'main',
      path: 'boats',
    },
    destination: { server, namespace: name },
    syncPolicy: {
      automated: { prune: true, selfHeal: true },
      syncOptions: ['CreateNamespace=true'],
    },
  },
});

interface Application {
  status?: {
    sync?: { status?: string; revision?: string };
    health?: { status?: string };
  };
}

const hub = () => clusterPaths(testbed.stateDir, 'cluster-1');

test('a Deployment that is pushed becomes Synced and Healthy, in the cluster of Argo CD and in another one', async () => {
  await runGit('clone', '-q', `${git.url}/boats.git`, 'work');
  mkdirSync(join(folder, 'work', 'boats'));
  writeFileSync(
    join(folder, 'work', 'boats', 'deployment.yaml'),
    stringify(deployment),
  );
  await runGit('-C', 'work', 'add', '-A');
  await runGit('-C', 'work', 'commit', '-q', '-m', 'Add a boat');
  await runGit('-C', 'work', 'push', '-q', 'origin', 'HEAD:main');

  const places = testbed.clusters.map(({ url }, index) => ({
    url,
    name: `boats-${index + 1}`,
  }));
  await withAdminClient(hub(), async client => {
    await applyObjects(
      client,
      places.map(({ url, name }) => applicationFor(url, name)),
    );
    for (const { name } of places) {
      await waitFor(
        `${name}, Synced and Healthy,`,
        async () => {
          const { status } = await client.json<Application>(
            'GET',
            `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${name}`,
          );
          return (
            status?.sync?.status === 'Synced' &&
            status.health?.status === 'Healthy'
          );
        },
        { timeoutMs: HEALTHY_TIMEOUT_MS, intervalMs: 500 },
      );
    }
  });
  const other = clusterPaths(testbed.stateDir, 'cluster-2');
  const ready = await withAdminClient(other, client =>
    client.json<{ status: { availableReplicas?: number } }>(
      'GET',
      '/apis/apps/v1/namespaces/boats-2/deployments/boat',
    ),
  );
  assert.equal(ready.status.availableReplicas, 2);
});

test("Argo CD's own API is there for its administrator", async () => {
  assert.ok(testbed.argocd);
  const { url, adminPassword, pids } = testbed.argocd;
  assert.ok(pids['argocd-application-controller'] > 0);
  const response = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: adminPassword }),
  });
  const { token } = (await response.json()) as { token: string };
  const clusters = await fetch(`${url}/api/v1/clusters`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { items } = (await clusters.json()) as { items: { server: string }[] };
  for (const cluster of testbed.clusters)
    assert.ok(items.some(({ server }) => server === cluster.url));
});

test(
  'nothing of Argo CD listens beyond loopback',
  { skip: process.platform !== 'linux' },
  () => {
    const open = Object.entries(testbed.argocd!.pids).flatMap(([name, pid]) =>
      // Hexadecimal addresses of listening sockets (state 0A) in this process's network.
      ['tcp', 'tcp6']
        .flatMap(file =>
          readFileSync(`/proc/${pid}/net/${file}`, 'utf8').split('\n'),
        )
        .map(line => line.trim().split(/\s+/))
        .filter(([, , , state]) => state === '0A')
        .filter(
          ([, address, , , , , , , , inode]) =>
            socketsOf(pid).has(inode) && !address.startsWith('0100007F:'),
        )
        .map(([, address]) => `${name} ${address}`),
    );
    assert.deepEqual(open, []);
  },
);

test('what was killed is started again, where the others look for it', async () => {
  const name = 'argocd-repo-server';
  const { stateDir } = testbed;
  const before = readRecord(hub())!.processes[name];
  process.kill(before.pid, 'SIGKILL');
  await waitFor('Its end', async () => !isAlive(before.pid), {
    timeoutMs: 5_000,
  });
  const again = await startTestbed({ stateDir, clusters: 2, with: ['argocd'] });
  const after = readRecord(hub())!.processes[name];
  assert.notEqual(after.pid, before.pid);
  assert.equal(after.port, before.port);
  assert.equal(
    again.argocd!.pids['argocd-server'],
    testbed.argocd!.pids['argocd-server'],
  );
});

function socketsOf(pid: number): Set<string> {
  const links = readdirSync(`/proc/${pid}/fd`).map(fd => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch {
      // Closed between the two questions.
      return '';
    }
  });
  return new Set(
    links.flatMap(link => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []),
  );
}
