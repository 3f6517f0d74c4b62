import type { KubernetesObject } from '../ports/Clusters';
import { WrittenObjects } from './WrittenObjects';

const KEY = 'shop/web/prod';
const LABELS = {
  'slipway.dev/organization': 'shop',
  'slipway.dev/service': 'web',
  'slipway.dev/environment': 'prod',
};

const deployment = (
  more: Partial<KubernetesObject['metadata']> = {},
  managedFields: unknown[] = [],
): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'web',
    namespace: 'ns',
    uid: 'u1',
    generation: 1,
    resourceVersion: '1',
    labels: LABELS,
    managedFields,
    ...more,
  },
  spec: { replicas: 5 },
});
const edited = (time: string) => ({
  manager: 'kubectl-edit',
  operation: 'Update',
  time,
  fieldsV1: { 'f:spec': { 'f:replicas': {} } },
});
const status = (time: string) => ({
  manager: 'kube-controller-manager',
  operation: 'Update',
  subresource: 'status',
  time,
  fieldsV1: { 'f:status': { 'f:replicas': {} } },
});

describe('what the watches see of writes', () => {
  let told: string[][];
  let written: WrittenObjects;

  beforeEach(() => {
    jest.useFakeTimers();
    told = [];
    written = WrittenObjects.create({
      allowed: manager => manager.startsWith('kube-'),
      batchMs: 10,
    });
    written.onWritten(environments => told.push(environments));
  });
  afterEach(() => {
    written.stop();
    jest.useRealTimers();
  });
  const see = (object: KubernetesObject) => {
    written.upsert('eu', object);
    jest.advanceTimersByTime(20);
  };
  const print = () => [...written.seen(KEY).values()][0];

  it('is the generation and every manager but the status’s', () => {
    see(deployment());
    const first = print();
    expect(told).toEqual([[KEY]]);
    see(deployment({ resourceVersion: '2' }, [status('t1')]));
    see(deployment({ resourceVersion: '3' }, [status('t2')]));
    expect(print()).toBe(first);
    expect(told).toHaveLength(1);
    see(deployment({ generation: 2 }));
    expect(print()).not.toBe(first);
    see(deployment({ generation: 2 }, [edited('2026-05-01T12:00:00Z')]));
    expect(told).toHaveLength(3);
  });

  it('is the same after a restart', () => {
    see(deployment());
    const other = WrittenObjects.create({ allowed: () => false });
    other.upsert('eu', deployment({ resourceVersion: '99' }));
    expect([...other.seen(KEY)]).toEqual([...written.seen(KEY)]);
  });

  it('is the version where there is no generation, but not for what changes by itself all the time', () => {
    const service = (resourceVersion: string) => ({
      ...deployment({ generation: undefined, resourceVersion }),
      kind: 'Service',
    });
    see(service('1'));
    see(service('2'));
    expect(told).toHaveLength(2);
    const quota = (used: string) => ({
      ...deployment({ uid: 'q', generation: undefined, resourceVersion: used }),
      kind: 'ResourceQuota',
      status: { used },
    });
    see(quota('1'));
    see(quota('2'));
    expect(told).toHaveLength(3);
  });

  it('leaves out what controllers make, and what is nobody’s', () => {
    see({ ...deployment(), kind: 'Pod' });
    const owned = {
      ownerReferences: [
        { apiVersion: 'v1', kind: 'X', name: 'x', uid: 'x', controller: true },
      ],
    };
    see(deployment(owned));
    see(deployment({ labels: {} }));
    expect(written.seen(KEY).size).toBe(0);
    expect(told).toEqual([]);
  });

  it('remembers who wrote what, until it was looked at', () => {
    see(deployment({}, [edited('2026-05-01T12:00:00Z')]));
    see(deployment({ generation: 2 }));
    const writes = written.foreign(KEY);
    expect(writes).toEqual([
      {
        object: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'web',
          namespace: 'ns',
        },
        manager: 'kubectl-edit',
        tool: 'kubectl edit',
        operation: 'Update',
        at: '2026-05-01T12:00:00Z',
        fields: ['spec.replicas'],
      },
    ]);
    written.forget(KEY, writes);
    expect(written.foreign(KEY)).toEqual([]);
  });

  it('does not grow, however often somebody writes or objects come and go', () => {
    for (let i = 0; i < 200; i++) {
      const time = new Date(i * 1000).toISOString();
      see(deployment({ generation: i }, [edited(time)]));
    }
    expect(written.foreign(KEY).length).toBe(20);
    for (let i = 0; i < 50; i++) {
      see(deployment({ uid: `new${i}`, generation: 1 }));
      written.remove('eu', i === 0 ? 'u1' : `new${i - 1}`);
    }
    expect(written.seen(KEY).size).toBe(1);
    written.remove('eu', 'new49');
    jest.advanceTimersByTime(20);
    expect(written.seen(KEY).size).toBe(0);
    expect(written.foreign(KEY)).toEqual([]);
    expect(told.at(-1)).toEqual([KEY]);
  });
});
