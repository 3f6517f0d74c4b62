import { ServiceUnavailableError } from '@backstage/errors';
import { mockServices } from '@backstage/backend-test-utils';
import { DEFAULT_PRICES, parseEnvironmentFile } from '@slipway/plan';
import type { GitHost, RepositoryRef } from '@slipway/plugin-slipway-node';
import type { Knex } from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import { createStores, type Stores } from '../../database/createStores';
import {
  PlatformState,
  readPlatformFile,
} from '../../domain/platform/PlatformState';
import { BatchingGitWriter, PlainGitHost } from '../../git';
import {
  createSandbox,
  type GitSandbox,
} from '../../git/__testUtils__/sandbox';
import type { ClusterClient, Clusters } from '../../ports/Clusters';
import type { ResourceRecord, ResourceStore } from '../../ports/ResourceStore';
import type { SourceStore } from '../../ports/SourceStore';
import type { StatusIndex } from '../../ports/StatusIndex';
import { Revisions } from '../../services/releases/Revisions';
import { ReconcileEngine } from '../engine';
import { EnvironmentReconciler } from '../environment';
import { platformFiles, serviceFile } from '../environment/__testUtils__/specs';

const databases = createTestDatabases();
jest.setTimeout(400_000);

/** The whole minute where there is time for it; a fifth of it otherwise. */
const ALL = process.env.SLIPWAY_TEST_ALL !== undefined;
const SERVICES = ALL ? 200 : 40;
const REVISIONS = ALL ? 1_000 : 200;
const SECONDS = ALL ? 60 : 12;
const MOST_COMMITS = ALL ? 40 : 18;
const BACKENDS = 3;
/** A host that takes its time. */
const READ_MS = 40;
const PUSH_MS = 900;
const ORGANIZATION = 'load';

const nameOf = (service: number) => `s${String(service).padStart(3, '0')}`;
const shaOf = (service: number, nth: number) =>
  `${nth.toString(16).padStart(4, '0')}${service.toString(16).padStart(4, '0')}`.padEnd(
    40,
    'f',
  );
const nthOf = (revision: string) => parseInt(revision.slice(0, 4), 16);

/** One backend: stores, host, writer and engine of its own, on the same database and the same repository. */
interface Backend {
  stores: Stores;
  revisions: Revisions;
  engine: ReconcileEngine;
}

