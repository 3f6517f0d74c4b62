import type { LiveEnvironment, SourceAge } from '../../domain/live/types';
import type { Clusters } from '../../ports/Clusters';
import type {
  EnvironmentRecord,
  EnvironmentStore,
} from '../../ports/EnvironmentStore';
import type { StatusIndex } from '../../ports/StatusIndex';
import { EnvironmentReads } from './EnvironmentReads';

const SEEN = '2026-01-01T10:00:00.000Z';
const BEFORE = '2026-01-01T09:00:00.000Z';

const condition = (type: string, reason: string) => ({
  type,
  status: 'True',
  reason,
  message: `${type} as recorded`,
  lastTransitionTime: BEFORE,
});

const record = {
  key: 'shop/web/prod',
  organization: 'shop',
  service: 'web',
  name: 'prod',
  class: 'production',
  cluster: 'eu',
  namespace: 'shop--web--prod',
  phase: 'ready',
  declared: true,
  conditions: [
    condition('Provisioned', 'Provisioned'),
    condition('Synced', 'Synced'),
    condition('Healthy', 'Healthy'),
  ],
  summary: {
    owner: 'group:default/payments',
    cost: { cents: 100, currency: 'EUR' },
    live: {
      syncedRevision: 'c0ffee',
      objects: [
        {
          apiVersion: 'v1',
          kind: 'Pod',
          name: 'web-1',
          uid: 'u',
          health: 'Healthy',
        },
      ],
      asOf: SEEN,
    },
  },
  inventory: [],
  createdAt: new Date(BEFORE),
  updatedAt: new Date(SEEN),
  revision: 3,
} as unknown as EnvironmentRecord;

/** A process that has just begun: its watches are as told. */
function begun(source: SourceAge) {
  const live: LiveEnvironment = {
    objects: [],
    events: [],
    sources: [source],
  };
  return new EnvironmentReads(
    {
      get: async () => record,
      list: async () => [record],
    } as unknown as EnvironmentStore,
    {
      environment: () => live,
      onChange: () => () => {},
    } as unknown as StatusIndex,
    {
      list: () => [{ name: 'eu', sandbox: false, argocd: { cluster: 'eu' } }],
    } as unknown as Clusters,
    { glances: async () => [] },
    { lean: () => {} },
  );
}

describe('right after a restart', () => {
  it('what was known last is shown, with its age', async () => {
    const reads = begun({ cluster: 'eu', state: 'stale' });
    const { environment } = (await reads.get(record.key))!;
    expect(environment).toMatchObject({
      phase: 'ready',
      syncedRevision: 'c0ffee',
      cents: 100,
      source: { name: 'eu', state: 'stale', asOf: SEEN },
    });
    expect(environment.conditions).toEqual(record.conditions);
    expect(reads.objects(record)).toMatchObject([{ name: 'web-1' }]);
  });

  it('a cluster that is away is said to be so since what is recorded was seen', async () => {
    const reads = begun({ cluster: 'eu', state: 'unreachable', message: 'no' });
    const { environment } = (await reads.get(record.key))!;
    expect(environment.source).toMatchObject({
      state: 'unreachable',
      asOf: SEEN,
    });
    const healthy = environment.conditions.find(c => c.type === 'Healthy');
    expect(healthy).toMatchObject({
      status: 'Unknown',
      reason: 'ClusterUnreachable',
      message: `The cluster 'eu' has not answered since ${SEEN}.`,
    });
  });

  it('what its watches have seen themselves keeps its own age', async () => {
    const reads = begun({
      cluster: 'eu',
      state: 'unreachable',
      asOf: '2026-01-01T11:00:00.000Z',
    });
    const { environment } = (await reads.get(record.key))!;
    expect(environment.source.asOf).toBe('2026-01-01T11:00:00.000Z');
  });
});
