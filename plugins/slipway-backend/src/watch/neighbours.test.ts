import { startSandbox, type Sandbox } from '@slipway/sandbox';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfiguredCluster, HttpClusters } from '../kubernetes';
import { WatchedStatusIndex } from './WatchedStatusIndex';

jest.setTimeout(120_000);

/** Changes that are followed beside each bad neighbour, and by the good cluster alone. */
const CHANGES = 40;
const ALONE = 100;

/** What nobody notices on a machine that does many things at once, and shorter than any timeout of a neighbour. */
const UNHURT_MS = 4_000;
/** How much slower than alone is still as good as alone, on a machine that is busy only now and then. */
const UNHURT = 20;

/** How a cluster can be a bad neighbour. */
type Lie = (
  request: http.IncomingMessage,
  response: http.ServerResponse,
) => void;

const json = (response: http.ServerResponse, body: unknown, status = 200) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
};

const pod = (i: number, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: `p${i}`,
    namespace: 'n',
    uid: `u${i}`,
    resourceVersion: '5',
    labels: {
      'slipway.dev/organization': 'shop',
      'slipway.dev/service': 'lies',
      'slipway.dev/environment': 'prod',
    },
  },
  ...more,
});

const endlessPage = (response: http.ServerResponse, token: string) => {
  const from = Math.floor(Math.random() * 1e9);
  json(response, {
    metadata: { resourceVersion: '5', continue: token },
    items: Array.from({ length: 500 }, (_, i) => pod(from + i)),
  });
};

const huge = 'x'.repeat(1 << 20);

const LIES: Record<string, Lie> = {
  'answers with a web page': (_request, response) =>
    json(response, '<html>Sign in</html>'),
  'answers with an object that is no list': (_request, response) =>
    json(response, { kind: 'Status', status: 'Success' }),
  'sends objects that are none': (_request, response) =>
    json(response, {
      metadata: { resourceVersion: '5' },
      items: [null, 7, {}, { metadata: null }, { metadata: { labels: 3 } }],
    }),
  'sends objects whose fields are of other types': (_request, response) =>
    json(response, {
      metadata: { resourceVersion: '5' },
      items: [pod(1, { status: { conditions: 'none', containerStatuses: 4 } })],
    }),
  'sends lists without an end': (_request, response) =>
    endlessPage(response, `${Math.random()}`),
  'sends lists that lead back to themselves': (_request, response) =>
    endlessPage(response, 'again'),
  'sends pages of a gigabyte': (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const write = () => {
      while (!response.destroyed && response.write(huge));
      response.once('drain', write);
    };
    write();
  },
  'sends events that are garbage': (request, response) => {
    if (!request.url!.includes('watch=true'))
      json(response, { metadata: { resourceVersion: '5' }, items: [] });
    else response.end('{"type":"ADDED"}\n not json \n{"type":7,"object":[]}\n');
  },
  'sends one event without an end': (request, response) => {
    if (!request.url!.includes('watch=true'))
      json(response, { metadata: { resourceVersion: '5' }, items: [] });
    else LIES['sends pages of a gigabyte'](request, response);
  },
  'says that every version is too old': (request, response) => {
    if (!request.url!.includes('watch=true'))
      json(response, { metadata: { resourceVersion: '5' }, items: [] });
    else json(response, { kind: 'Status', code: 410, reason: 'Expired' }, 410);
  },
  'ends every stream at once': (request, response) => {
    if (!request.url!.includes('watch=true'))
      json(response, { metadata: { resourceVersion: '5' }, items: [] });
    else response.end();
  },
  'answers a byte a second': (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 1_000);
    response.once('close', () => clearInterval(timer));
  },
  'answers late': (_request, response) => {
    const timer = setTimeout(
      () => json(response, { metadata: { resourceVersion: '5' }, items: [] }),
      2_000,
    );
    response.once('close', () => clearTimeout(timer));
  },
  'never answers': () => {},
  'hangs up': request => void request.socket.destroy(),
};

