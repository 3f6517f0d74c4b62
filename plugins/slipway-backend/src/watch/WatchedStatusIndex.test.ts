import { ServiceUnavailableError } from '@backstage/errors';
import type { ClusterInfo, KubernetesObject } from '../ports/Clusters';
import {
  type ClusterWatch,
  ResourceVersionExpiredError,
  type Selection,
  type WatchEvent,
} from '../ports/ClusterWatch';
import { WatchedStatusIndex } from './WatchedStatusIndex';

/** An API server in memory: lists in pages of one, streams that a test feeds and cuts. */
class ScriptedCluster implements ClusterWatch {
  objects: KubernetesObject[] = [];
  version = 1;
  down = false;
  served = new Set(['Pod', 'Application']);
  lists: string[] = [];
  resumed: string[] = [];
  private streams = new Map<
    string,
    (event: WatchEvent | Error | 'end') => void
  >();

  constructor(readonly info: ClusterInfo) {}

  async alive() {
    if (this.down) throw new ServiceUnavailableError('down');
  }

  async serves({ kind }: { kind: string }) {
    if (this.down)
      throw new ServiceUnavailableError(
        `The cluster '${this.info.name}' can't be reached (test)`,
      );
    return this.served.has(kind);
  }

  async listPage(selection: Selection, options: { continue?: string }) {
    if (this.down) throw new ServiceUnavailableError('down');
    const matching = this.objects.filter(({ kind }) => kind === selection.kind);
    const at = Number(options.continue ?? 0);
    if (at === 0) this.lists.push(selection.kind);
    return {
      items: matching.slice(at, at + 1),
      resourceVersion: String(this.version),
      continue: at + 1 < matching.length ? String(at + 1) : undefined,
    };
  }

  async *watch(
    selection: Selection,
    {
      resourceVersion,
      signal,
    }: { resourceVersion: string; signal: AbortSignal },
  ) {
    if (this.down) throw new ServiceUnavailableError('down');
    this.resumed.push(`${selection.kind}@${resourceVersion}`);
    const queue: Array<WatchEvent | Error | 'end'> = [];
    const waiting: { wake?: () => void } = {};
    const woken = () =>
      new Promise<void>(resolve => Object.assign(waiting, { wake: resolve }));
    const stop = () => waiting.wake?.();
    signal.addEventListener('abort', stop);
    this.streams.set(selection.kind, event => {
      queue.push(event);
      waiting.wake?.();
    });
    try {
      yield { type: 'OPENED' as const };
      while (!signal.aborted) {
        const event = queue.shift();
        if (event === undefined) {
          await woken();
        } else if (event === 'end') return;
        else if (event instanceof Error) throw event;
        else yield event;
      }
    } finally {
      signal.removeEventListener('abort', stop);
      this.streams.delete(selection.kind);
    }
  }

  send(kind: string, event: WatchEvent | Error | 'end') {
    this.streams.get(kind)!(event);
  }

  watches(kind: string) {
    return this.streams.has(kind);
  }

  put(object: KubernetesObject) {
    this.version++;
    object.metadata.resourceVersion = String(this.version);
    this.objects = [
      ...this.objects.filter(o => o.metadata.uid !== object.metadata.uid),
      object,
    ];
    return object;
  }
}

const info = (name: string, hub = name): ClusterInfo => ({
  name,
  title: name,
  sandbox: false,
  argocd: { cluster: hub, namespace: 'argocd', destination: { name } },
});

const labels = (environment?: string) => ({
  'slipway.dev/organization': 'shop',
  'slipway.dev/service': 'web',
  ...(environment && { 'slipway.dev/environment': environment }),
});

const pod = (
  name: string,
  phase = 'Running',
  environment = 'prod',
): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: 'n',
    uid: `uid-${name}`,
    labels: labels(environment),
  },
  status: {
    phase,
    conditions: [
      { type: 'Ready', status: phase === 'Running' ? 'True' : 'False' },
    ],
  },
});

