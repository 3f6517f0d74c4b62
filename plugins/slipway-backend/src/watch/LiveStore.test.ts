import type { LiveKind } from '@slipway/plugin-slipway-node';
import type { KubernetesObject } from '../ports/Clusters';
import { LiveStore } from './LiveStore';

const KEY = 'shop/web/prod';
const NAMESPACE = 'shop--web--prod';
const labels = {
  'slipway.dev/organization': 'shop',
  'slipway.dev/service': 'web',
  'slipway.dev/environment': 'prod',
};

const pod = (name = 'web-1'): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: NAMESPACE, uid: `uid-${name}`, labels },
});

const event = (n: number, more: object = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: `e${n}`, namespace: NAMESPACE, uid: `event-${n}` },
  involvedObject: {
    kind: 'Pod',
    name: 'web-1',
    namespace: NAMESPACE,
    uid: 'uid-web-1',
  },
  type: 'Warning',
  reason: 'FailedMount',
  message: `attempt ${n}`,
  count: n,
  lastTimestamp: `2026-01-01T00:00:${String(n).padStart(2, '0')}Z`,
  source: { component: 'kubelet' },
  ...more,
});

describe('warnings', () => {
  let store: LiveStore;
  beforeEach(() => {
    store = new LiveStore(() => undefined);
  });

  it('are found with the environment whose namespace they are in, newest first', () => {
    store.upsert('eu', pod());
    expect(store.upsert('eu', event(1))).toEqual([KEY]);
    store.upsert('eu', event(2));
    expect(store.find(KEY).events).toMatchObject([
      {
        cluster: 'eu',
        value: {
          about: { kind: 'Pod', name: 'web-1', uid: 'uid-web-1' },
          reason: 'FailedMount',
          message: 'attempt 2',
          count: 2,
          source: 'kubelet',
        },
      },
      { value: { message: 'attempt 1' } },
    ]);
  });

  it('wait for the namespace to be known, as watches start in no order', () => {
    expect(store.upsert('eu', event(1))).toEqual([]);
    store.upsert('eu', pod());
    expect(store.find(KEY).events).toHaveLength(1);
  });

  it('of the same namespace in another cluster are others', () => {
    store.upsert('eu', pod());
    store.upsert('us', event(1));
    expect(store.find(KEY).events).toEqual([]);
  });

  it('are bounded: the newest of a namespace stay', () => {
    store.upsert('eu', pod());
    for (let n = 1; n <= 50; n++) store.upsert('eu', event(n));
    const { events } = store.find(KEY);
    expect(events).toHaveLength(20);
    expect(events[0].value.message).toBe('attempt 50');
    expect(store.upsert('eu', event(3))).toEqual([]);
  });

  it('go when the cluster forgets them, and with the environment', () => {
    store.upsert('eu', pod());
    store.upsert('eu', event(1));
    store.upsert('eu', event(2));
    expect(store.remove('eu', 'event-1')).toEqual([KEY]);
    expect(store.find(KEY).events).toHaveLength(1);
    store.remove('eu', 'uid-web-1');
    expect(store.find(KEY).events).toEqual([]);
  });

  it('of the newer API, with a series, are read as well', () => {
    store.upsert('eu', pod());
    store.upsert(
      'eu',
      event(1, {
        count: undefined,
        lastTimestamp: null,
        eventTime: '2026-01-01T00:00:00Z',
        series: { count: 9, lastObservedTime: '2026-01-01T00:05:00Z' },
        source: {},
        reportingComponent: 'scheduler',
      }),
    );
    expect(store.find(KEY).events[0].value).toMatchObject({
      count: 9,
      firstSeen: '2026-01-01T00:00:00Z',
      lastSeen: '2026-01-01T00:05:00Z',
      source: 'scheduler',
    });
  });
});

describe('objects of contributed kinds', () => {
  const kind: LiveKind = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    trim: ({ metadata, status }) => {
      const service = metadata.annotations?.app;
      return service
        ? {
            owner: { organization: 'shop', service },
            value: { phase: String((status as { phase: string }).phase) },
          }
        : undefined;
    },
  };
  const workflow = (app?: string, phase = 'Running'): KubernetesObject => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: {
      name: 'w',
      namespace: 'builds',
      uid: 'w',
      annotations: app ? { app } : {},
    },
    status: { phase },
  });
  const store = new LiveStore(() => undefined, [kind]);

  it('belong to whom the engine says, and tell only what it keeps', () => {
    expect(store.upsert('eu', workflow('web'))).toEqual(['shop/web']);
    expect(store.upsert('eu', workflow('web'))).toEqual([]);
    expect(store.upsert('eu', workflow('web', 'Failed'))).toEqual(['shop/web']);
    expect(store.find('shop/web').items).toEqual([
      {
        cluster: 'eu',
        kind: 'argoproj.io/v1alpha1/Workflow',
        value: { phase: 'Failed' },
      },
    ]);
  });

  it('move with their owner, and go', () => {
    expect(store.upsert('eu', workflow('api'))).toEqual([
      'shop/web',
      'shop/api',
    ]);
    expect(store.upsert('eu', workflow())).toEqual(['shop/api']);
    expect(store.find('shop/api').items).toEqual([]);
    expect(store.size()).toMatchObject({ objects: 0, buckets: 0 });
  });
});

it('two processes that saw the same in another order compute the same digest input', () => {
  const objects = ['a', 'b', 'c'].map(pod);
  const [one, two] = [objects, [...objects].reverse()].map(order => {
    const store = new LiveStore(() => undefined);
    order.forEach(object => store.upsert('eu', object));
    return JSON.stringify(store.shown(KEY));
  });
  expect(one).toBe(two);
});