describe('a good cluster beside one that', () => {
  let sandbox: Sandbox;
  let liar: http.Server;
  let lie: Lie;
  let clusters: HttpClusters;
  let index: WatchedStatusIndex;
  let asked = 0;
  /** The 99th percentile without any neighbour, in this run. */
  let alone: number;
  const beside: number[] = [];

  beforeAll(async () => {
    sandbox = await startSandbox({
      clusters: [{ name: 'good' }],
      standIns: false,
    });
    liar = http.createServer((request, response) => {
      asked++;
      const { pathname } = new URL(request.url!, 'http://x');
      if (pathname === '/version') json(response, { gitVersion: 'v1.99.0' });
      else if (pathname === '/api') json(response, { versions: ['v1'] });
      else if (pathname === '/apis') json(response, { groups: [] });
      else if (pathname === '/api/v1')
        json(response, {
          resources: [{ name: 'pods', kind: 'Pod', namespaced: true }],
        });
      else lie(request, response);
    });
    await new Promise<void>(resolve => liar.listen(0, '127.0.0.1', resolve));
    start([good()]);
    await live();
    alone = p99(await follow('alone', ALONE));
    await stop();
  });
  afterAll(async () => {
    liar.closeAllConnections();
    liar.close();
    await sandbox.stop();
  });

  function info(name: string) {
    return {
      name,
      title: name,
      sandbox: true,
      argocd: { cluster: name, namespace: 'argocd', destination: { name } },
    };
  }

  function good(): ConfiguredCluster {
    const [{ url, token }] = sandbox.clusters;
    return {
      info: info('good'),
      connection: { url, skipTLSVerify: false, token: () => token },
    };
  }
  function bad(): ConfiguredCluster {
    const { port } = liar.address() as AddressInfo;
    return {
      info: info('liar'),
      connection: {
        url: `http://127.0.0.1:${port}`,
        skipTLSVerify: false,
        token: () => 'x',
      },
    };
  }

  function start(all: ConfiguredCluster[]): void {
    clusters = HttpClusters.create({ clusters: all });
    index = WatchedStatusIndex.create({
      clusters,
      batchMs: 5,
      // Harder than it gets: the pauses between tries are a tenth of the usual ones.
      settings: { retryMs: 50, maxRetryMs: 3_000, staleMs: 200, idleMs: 2_000 },
    });
    index.start();
  }

  async function stop(): Promise<void> {
    await index.stop();
    clusters.close();
  }

  function live(): Promise<void> {
    return until(
      () =>
        index.clusters().find(({ cluster }) => cluster === 'good')!.state ===
        'live',
    );
  }

  /** How long each of so many changes takes to be seen. */
  async function follow(name: string, changes: number): Promise<number[]> {
    const times: number[] = [];
    for (let i = 0; i < changes; i++) {
      const object = `${name.replace(/\W+/g, '-')}-${i}`;
      const began = performance.now();
      await put(object);
      await until(() => seen(object));
      times.push(performance.now() - began);
    }
    return times;
  }

  function p99(times: number[]): number {
    const sorted = [...times].sort((a, b) => a - b);
    return sorted[Math.ceil(times.length * 0.99) - 1];
  }

  async function put(name: string): Promise<void> {
    await clusters.client('good').apply({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name,
        namespace: 'default',
        labels: {
          'slipway.dev/organization': 'shop',
          'slipway.dev/service': 'web',
          'slipway.dev/environment': 'prod',
        },
      },
      spec: { ports: [{ port: 80 }] },
    });
  }

  function seen(name: string): boolean {
    return index
      .environment('shop/web/prod')
      .objects.some(object => object.name === name);
  }

  async function until(check: () => boolean, ms = 50_000): Promise<void> {
    const deadline = Date.now() + ms;
    while (!check()) {
      if (Date.now() > deadline) throw new Error('It did not happen in time');
      await new Promise(resolve => setTimeout(resolve, 2));
    }
  }

  it.each(Object.keys(LIES))(
    '%s is followed as if it were alone',
    async name => {
      lie = LIES[name];
      start([good(), bad()]);
      try {
        await live();
        const from = asked;
        await new Promise(resolve => setTimeout(resolve, 300));
        beside.push(...(await follow(name, CHANGES)));
        // A busy machine may miss a heartbeat; a neighbour takes nothing for good.
        await live();
        // Nothing that it said is shown but what is an object, and that is bounded.
        expect(index.size().objects).toBeLessThan(250_000);
        // Nor is it asked in a frenzy.
        expect(asked - from).toBeLessThan(2_000);
      } finally {
        await stop();
      }
    },
  );

  it('is bad in any of these ways is as fast as alone, but for one change in a hundred', () => {
    expect(beside).toHaveLength(Object.keys(LIES).length * CHANGES);
    expect(p99(beside)).toBeLessThan(Math.max(UNHURT_MS, UNHURT * alone));
  });
});