describe('a thousand revisions in a minute', () => {
  let git: GitSandbox;
  let gitops: RepositoryRef;
  let db: Knex;
  let pushes = 0;
  let refused = 0;

  beforeAll(async () => {
    git = await createSandbox();
    gitops = await git.repository('gitops.git', { 'README.md': 'GitOps\n' });
    db = await databases.migrated('POSTGRES_16');
  });
  afterAll(() => git?.remove());

  const state = PlatformState.of([
    ...Object.entries(platformFiles(ORGANIZATION)).map(([path, text]) =>
      readPlatformFile(path, text),
    ),
    ...Array.from({ length: SERVICES }, (_, index) =>
      readPlatformFile(
        `organizations/${ORGANIZATION}/services/${nameOf(index)}.yaml`,
        serviceFile(ORGANIZATION, nameOf(index), {
          revision: '',
          database: false,
          environments: [{ name: 'dev', class: 'open' }],
        }),
      ),
    ),
  ]);

  /** Answers slowly, and refuses every tenth push: one of two before it is made, one after, when the answer is lost. */
  function slow(host: PlainGitHost): GitHost {
    return new Proxy<GitHost>(host, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name, target);
        if (typeof method !== 'function') return method;
        if (name === 'commit') {
          return async (...args: unknown[]) => {
            await sleep(PUSH_MS);
            const fails = ++pushes % 10 === 0;
            if (fails && ++refused % 2 === 1)
              throw new ServiceUnavailableError('The push was refused');
            const result: unknown = await method.apply(target, args);
            if (fails) throw new ServiceUnavailableError('The answer was lost');
            return result;
          };
        }
        return async (...args: unknown[]) => {
          if (name === 'head' || name === 'readFiles' || name === 'listFiles')
            await sleep(READ_MS);
          return method.apply(target, args);
        };
      },
    });
  }

  async function backend(): Promise<Backend> {
    const stores = createStores({ db });
    const host = slow(await git.anotherHost());
    const resources = {
      get: async ({ name }: { name: string }) => {
        const found = state.resource('ServiceSpec', ORGANIZATION, name);
        return (
          found &&
          ({
            ...found,
            validValue: found.value,
            sourceId: 'platform',
            commit: '0'.repeat(40),
            generation: 1,
          } as unknown as ResourceRecord)
        );
      },
    } as unknown as ResourceStore;
    const client = {
      capabilities: async () => ({
        version: 'v1.36.1',
        kinds: new Set<string>(),
        asOf: new Date(),
      }),
      get: async () => undefined,
      list: async () => [],
      serves: async () => false,
    } as unknown as ClusterClient;
    const clusters: Clusters = {
      list: () => [
        {
          name: 'eu',
          title: 'eu',
          sandbox: false,
          argocd: { cluster: 'eu', namespace: 'argocd', destination: {} },
        },
      ],
      client: () => client,
    };
    const index = {
      environment: () => ({ objects: [], events: [], sources: [] }),
      clusters: () => [],
      onChange: () => () => {},
    } as unknown as StatusIndex;
    const states = { current: async () => state, at: async () => state };
    const logger = mockServices.logger.mock();
    logger.child.mockReturnValue(logger);
    return {
      stores,
      revisions: new Revisions({
        releases: stores.releases,
        environments: stores.environments,
        states,
        identities: {
          actor: () => 'service:ci',
          gitAuthor: async () => ({ name: 'ci', email: 'ci@example.com' }),
        } as unknown as ConstructorParameters<
          typeof Revisions
        >[0]['identities'],
        signals: { changed: () => {} },
      }),
      engine: ReconcileEngine.create({
        queue: stores.queue,
        logger,
        settings: { pollMs: 500 },
        reconcilers: [
          EnvironmentReconciler.create({
            ...stores,
            resources,
            sources: { list: async () => [] } as unknown as SourceStore,
            states,
            clusters,
            found: {
              look: async () => ({ objects: [], destinations: [] }),
              unmanaged: async () => [],
            },
            index,
            host,
            writer: BatchingGitWriter.create({
              hosts: [host],
              pace: { quietMs: 1_000, maxMs: 8_000 },
            }),
            gitops: {
              repository: gitops,
              target: {
                repoURL: 'https://git.example.com/gitops.git',
                branch: 'main',
              },
            },
            prices: DEFAULT_PRICES,
            apply: 'gitops-only',
            gitAuthor: { name: 'Slipway', email: 'slipway@example.com' },
          }),
        ],
      }),
    };
  }

  const count = async () =>
    Number((await git.git(gitops, ['rev-list', '--count', 'main'])).trim());

  it('makes a few commits, loses none, keeps the order of each service, and ends with the newest', async () => {
    const backends = await Promise.all(
      Array.from({ length: BACKENDS }, backend),
    );
    try {
      const [{ stores }] = backends;
      const services = Array.from({ length: SERVICES }, (_, index) => index);
      const keyOf = (service: number) =>
        `${ORGANIZATION}/${nameOf(service)}/dev`;
      await stores.queue.mark(services.map(s => `environment:${keyOf(s)}`));
      backends.forEach(({ engine }) => engine.start());
      const folderOf = (service: number) =>
        `clusters/eu/${ORGANIZATION}/${nameOf(service)}/dev/environment.yaml`;
      const paths = async () =>
        (await git.git(gitops, ['ls-tree', '-r', '--name-only', 'main'])).split(
          '\n',
        );
      const begun = Date.now();
      while (
        !(await paths().then(all =>
          services.every(s => all.includes(folderOf(s))),
        ))
      ) {
        if (Date.now() - begun > 150_000) throw new Error('It did not begin');
        await sleep(500);
      }
      const before = await count();

      // In the order of a real fleet: services mixed, some deliveries twice, some late.
      const each = REVISIONS / SERVICES;
      const reports = Array.from({ length: REVISIONS }, (_, index) => ({
        service: index % SERVICES,
        nth: Math.floor(index / SERVICES) + 1,
      }));
      for (let at = 0; at + SERVICES < reports.length; at += 7) {
        const other = at + SERVICES;
        [reports[at], reports[other]] = [reports[other], reports[at]];
      }
      const start = Date.now();
      const told: Promise<unknown>[] = [];
      for (const [index, { service, nth }] of reports.entries()) {
        const due = start + (index * SECONDS * 1000) / REVISIONS;
        if (due > Date.now()) await sleep(due - Date.now());
        const report = {
          revision: shaOf(service, nth),
          createdAt: new Date(Date.UTC(2026, 0, 1, 0, nth)).toISOString(),
        };
        const path = { organization: ORGANIZATION, service: nameOf(service) };
        const teller = {
          signed: { organization: ORGANIZATION, name: 'ci', signature: '' },
        };
        told.push(
          backends[index % BACKENDS].revisions.report(path, report, teller),
        );
        if (index % 10 === 0)
          told.push(
            backends[(index + 1) % BACKENDS].revisions.report(
              path,
              report,
              teller,
            ),
          );
      }
      await Promise.all(told);
      const took = Date.now() - start;

      const waiting = async () =>
        (await stores.releases.wanted({})).filter(
          ({ settledAt }) => settledAt === undefined,
        ).length;
      const deadline = Date.now() + 120_000;
      while ((await waiting()) > 0) {
        if (Date.now() > deadline)
          throw new Error(`${await waiting()} are still not in Git`);
        await sleep(250);
      }
      const commits = (await count()) - before;
      const { stdout } = process;
      stdout.write(
        `${REVISIONS} revisions in ${Math.round(took / 1000)} s, all in Git after ${Math.round((Date.now() - start) / 1000)} s: ${commits} commits, ${refused} pushes refused\n`,
      );

      const contents = await git.contents(gitops);
      for (const service of services) {
        const { release } = parseEnvironmentFile(contents[folderOf(service)]);
        expect(release.workloads.web?.revision).toBe(shaOf(service, each));
        const history = await git.git(gitops, [
          'log',
          '--reverse',
          '--format=',
          '-p',
          'main',
          '--',
          folderOf(service),
        ]);
        const order = [
          ...history.matchAll(/^\+ +revision: "?([0-9a-f]{40})/gm),
        ].map(([, revision]) => nthOf(revision));
        expect(order).toEqual([...order].sort((a, b) => a - b));
        expect(new Set(order).size).toBe(order.length);
      }
      expect(await stores.releases.list(ORGANIZATION, nameOf(0))).toHaveLength(
        each,
      );
      expect(refused).toBeGreaterThan(0);
      expect(commits).toBeLessThanOrEqual(MOST_COMMITS);
    } finally {
      await Promise.all(backends.map(({ engine }) => engine.stop()));
    }
  });
});
