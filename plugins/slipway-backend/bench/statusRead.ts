import { ConfigReader } from '@backstage/config';
import knexFactory from 'knex';
import { createStores, type Stores } from '../src/database/createStores';
import { MIGRATIONS_DIRECTORY } from '../src/database/migrate';
import { HttpClusters, readClusters } from '../src/kubernetes';
import { EnvironmentReads } from '../src/services/environments/EnvironmentReads';
import { LiveTopics } from '../src/services/live/LiveTopics';
import { WatchedStatusIndex } from '../src/watch';
import { APPLICATION } from '../src/watch/selections';
import { ARGOCD, serviceOf } from './live/application';
import { makeApplications } from './live/applications';
import { pooled } from './live/kube';
import { percentile, report, rounded, runBench, tell } from './live/report';
import { benchClusters, size } from './live/testbed';

/**
 * What a page waits for when it asks how an environment is: the recorded state with the live conditions from the index,
 * beside one GET of its Application from the API server by the same client. In turns, so that whatever else the machine
 * does hits both.
 */
const APPLICATIONS = size(5_000, 500);
const READS = size(4_000, 1_000);
/** Readers at once, beside one after the other. */
const AT_ONCE = 10;

const CONDITIONS = [
  'Declared',
  'Validated',
  'PolicyPassed',
  'Approved',
  'Rendered',
  'Committed',
  'Provisioned',
  'Synced',
  'Healthy',
] as const;

const keyOf = (i: number) => `shop/${serviceOf(i)}/production`;

async function main() {
  const [cluster] = benchClusters();
  await makeApplications(cluster, APPLICATIONS);
  tell(`${APPLICATIONS} Applications are made`);
  const clusters = HttpClusters.create({
    clusters: readClusters(
      new ConfigReader({
        kubernetes: {
          clusterLocatorMethods: [
            {
              type: 'config',
              clusters: [
                {
                  name: 'eu',
                  url: cluster.url,
                  authProvider: 'serviceAccount',
                  serviceAccountToken: cluster.token,
                  caData: cluster.caData,
                },
              ],
            },
          ],
        },
        slipway: {
          clusters: [
            {
              name: 'eu',
              region: 'eu',
              argocd: { destination: { server: cluster.url } },
            },
          ],
        },
      }),
    ),
  });
  const db = knexFactory({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  await db.migrate.latest({ directory: MIGRATIONS_DIRECTORY });
  const stores = createStores({ db });
  await record(stores);
  const index = WatchedStatusIndex.create({ clusters });
  index.start();
  await index.ready();
  const reads = new EnvironmentReads(
    stores.environments,
    index,
    clusters,
    stores.drifts,
    new LiveTopics('bench'),
  );
  const client = clusters.client('eu');
  const ours = async (i: number) => {
    const found = await reads.get(keyOf(i));
    const synced = found?.environment.conditions.find(c => c.type === 'Synced');
    if (synced?.status !== 'True')
      throw new Error(
        `${keyOf(i)} is not shown as synced: ${JSON.stringify(synced)}`,
      );
  };
  const other = async (i: number) => {
    const name = `shop--${serviceOf(i)}--production`;
    const found = await client.get({ ...APPLICATION, namespace: ARGOCD, name });
    if (!found) throw new Error(`There is no Application ${name}`);
  };
  for (const atOnce of [1, AT_ONCE]) {
    const times = { ours: [] as number[], other: [] as number[] };
    await inTurns({ ours, other }, atOnce, times);
    const [p50, p99] = [0.5, 0.99].map(share => ({
      ours: percentile(times.ours, share),
      other: percentile(times.other, share),
    }));
    const readers = atOnce === 1 ? 'one reader' : `${atOnce} readers at once`;
    for (const [name, values] of [
      ['p50', p50],
      ['p99', p99],
    ] as const)
      report({
        name: `status-read ${name}, ${readers}`,
        what: `one of ${APPLICATIONS} environments, ${readers}, ${name}; the other is one GET of its Application`,
        ours: rounded(values.ours),
        other: rounded(values.other),
        ratio: rounded(values.ours / values.other),
        unit: 'ms',
        ...(name === 'p99' && { goal: '≤ 0.5' }),
      });
  }
  await index.stop();
  clusters.close();
  await db.destroy();
}

/** Records of environments that have come along the whole road. */
async function record({ environments }: Stores): Promise<void> {
  const at = new Date().toISOString();
  for (let i = 0; i < APPLICATIONS; i++) {
    const { revision, key } = await environments.ensure({
      organization: 'shop',
      service: serviceOf(i),
      name: 'production',
      class: 'production',
      namespace: `shop--${serviceOf(i)}--production`,
      phase: 'ready',
    });
    await environments.save(key, revision, {
      cluster: 'eu',
      declared: true,
      commit: `${i}`.padStart(40, 'a'),
      conditions: CONDITIONS.map(type => ({
        type,
        status: 'True',
        reason: type,
        message: '',
        observedGeneration: 1,
        lastTransitionTime: at,
      })),
    });
  }
}

/** Both sides in small portions, so many reads at once. */
async function inTurns(
  sides: Record<'ours' | 'other', (i: number) => Promise<void>>,
  atOnce: number,
  times: Record<'ours' | 'other', number[]>,
): Promise<void> {
  const portion = Array.from({ length: 50 * atOnce }, (_, i) => i);
  const turn = (side: 'ours' | 'other', kept: boolean) =>
    pooled(portion, atOnce, async () => {
      const i = Math.floor(Math.random() * APPLICATIONS);
      const began = performance.now();
      await sides[side](i);
      if (kept) times[side].push(performance.now() - began);
    });
  // Connections are made and code is compiled.
  for (let i = 0; i < 4; i++) {
    await turn('ours', false);
    await turn('other', false);
  }
  while (times.ours.length < READS) {
    await turn('ours', true);
    await turn('other', true);
  }
}

runBench(main);
