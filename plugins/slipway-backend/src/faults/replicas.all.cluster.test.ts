import type { Knex } from 'knex';
import { createTestDatabases } from '../database/__testUtils__/databases';
import type { KubernetesObject } from '../ports/Clusters';
import { BackendProcess } from './__testUtils__/BackendProcess';
import type { FaultProxy, Write } from './__testUtils__/FaultProxy';
import { CLUSTERS, Ground } from './__testUtils__/Ground';
import { LeaseLog } from './__testUtils__/LeaseLog';
import { OpenPage } from './__testUtils__/OpenPage';
import { until } from './__testUtils__/processes';

const databases = createTestDatabases();
const onRealParts =
  process.env.SLIPWAY_TEST_ALL === '1' ? describe : describe.skip;

const ENVIRONMENTS = Number(process.env.SLIPWAY_TEST_ENVIRONMENTS ?? 300);
const WORKERS = 4;
const CLOCKS_MS = 50;
const APPLICATION = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' };

/** What Slipway applies of an environment. */
const KINDS = [
  { apiVersion: 'v1', kind: 'Namespace' },
  { apiVersion: 'v1', kind: 'ResourceQuota' },
  { apiVersion: 'v1', kind: 'LimitRange' },
  { apiVersion: 'v1', kind: 'ServiceAccount' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding' },
  { apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject' },
  APPLICATION,
];

onRealParts(
  `three backends on one database, ${ENVIRONMENTS} environments on two clusters`,
  () => {
    const names = Array.from({ length: ENVIRONMENTS }, (_, i) => `s${i}`);
    const clusterOf = (name: string) => CLUSTERS[Number(name.slice(1)) % 2];
    const pages: OpenPage[] = [];
    let ground: Ground;
    let db: Knex;
    let log: LeaseLog;
    const replicas: Array<{ backend: BackendProcess; proxies: FaultProxy[] }> =
      [];
    let syncing: NodeJS.Timeout;

    beforeAll(async () => {
      ground = await Ground.start({ clusters: 2 });
      db = await databases.empty('POSTGRES_16');
      const start = async (name: string) => {
        const proxies = await ground.connect();
        const backend = await BackendProcess.start({
          ground,
          proxies,
          db,
          name,
          slipway: {
            queue: { pollMs: 100, leaseSeconds: 4, workers: WORKERS },
            // Git is on one disk here; what is proven is the work on the clusters.
            platform: {
              repositories: [{ url: `file://${ground.platform.url}` }],
              pollSeconds: 2,
            },
            git: { cacheDirectory: `${ground.git.root}/cache-${name}` },
          },
        });
        return { backend: await backend.ready(), proxies };
      };
      replicas.push(await start('replica-0'));
      log = await LeaseLog.start(db);
      replicas.push(await start('replica-1'), await start('replica-2'));
    }, 1_200_000);

    afterAll(async () => {
      clearInterval(syncing);
      pages.forEach(page => page.close());
      await Promise.all(replicas.map(({ backend }) => backend.stop()));
      await ground?.stop();
    }, 120_000);

    const applications = () =>
      ground.admin.client('hub').list(APPLICATION, { namespace: 'argocd' });

    /** Says of new Applications what Argo CD would say of them. */
    async function sync(): Promise<void> {
      const head = await ground.git.host.head(ground.gitops);
      for (const { metadata, status } of await applications()) {
        if (status) continue;
        await ground.admin.client('hub').mergePatch(
          { ...APPLICATION, ...metadata, namespace: 'argocd' },
          {
            status: {
              sync: { status: 'Synced', revision: head },
              health: { status: 'Healthy' },
              reconciledAt: new Date().toISOString(),
            },
          },
        );
      }
    }

    const provisioned = async (replica: number): Promise<string[]> => {
      const { body } = await replicas[replica].backend.get('/environments');
      return body.items
        .filter(
          ({ conditions }: { conditions: Array<Record<string, string>> }) =>
            ['Provisioned', 'Synced'].every(type =>
              conditions.some(c => c.type === type && c.status === 'True'),
            ),
        )
        .map(({ service }: { service: string }) => service);
    };

    const showsAll = (replica: number, seconds: number) =>
      until(async () => (await provisioned(replica)).length === ENVIRONMENTS, {
        seconds,
        what: `replica ${replica} shows all of them`,
        // Each answer is about all of them.
        everyMs: 1_000,
      });

    /** Every object of ours, with what changes when somebody writes to it. */
    async function objects(): Promise<string[]> {
      const found: string[] = [];
      for (const cluster of CLUSTERS)
        for (const kind of KINDS) {
          const client = ground.admin.client(cluster);
          // Argo CD runs in one of them.
          if (!(await client.serves(kind))) continue;
          const list: KubernetesObject[] = await client.list(kind, {
            labelSelector: 'slipway.dev/service',
          });
          for (const { metadata } of list)
            found.push(
              `${cluster} ${kind.kind} ${metadata.namespace ?? ''}/${metadata.name} ${metadata.uid}`,
            );
        }
      return found.sort();
    }

    it('share the work, lose nothing when one is frozen, and keep the pages of the others live', async () => {
      await ground.declare(
        Object.fromEntries(
          names.map(name => [name, { cluster: clusterOf(name) }]),
        ),
      );
      // Whatever one begins, and however long it takes.
      let busy = false;
      syncing = setInterval(() => {
        if (busy) return;
        busy = true;
        void sync()
          .catch(() => {})
          .finally(() => {
            busy = false;
          });
      }, 1_000);

      await until(
        async () => (await applications()).length > ENVIRONMENTS / 10,
        {
          seconds: 180,
        },
      );
      const frozen = replicas[0];
      frozen.backend.signal('SIGSTOP');
      const frozenAt = Date.now();

      await showsAll(1, 600);
      await showsAll(2, 600);

      // A page on each of the others is told of what happens in either cluster.
      for (const [i, name] of ['s0', 's1'].entries()) {
        const shown = await Promise.all(
          [1, 2].map(replica =>
            OpenPage.open(replicas[replica].backend, `shop/${name}/prod`),
          ),
        );
        pages.push(...shown);
        await ground.admin.client(CLUSTERS[i]).apply({
          apiVersion: 'v1',
          kind: 'Service',
          metadata: {
            name: 'live',
            namespace: `shop--${name}--prod`,
            labels: {
              'slipway.dev/organization': 'shop',
              'slipway.dev/service': name,
              'slipway.dev/environment': 'prod',
            },
          },
          spec: { ports: [{ port: 80 }] },
        });
        await until(() => shown.every(page => page.objects.includes('live')), {
          // What the frozen one held in the database is given up in the meantime.
          seconds: 60,
          what: `the pages of ${name} show it by themselves`,
        }).catch(async error => {
          throw new Error(`${error.message}: ${shown.map(page => page.told)}`);
        });
      }

      const before = await objects();
      const thawedAt = Date.now();
      frozen.backend.signal('SIGCONT');
      await showsAll(0, 120);
      // Its leases have long been others', and what it held has been done.
      await until(async () => {
        const { body } = await replicas[0].backend.get('/operations');
        return body.queue.due === 0 && body.queue.leased === 0;
      });

      // None lost, none doubled: the very same objects.
      expect(await objects()).toEqual(before);
      expect(before.filter(line => line.includes(' Namespace ')).length).toBe(
        ENVIRONMENTS,
      );
      expect(before.filter(line => line.includes(' Application ')).length).toBe(
        ENVIRONMENTS,
      );
      expect(
        (await replicas[1].backend.get('/operations')).body.queue.dead,
      ).toBe(0);

      // Shared: each has written, and the frozen one not while it was frozen.
      for (const { proxies } of replicas)
        expect(proxies.flatMap(({ writes }) => writes).length).toBeGreaterThan(
          0,
        );
      const late = frozen.proxies
        .flatMap(({ writes }) => writes)
        .filter(({ at }) => at > frozenAt + 1_000);
      expect(late.filter(({ at }) => at < thawedAt)).toEqual([]);

      // Past its fence is what somebody writes whose lease has ended; what was on its way is one request a worker at most.
      const claims = await log.claims();
      // A run may end, and give its lease back, within the time that two clocks are read in.
      const holds = (replica: string, { path, at: wroteAt }: Write) => {
        const of = claims.get(`environment:${environmentOf(path)}`) ?? [];
        return of.some(
          ({ holder, at }, i) =>
            holder === replica &&
            at <= wroteAt + CLOCKS_MS &&
            (of[i + 1]?.at ?? Infinity) >= wroteAt - CLOCKS_MS,
        );
      };
      // Others went on with what it had in its hands, or there was no fence to come up against.
      const overtaken = [...claims.values()].filter(of => {
        const last = of.findLastIndex(({ at }) => at <= frozenAt);
        const next = of[last + 1];
        return (
          of[last]?.holder === 'replica-0' &&
          next?.holder !== undefined &&
          next.holder !== 'replica-0' &&
          next.at < thawedAt
        );
      });
      expect(overtaken.length).toBeGreaterThan(0);
      const past = late.filter(
        write => !write.dryRun && !holds('replica-0', write),
      );
      expect(past.length).toBeLessThanOrEqual(WORKERS);
      const paths = past.map(({ path }) => path);
      expect(paths).toEqual([...new Set(paths)]);
      for (const [i, { proxies }] of replicas.entries())
        expect(
          proxies
            .flatMap(({ writes }) => writes)
            .filter(write => !write.dryRun && environmentOf(write.path))
            .filter(write => i !== 0 && !holds(`replica-${i}`, write)),
        ).toEqual([]);
    }, 1_500_000);
  },
);

/** The environment that a path of an API server belongs to. */
function environmentOf(path: string): string | undefined {
  const found = /(shop)--([a-z0-9]+)--(prod)/.exec(path);
  return found ? found.slice(1).join('/') : undefined;
}
