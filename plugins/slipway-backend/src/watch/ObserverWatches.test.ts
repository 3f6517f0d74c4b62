import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { ClusterAges } from '../services/environments/ClusterAges';
import type { ClusterInfo, Clusters } from '../ports/Clusters';
import type {
  ClusterWatch,
  Selection,
  WatchEvent,
} from '../ports/ClusterWatch';
import { WatchedStatusIndex } from './WatchedStatusIndex';

const POLICY = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' };
const INFO: ClusterInfo = {
  name: 'eu',
  title: 'eu',
  sandbox: false,
  argocd: { cluster: 'eu', namespace: 'argocd', destination: { name: 'eu' } },
};

describe('what only an observer wants to be watched', () => {
  let failure: Error | undefined;
  let away = false;
  let opened = 0;
  let index: WatchedStatusIndex;
  const unseen = jest.fn();

  beforeEach(async () => {
    failure = undefined;
    away = false;
    opened = 0;
    unseen.mockClear();
    const source: ClusterWatch = {
      info: INFO,
      async alive() {
        if (away) throw new ServiceUnavailableError('away');
      },
      serves: async () => true,
      async listPage({ kind }: Selection) {
        if (kind === POLICY.kind && failure) throw failure;
        return { items: [], resourceVersion: '1' };
      },
      async *watch({ kind }: Selection, { signal }) {
        if (kind === POLICY.kind) opened += 1;
        yield { type: 'OPENED' } as WatchEvent;
        await new Promise(resolve => signal.addEventListener('abort', resolve));
      },
    };
    index = WatchedStatusIndex.create({
      clusters: { list: () => [INFO], watcher: () => source },
      observer: { kinds: [POLICY], upsert() {}, remove() {}, unseen },
      heartbeatMs: 10,
      settings: { retryMs: 4, maxRetryMs: 40, staleMs: 20 },
    });
  });
  afterEach(() => index.stop());

  async function until(check: () => boolean) {
    for (let i = 0; i < 2_000 && !check(); i++)
      await new Promise(resolve => setTimeout(resolve, 5));
    expect(check()).toBe(true);
  }

  it('is named when it is refused, also where clusters are listed, and makes none look away', async () => {
    failure = new NotAllowedError('cannot list resource "networkpolicies"');
    index.start();
    await until(() => index.observed());
    const named = { cluster: 'eu', ...POLICY, message: failure.message };
    expect(index.unseen()).toEqual([named]);
    expect(index.refused()).toEqual([named]);
    expect(unseen).toHaveBeenCalledWith('eu');
    await until(() => index.clusters()[0].state === 'live');
    const ages = new ClusterAges(
      { list: () => [INFO] } as Clusters,
      index,
      () => undefined,
      () => index.refused(),
    );
    expect((await ages.list())[0].age).toMatchObject({
      state: 'live',
      message:
        'NetworkPolicy isn\'t seen: cannot list resource "networkpolicies"',
    });
    failure = undefined;
    await until(() => index.unseen().length === 0);
    expect(unseen).toHaveBeenCalledTimes(2);
  });

  it('is named when it fails for long on a cluster that answers, and not before', async () => {
    failure = new ServiceUnavailableError('too many requests');
    index.start();
    await until(() => index.observed());
    expect(index.unseen()).toEqual([]);
    await until(() => unseen.mock.calls.length > 0);
    expect(index.unseen()).toMatchObject([{ message: 'too many requests' }]);
  });

  it('is not named while its whole cluster is away', async () => {
    failure = new ServiceUnavailableError('away');
    away = true;
    index.start();
    await new Promise(resolve => setTimeout(resolve, 200));
    expect(index.unseen()).toEqual([]);
    expect(unseen).not.toHaveBeenCalled();
  });

  it('is opened anew when its cluster is back', async () => {
    index.start();
    await until(() => opened === 1);
    away = true;
    await until(() => index.clusters()[0].state === 'unreachable');
    expect(opened).toBe(1);
    away = false;
    await until(() => opened === 2);
  });
});
