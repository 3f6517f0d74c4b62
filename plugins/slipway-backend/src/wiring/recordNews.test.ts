import type { Condition } from '@slipway/plugin-slipway-common';
import type { EnvironmentRecord } from '../ports/EnvironmentStore';
import { isNews } from './recordNews';

const condition = (
  type: string,
  status: Condition['status'] = 'True',
  reason = type,
): Condition => ({
  type: type as Condition['type'],
  status,
  reason,
  message: `${type} ${status}`,
  observedGeneration: 1,
  lastTransitionTime: '2026-01-01T00:00:00Z',
});

const ROAD = [condition('Declared'), condition('Provisioned')];
const LIVE = [condition('Synced'), condition('Healthy')];
const DEGRADED = [
  condition('Synced'),
  condition('Healthy', 'False', 'Degraded'),
];

const record = (
  revision: number,
  more: Partial<EnvironmentRecord> = {},
): EnvironmentRecord => ({
  key: 'shop/web/prod',
  organization: 'shop',
  service: 'web',
  name: 'prod',
  class: 'production',
  cluster: 'eu',
  namespace: 'shop--web--prod',
  phase: 'ready',
  declared: true,
  conditions: [...ROAD, ...LIVE],
  inventory: [],
  createdAt: new Date(0),
  updatedAt: new Date(revision),
  revision,
  ...more,
});

describe('the news of a write', () => {
  it('is none where only what the watches have seen was kept', () => {
    const seen = record(2, {
      phase: 'failed',
      conditions: [...ROAD, ...DEGRADED],
      summary: {
        live: { objects: [], asOf: '2026-01-01T00:00:01Z' },
        synced: { uid: 'u', id: 1 },
      },
    });
    expect(isNews(record(1), seen)).toBe(false);
  });

  it.each<[string, Partial<EnvironmentRecord>]>([
    ['a commit', { commit: 'c0ffee' }],
    ['the release', { summary: { release: { workloads: {} } } }],
    [
      'a station before those of the cluster',
      {
        conditions: [condition('Declared'), condition('Provisioned', 'False')],
      },
    ],
    ['the end of its declaration', { declared: false }],
  ])('is %s', (_, more) => {
    expect(isNews(record(1), record(2, more))).toBe(true);
  });

  it('is everything where pages are shown what is recorded: the road ends before the cluster', () => {
    const road = [condition('Provisioned', 'False')];
    const before = record(1, { conditions: [...road, ...LIVE] });
    const after = record(2, { conditions: [...road, ...DEGRADED] });
    expect(isNews(before, after)).toBe(true);
  });

  it('is what time alone has brought, and its end: no watch has told of it', () => {
    const silent = record(2, {
      conditions: [
        ...ROAD,
        condition('Synced', 'Unknown', 'ArgoCDSilent'),
        condition('Healthy'),
      ],
    });
    expect(isNews(record(1), silent)).toBe(true);
    expect(isNews(silent, { ...silent, revision: 3 })).toBe(false);
    expect(isNews(silent, record(3))).toBe(true);
  });
});
