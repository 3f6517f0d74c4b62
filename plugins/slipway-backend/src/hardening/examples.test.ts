import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { startSandbox, type Sandbox } from '@slipway/sandbox';
import { ROAD } from '@slipway/plugin-slipway-common';
import { parse } from 'yaml';
import { createTestDatabases } from '../database/__testUtils__/databases';
import { HttpClusters } from '../kubernetes';
import type { KubernetesObject } from '../ports/Clusters';
import { startTestPortal, TestPortal } from '../__testUtils__/testPortal';
import {
  createTestRepositories,
  readFolder,
  TestRepositories,
} from '../__testUtils__/testRepositories';
import { sandboxConfig } from './__testUtils__/sandboxConfig';

const databases = createTestDatabases();
jest.setTimeout(240_000);

/** Online Boutique is some sixty objects in each of two environments. */
const PATIENCE_S = 90;
/** Each look costs requests that the work itself has to wait for. */
const PAUSE_MS = 400;

const EXAMPLES = resolve(__dirname, '../../../../docs/examples');
/** A new example is covered by itself: whatever declares an organization. */
const NAMES = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter(entry => entry.isDirectory() && entry.name !== 'platform')
  .map(({ name }) => name);

interface Station {
  type: string;
  status: string;
  reason: string;
  message: string;
}
interface Environment {
  organization: string;
  service: string;
  name: string;
  cluster: string;
  namespace: string;
  phase: string;
  approvalDigest?: string;
  conditions: Station[];
}

const pathOf = ({ organization, service, name }: Environment) =>
  `/environments/${organization}/${service}/${name}`;
const speaks = ({ conditions }: Environment) =>
  conditions.find(
    ({ type, status }) =>
      (ROAD as readonly string[]).includes(type) && status !== 'True',
  );
const nameOf = ({ kind, metadata }: KubernetesObject) =>
  `${kind} ${metadata.name}`;

/** Kinds that a class lets outlive an environment with databases; all else has to go. */
const RETAINED = [
  'Namespace',
  'StatefulSet',
  'Service',
  'Secret',
  'ServiceAccount',
  'PersistentVolumeClaim',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'RoleBinding',
  'ExternalSecret',
  'ConfigMap',
  'Pod',
];

/** What the examples keep their secrets with, as loose as it can be. */
const EXTERNAL_SECRETS = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'externalsecrets.external-secrets.io' },
  spec: {
    group: 'external-secrets.io',
    scope: 'Namespaced',
    names: {
      kind: 'ExternalSecret',
      listKind: 'ExternalSecretList',
      plural: 'externalsecrets',
      singular: 'externalsecret',
    },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
          },
        },
      },
    ],
  },
};

const connect = ({ clusters }: Sandbox) =>
  HttpClusters.create({
    clusters: clusters.map(({ name, url, token }) => ({
      info: {
        name,
        title: name,
        sandbox: true,
        argocd: { cluster: 'hub', namespace: 'argocd', destination: {} },
      },
      connection: { url, skipTLSVerify: false, token: () => token },
    })),
  });