const application = (
  destination: string,
  revision = 'abc',
): KubernetesObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: {
    name: 'a',
    namespace: 'argocd',
    uid: 'uid-app',
    labels: labels('prod'),
  },
  spec: { destination: { name: destination } },
  status: {
    sync: { status: 'Synced', revision },
    health: { status: 'Healthy' },
    reconciledAt: '2026-01-01T00:00:00Z',
  },
});

async function until(check: () => boolean) {
  for (let i = 0; i < 6_000 && !check(); i++)
    await new Promise(resolve => setTimeout(resolve, 5));
  expect(check()).toBe(true);
}

describe('WatchedStatusIndex', () => {
  let index: WatchedStatusIndex | undefined;
  let changes: string[][] = [];

  function create(...clusters: ScriptedCluster[]) {
    changes = [];
    index = WatchedStatusIndex.create({
      clusters: {
        list: () => clusters.map(cluster => cluster.info),
        watcher: name => clusters.find(cluster => cluster.info.name === name)!,
      },
      batchMs: 5,
      settings: { retryMs: 4, maxRetryMs: 8, absentMs: 20, staleMs: 60 },
    });
    index.onChange(keys => changes.push(keys.sort()));
    return index;
  }

  afterEach(async () => {
    await index?.stop();
    index = undefined;
  });

  it('knows every object after one list in pages, and each change from the stream', async () => {
    const eu = new ScriptedCluster(info('eu'));
    eu.put(pod('a'));
    eu.put(pod('b', 'Pending'));
    const known = create(eu);
    known.start();
    await known.ready();
    await until(() => eu.watches('Pod'));
    expect(
      known
        .environment('shop/web/prod')
        .objects.map(({ name, health }) => [name, health]),
    ).toEqual([
      ['a', 'Healthy'],
      ['b', 'Progressing'],
    ]);
    expect(eu.lists.filter(kind => kind === 'Pod')).toHaveLength(1);

    await until(() => changes.length > 0);
    changes.length = 0;
    eu.send('Pod', { type: 'MODIFIED', object: eu.put(pod('b')) });
    eu.send('Pod', { type: 'DELETED', object: pod('a') });
    await until(() => changes.length > 0);
    expect(changes).toEqual([['shop/web/prod']]);
    expect(
      known.environment('shop/web/prod').objects.map(({ name }) => name),
    ).toEqual(['b']);
  });

  it('goes on where a stream ended, after the last bookmark, without a new list', async () => {
    const eu = new ScriptedCluster(info('eu'));
    const known = create(eu);
    known.start();
    await until(() => eu.watches('Pod'));
    eu.send('Pod', { type: 'BOOKMARK', resourceVersion: '41' });
    eu.send('Pod', 'end');
    await until(() => eu.resumed.includes('Pod@41'));
    await until(() => eu.watches('Pod'));
    eu.send('Pod', new ServiceUnavailableError('cut'));
    await until(() => eu.resumed.filter(at => at === 'Pod@41').length === 2);
    expect(eu.lists.filter(kind => kind === 'Pod')).toHaveLength(1);
  });

  it('lists again when its version is too old, and forgets what was deleted meanwhile', async () => {
    const eu = new ScriptedCluster(info('eu'));
    eu.put(pod('a'));
    eu.put(pod('b'));
    const known = create(eu);
    known.start();
    await until(() => eu.watches('Pod'));
    eu.objects = eu.objects.filter(({ metadata }) => metadata.name !== 'a');
    eu.send('Pod', new ResourceVersionExpiredError('too old'));
    await until(() => known.environment('shop/web/prod').objects.length === 1);
    expect(known.environment('shop/web/prod').objects[0].name).toBe('b');
    expect(eu.lists.filter(kind => kind === 'Pod')).toHaveLength(2);
  });

  it('keeps what it knows of a cluster that goes away, says so, and comes back by itself', async () => {
    const eu = new ScriptedCluster(info('eu'));
    const us = new ScriptedCluster(info('us'));
    eu.put(pod('a'));
    us.put(pod('z', 'Running', 'staging'));
    const known = create(eu, us);
    known.start();
    await until(
      () => eu.watches('Pod') && us.watches('Pod') && eu.watches('Application'),
    );
    expect(known.clusters().map(({ state }) => state)).toEqual([
      'live',
      'live',
    ]);
    await until(() => changes.length > 0);
    await new Promise(resolve => setTimeout(resolve, 20));
    changes.length = 0;
    eu.down = true;
    eu.send('Pod', new ServiceUnavailableError('cut'));
    await until(() => known.clusters()[0].state === 'stale');
    await until(() => known.clusters()[0].state === 'unreachable');
    expect(known.environment('shop/web/prod')).toMatchObject({
      objects: [{ name: 'a' }],
      sources: [
        {
          cluster: 'eu',
          state: 'unreachable',
          message: expect.stringContaining('reached'),
        },
      ],
    });
    expect(known.environment('shop/web/staging').sources).toMatchObject([
      { cluster: 'us', state: 'live' },
    ]);
    await until(() => changes.flat().includes('shop/web/prod'));
    expect(changes.flat()).not.toContain('shop/web/staging');
    eu.down = false;
    await until(() => known.clusters()[0].state === 'live');
  });

  it('is quiet about kinds that a cluster does not serve, and sees them when they are installed', async () => {
    const eu = new ScriptedCluster(info('eu'));
    eu.served = new Set(['Pod']);
    eu.put(application('eu'));
    const known = create(eu);
    known.start();
    await known.ready();
    expect(known.clusters()[0].state).toBe('live');
    expect(known.environment('shop/web/prod').application).toBeUndefined();
    eu.served.add('Application');
    await until(
      () => known.environment('shop/web/prod').application?.sync === 'Synced',
    );
  });

  it('joins the Application of a hub with the objects of the cluster that it means', async () => {
    const hub = new ScriptedCluster(info('hub'));
    const eu = new ScriptedCluster(info('eu', 'hub'));
    hub.put(application('eu'));
    const known = create(hub, eu);
    known.start();
    await known.ready();
    await until(
      () => known.environment('shop/web/prod').application !== undefined,
    );
    expect(
      known.environment('shop/web/prod').sources.map(({ cluster }) => cluster),
    ).toEqual(['hub', 'eu']);
    await until(() => hub.watches('Application'));
    changes.length = 0;
    const again = application('eu');
    (again.status as { reconciledAt: string }).reconciledAt =
      '2026-01-01T00:03:00Z';
    hub.send('Application', { type: 'MODIFIED', object: hub.put(again) });
    hub.send('Application', {
      type: 'MODIFIED',
      object: hub.put(application('eu', 'def')),
    });
    await until(
      () => known.environment('shop/web/prod').application?.revision === 'def',
    );
    await until(() => changes.length > 0);
    expect(changes).toEqual([['shop/web/prod']]);
  });

  it('wakes nobody for a change that nobody can see', async () => {
    const eu = new ScriptedCluster(info('eu'));
    eu.put(pod('a'));
    const known = create(eu);
    known.start();
    await until(() => eu.watches('Pod') && changes.length > 0);
    await new Promise(resolve => setTimeout(resolve, 20));
    changes.length = 0;
    eu.send('Pod', { type: 'MODIFIED', object: eu.put(pod('a')) });
    await new Promise(resolve => setTimeout(resolve, 30));
    expect(changes).toEqual([]);
  });

  it('ends cleanly while a cluster does not answer', async () => {
    const eu = new ScriptedCluster(info('eu'));
    eu.serves = () => new Promise(() => {});
    const known = create(eu);
    known.start();
    await known.stop();
    expect(known.clusters()[0].state).toBe('stale');
  });
});