describe('the examples, from a change request to the cluster and back', () => {
  let sandbox: Sandbox;
  let clusters: HttpClusters;
  let repositories: TestRepositories;
  let portal: TestPortal;

  beforeAll(async () => {
    sandbox = await startSandbox({
      clusters: [{ name: 'hub' }, { name: 'eu' }],
      timings: { podStartMs: 20, podStopMs: 20, workMs: 20, argoPollMs: 2_000 },
    });
    const installer = connect(sandbox);
    for (const { name } of sandbox.clusters)
      await installer.client(name).apply(EXTERNAL_SECRETS);
    installer.close();
    clusters = connect(sandbox);
    repositories = await createTestRepositories();
    const config = sandboxConfig(sandbox, repositories);
    portal = await startTestPortal({
      repositories,
      db: await databases.empty('SQLITE_3'),
      config,
    });
    await portal.until(
      async () =>
        (await portal.as('priya').get('/classes')).body.items?.length > 0,
    );
  });

  afterAll(async () => {
    await portal?.stop();
    clusters?.close();
    await sandbox?.stop();
    await repositories?.remove();
  });

  /** As people do it: one asks, another one of the team agrees and merges. */
  async function merge(
    example: string,
    title: string,
    files: Array<{ path: string; content?: string }>,
  ): Promise<void> {
    const opened = await portal.as('priya').post('/change-requests', {
      subject: `example/${example}`,
      title,
      files,
    });
    expect([opened.status, opened.body.plan?.problems ?? opened.text]).toEqual([
      201,
      [],
    ]);
    await agreeAndMerge(opened.body);
  }

  async function agreeAndMerge(change: {
    id: string;
    headCommit: string;
  }): Promise<void> {
    const path = `/change-requests/${change.id}`;
    const { headCommit } = change;
    const pavel = portal.as('pavel');
    expect((await pavel.post(`${path}/approve`, { headCommit })).status).toBe(
      200,
    );
    const merged = await pavel.post(`${path}/merge`, { headCommit });
    expect([merged.status, merged.body.state ?? merged.text]).toEqual([
      200,
      'merged',
    ]);
  }

  async function environmentsOf(organization: string): Promise<Environment[]> {
    const answer = await portal
      .as('priya')
      .get(`/environments?organization=${organization}`);
    return answer.body.items;
  }

  /** Agrees to whatever the environments wait for, until each has come as far as it can. */
  async function arrive(organization: string): Promise<Environment[]> {
    const asked = new Set<string>();
    return portal.until(
      async () => {
        const environments = await environmentsOf(organization);
        for (const environment of environments) await playSecrets(environment);
        for (const environment of environments) {
          const { reason } = speaks(environment) ?? {};
          if (reason === 'ApprovalWanted') {
            const { body } = await portal.as('pavel').get(pathOf(environment));
            await portal.as('pavel').post(`${pathOf(environment)}/approve`, {
              digest: body.approvalDigest,
            });
          }
          if (reason === 'DeliveryChangeOpen') {
            const open = await portal
              .as('pavel')
              .get('/change-requests?state=open');
            for (const change of open.body.items as Array<{
              id: string;
              headCommit: string;
              title: string;
            }>) {
              if (!change.title.startsWith('Deliver ') || asked.has(change.id))
                continue;
              asked.add(change.id);
              await agreeAndMerge(change);
            }
          }
        }
        const ends = [undefined, 'BuildGateClosed'];
        return (
          environments.length > 0 &&
          environments.every(
            it =>
              // One that nobody has looked at yet has no conditions that could speak.
              it.conditions.length >= ROAD.length &&
              ends.includes(speaks(it)?.reason),
          ) &&
          environments
        );
      },
      PATIENCE_S,
      PAUSE_MS,
    );
  }

  /** Does what External Secrets does: fetches what is referred to. */
  async function playSecrets({ cluster, namespace }: Environment) {
    // One that nobody has looked at yet has no place.
    if (!cluster) return;
    const client = clusters.client(cluster);
    const wanted = await client.list(
      { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret' },
      { namespace },
    );
    for (const { metadata, spec } of wanted) {
      const { data = [] } = spec as { data?: Array<{ secretKey: string }> };
      await client.apply({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: metadata.name, namespace },
        stringData: Object.fromEntries(
          data.map(({ secretKey }) => [secretKey, 'fetched']),
        ),
      });
    }
  }

  /** What Git holds of an environment. */
  async function rendered(of: Environment): Promise<KubernetesObject[]> {
    const folder = `clusters/${of.cluster}/${of.organization}/${of.service}/${of.name}/`;
    const listed = await repositories.git(
      repositories.gitops,
      'ls-tree',
      '-r',
      '--name-only',
      'main',
      '--',
      folder,
    );
    const paths = listed
      .split('\n')
      .filter(path => /^(platform|workload)\//.test(path.slice(folder.length)));
    return Promise.all(
      paths.map(async path =>
        parse(await repositories.file(repositories.gitops, path)),
      ),
    );
  }

  /** Objects of the organization in all clusters, of these kinds. */
  async function objects(
    organization: string,
    kinds: Array<{ apiVersion: string; kind: string }>,
  ): Promise<KubernetesObject[]> {
    const labelSelector = `slipway.dev/organization=${organization}`;
    const found: KubernetesObject[] = [];
    for (const { name } of sandbox.clusters) {
      for (const kind of kinds)
        if (await clusters.client(name).serves(kind))
          found.push(
            ...(await clusters.client(name).list(kind, { labelSelector })),
          );
    }
    return found;
  }

  const head = async () =>
    (await repositories.git(repositories.gitops, 'rev-parse', 'main')).trim();

  it.each(NAMES)(
    '%s gets every object that is rendered, is left alone by a second reconcile, and goes without a trace',
    async name => {
      const all = await readFolder(resolve(EXAMPLES, name));
      const files = Object.entries(all)
        .filter(([path]) => path.startsWith('organizations/'))
        .map(([path, content]) => ({ path, content }));
      const [, organization] = files[0].path.split('/');
      await merge(name, `Add ${name}`, files);
      const environments = await arrive(organization);

      const inGit = (await Promise.all(environments.map(rendered))).flat();
      const kinds = [
        ...new Map(
          inGit.map(({ apiVersion, kind }) => [kind, { apiVersion, kind }]),
        ).values(),
      ];
      expect(kinds.map(({ kind }) => kind)).toEqual(
        expect.arrayContaining([
          'Namespace',
          'ResourceQuota',
          'LimitRange',
          'NetworkPolicy',
          'RoleBinding',
          'AppProject',
          'Application',
        ]),
      );
      const there = await objects(organization, kinds);
      expect(there.map(nameOf).sort()).toEqual(
        expect.arrayContaining(inGit.map(nameOf).sort()),
      );
      for (const environment of environments) {
        const gated = speaks(environment)?.reason === 'BuildGateClosed';
        expect(environment.conditions.slice(0, 8).map(c => c.status)).toEqual(
          Array(8).fill('True'),
        );
        const deployments = there.filter(
          ({ kind, metadata }) =>
            kind === 'Deployment' &&
            metadata.namespace === environment.namespace,
        );
        // Nothing runs before something is built; everything else is there.
        expect(gated || deployments.length > 0).toBe(true);
      }

      const before = { head: await head(), there: versions(there) };
      for (const environment of environments)
        await portal.as('pavel').post(`${pathOf(environment)}/reconcile`);
      await idle();
      const again = await objects(organization, kinds);
      expect({ head: await head(), there: versions(again) }).toEqual(before);

      await merge(
        name,
        `Remove ${name}`,
        files.map(({ path }) => ({ path })),
      );
      await portal.until(
        async () =>
          (await environmentsOf(organization)).every(({ phase }) =>
            ['deleted', 'retained'].includes(phase),
          ),
        PATIENCE_S,
        PAUSE_MS,
      );
      const retained = (await environmentsOf(organization)).some(
        ({ phase }) => phase === 'retained',
      );
      const left = (await objects(organization, kinds)).filter(
        ({ kind }) => !(retained && RETAINED.includes(kind)),
      );
      expect(left.map(nameOf)).toEqual([]);
      for (const environment of environments)
        expect(await rendered(environment)).toEqual([]);
    },
  );

  /** By name, without what has to change when nothing does: Argo CD notes when it looked. */
  function versions(found: KubernetesObject[]): string[] {
    return found
      .filter(({ kind }) => kind !== 'Application')
      .map(it => `${nameOf(it)} ${it.metadata.resourceVersion}`)
      .sort();
  }

  async function idle(): Promise<void> {
    await portal.until(async () => {
      const { body } = await portal.as('priya').get('/operations');
      return body.queue.due + body.queue.leased === 0;
    });
  }
});
