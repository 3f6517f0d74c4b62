import http from 'node:http';
import { AddressInfo } from 'node:net';
import {
  FieldConflictError,
  KindNotServedError,
  StreamSilentError,
} from '../ports/ClusterErrors';
import { ResourceVersionExpiredError } from '../ports/ClusterWatch';
import { HttpClusters } from './HttpClusters';

const TOKEN = 'canary-token-5f0c';
type Handler = (
  request: http.IncomingMessage,
  response: http.ServerResponse,
  body: string,
) => void;

const NAMESPACE = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop--web--prod' },
};

function discovery(path: string): object | undefined {
  return (
    {
      '/version': { gitVersion: 'v1.36.1' },
      '/readyz': {},
      '/api': { kind: 'APIVersions', versions: ['v1'] },
      '/apis': {
        kind: 'APIGroupList',
        groups: [{ versions: [{ groupVersion: 'apps/v1' }] }],
      },
      '/api/v1': {
        resources: [
          {
            name: 'namespaces',
            kind: 'Namespace',
            namespaced: false,
            verbs: ['get'],
          },
          { name: 'namespaces/status', kind: 'Namespace', namespaced: false },
          { name: 'pods', kind: 'Pod', namespaced: true },
        ],
      },
      '/apis/apps/v1': {
        resources: [
          { name: 'deployments', kind: 'Deployment', namespaced: true },
        ],
      },
    } as Record<string, object>
  )[path];
}

describe('HttpClusterClient', () => {
  const servers: http.Server[] = [];
  const opened: HttpClusters[] = [];
  let seen: Array<{
    method: string;
    url: string;
    headers: http.IncomingHttpHeaders;
    body: string;
  }> = [];

  async function start(handler: Handler, options: { timeoutMs?: number } = {}) {
    seen = [];
    const server = http.createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', chunk => chunks.push(chunk));
      request.on('end', () => {
        const path = new URL(request.url!, 'http://x').pathname;
        const found =
          request.method === 'GET' && !request.url!.includes('?')
            ? discovery(path)
            : undefined;
        if (found) {
          response.end(JSON.stringify(found));
          return;
        }
        const body = Buffer.concat(chunks).toString();
        seen.push({
          method: request.method!,
          url: request.url!,
          headers: request.headers,
          body,
        });
        handler(request, response, body);
      });
    });
    servers.push(server);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const clusters = HttpClusters.create({
      timeoutMs: options.timeoutMs,
      clusters: [
        {
          info: {
            name: 'eu',
            title: 'eu',
            sandbox: false,
            argocd: {
              cluster: 'eu',
              namespace: 'argocd',
              destination: { name: 'eu' },
            },
          },
          connection: { url, skipTLSVerify: false, token: () => TOKEN },
        },
      ],
    });
    opened.push(clusters);
    return { clusters, client: clusters.client('eu'), server };
  }

  afterEach(async () => {
    opened.splice(0).forEach(clusters => clusters.close());
    await Promise.all(
      servers.splice(0).map(server => {
        server.closeAllConnections();
        return new Promise(resolve => server.close(resolve));
      }),
    );
  });

  const answer =
    (status: number, body: object) =>
    (_: unknown, response: http.ServerResponse) => {
      response.statusCode = status;
      response.end(JSON.stringify(body));
    };

  it('applies with our field manager, strictly and without force', async () => {
    const { client } = await start(answer(200, NAMESPACE));
    await expect(client.apply(NAMESPACE)).resolves.toEqual(NAMESPACE);
    expect(seen[0].method).toBe('PATCH');
    expect(seen[0].url).toBe(
      '/api/v1/namespaces/shop--web--prod?fieldManager=slipway&force=false&fieldValidation=Strict',
    );
    expect(seen[0].headers['content-type']).toBe(
      'application/apply-patch+yaml',
    );
    expect(seen[0].headers.authorization).toBe(`Bearer ${TOKEN}`);
  });

  it('says who owns which field when an apply conflicts', async () => {
    const { client } = await start(
      answer(409, {
        message:
          'Apply failed with 1 conflict: conflict with "kubectl" using apps/v1: .spec.replicas',
        details: {
          causes: [
            {
              reason: 'FieldManagerConflict',
              message: 'conflict with "kubectl" using apps/v1',
              field: '.spec.replicas',
            },
          ],
        },
      }),
    );
    const error = await client.apply(NAMESPACE).catch(e => e);
    expect(error).toBeInstanceOf(FieldConflictError);
    expect(error.name).toBe('ConflictError');
    expect(error.owners).toEqual([
      { manager: 'kubectl', field: '.spec.replicas' },
    ]);
  });

  it.each([
    [401, 'ServiceUnavailableError'],
    [403, 'NotAllowedError'],
    [404, 'NotFoundError'],
    [409, 'ConflictError'],
    [422, 'InputError'],
    [429, 'ServiceUnavailableError'],
    [500, 'ServiceUnavailableError'],
    [503, 'ServiceUnavailableError'],
  ])(
    'turns status %d into %s with the words of the API server and without the token',
    async (status, name) => {
      const { client } = await start(
        answer(status, { message: 'the words of the API server' }),
      );
      const error = await client.apply(NAMESPACE).catch(e => e);
      expect(error.name).toBe(name);
      expect(error.message).toContain('the words of the API server');
      expect(error.message).toContain("'eu'");
      expect(JSON.stringify(error) + error.stack).not.toContain(TOKEN);
    },
  );

  it('takes a namespace on its way out for a conflict, not for a missing right', async () => {
    const { client } = await start(
      answer(403, {
        message: 'being terminated',
        details: { causes: [{ reason: 'NamespaceTerminating' }] },
      }),
    );
    await expect(client.apply(NAMESPACE)).rejects.toMatchObject({
      name: 'ConflictError',
    });
  });

  it('answers undefined for an object and for a kind that is not there', async () => {
    const { client } = await start(answer(404, { message: 'not found' }));
    await expect(
      client.get({ apiVersion: 'v1', kind: 'Pod', namespace: 'a', name: 'b' }),
    ).resolves.toBeUndefined();
    await expect(
      client.get({
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        namespace: 'a',
        name: 'b',
      }),
    ).resolves.toBeUndefined();
    await expect(
      client.apply({
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: { name: 'b', namespace: 'a' },
      }),
    ).rejects.toBeInstanceOf(KindNotServedError);
  });

  it('makes what is not there, and leaves what is there alone', async () => {
    let status = 201;
    const { client } = await start((_, response) =>
      answer(status, { reason: 'AlreadyExists' })(_, response),
    );
    await expect(client.create(NAMESPACE)).resolves.toBe(true);
    expect(seen[0]).toMatchObject({
      method: 'POST',
      url: '/api/v1/namespaces?fieldManager=slipway&fieldValidation=Strict',
    });
    status = 409;
    await expect(client.create(NAMESPACE)).resolves.toBe(false);
  });

  it('deletes in the foreground, only the object of this uid, and says when it was gone', async () => {
    let status = 200;
    const { client } = await start((_, response) =>
      answer(status, {})(_, response),
    );
    const ref = { apiVersion: 'v1', kind: 'Namespace', name: 'a' };
    await expect(client.delete(ref, { uid: 'u1' })).resolves.toBe(true);
    expect(JSON.parse(seen[0].body)).toMatchObject({
      propagationPolicy: 'Foreground',
      preconditions: { uid: 'u1' },
    });
    status = 404;
    await expect(client.delete(ref)).resolves.toBe(false);
  });

  it('follows the pages of a list', async () => {
    const { client } = await start((request, response) => {
      const next = new URL(request.url!, 'http://x').searchParams.get(
        'continue',
      );
      response.end(
        JSON.stringify({
          metadata: {
            resourceVersion: '7',
            ...(next === null && { continue: 'page2' }),
          },
          items: [{ metadata: { name: next === null ? 'a' : 'b' } }],
        }),
      );
    });
    const pods = await client.list(
      { apiVersion: 'v1', kind: 'Pod' },
      { namespace: 'n', labelSelector: 'a=b' },
    );
    expect(pods).toEqual([
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } },
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'b' } },
    ]);
    expect(seen[0].url).toBe(
      '/api/v1/namespaces/n/pods?labelSelector=a%3Db&limit=500',
    );
  });

  it('gives up on a request that is not answered in time, and soon does not ask any more', async () => {
    // Discovery is answered, and has to be in that time.
    const { client } = await start(() => {}, { timeoutMs: 500 });
    for (let i = 0; i < 3; i++) {
      await expect(client.apply(NAMESPACE)).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
      });
    }
    const asked = seen.length;
    await expect(client.apply(NAMESPACE)).rejects.toThrow(
      /did not answer lately .* asked again in 5 s/,
    );
    expect(seen).toHaveLength(asked);
  });

  it('says that a server without anybody behind it is unreachable', async () => {
    const { client, server } = await start(() => {});
    await new Promise(resolve => server.close(resolve));
    await expect(
      client.get({ apiVersion: 'v1', kind: 'Namespace', name: 'a' }),
    ).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('watches with bookmarks, over lines that arrive in pieces', async () => {
    const line = JSON.stringify({
      type: 'ADDED',
      object: { metadata: { name: 'größe', resourceVersion: '8' } },
    });
    const bytes = Buffer.from(
      `${line}\n${JSON.stringify({ type: 'BOOKMARK', object: { metadata: { resourceVersion: '9' } } })}\n`,
    );
    const { client } = await start(async (_, response) => {
      for (const byte of bytes) {
        response.write(Buffer.from([byte]));
        if (byte > 127) await new Promise(resolve => setImmediate(resolve));
      }
      response.end();
    });
    const events = [];
    const options = {
      resourceVersion: '7',
      timeoutSeconds: 300,
      idleMs: 1000,
      signal: new AbortController().signal,
    };
    for await (const event of client.watch(
      { apiVersion: 'v1', kind: 'Pod' },
      options,
    ))
      events.push(event);
    expect(events).toEqual([
      { type: 'OPENED' },
      {
        type: 'ADDED',
        object: { metadata: { name: 'größe', resourceVersion: '8' } },
      },
      { type: 'BOOKMARK', resourceVersion: '9' },
    ]);
    expect(seen[0].url).toBe(
      '/api/v1/pods?watch=true&allowWatchBookmarks=true&resourceVersion=7&timeoutSeconds=300',
    );
  });

  it('tells an expired version from a stream that went quiet, and ends when it is told to', async () => {
    const expired = {
      type: 'ERROR',
      object: {
        kind: 'Status',
        code: 410,
        message: 'too old resource version',
      },
    };
    let mode: 'expired' | 'quiet' = 'expired';
    const { client } = await start((_, response) => {
      response.write(
        mode === 'expired' ? `${JSON.stringify(expired)}\n` : '\n',
      );
    });
    const stop = new AbortController();
    const drain = async (idleMs: number) => {
      const options = {
        resourceVersion: '7',
        timeoutSeconds: 300,
        idleMs,
        signal: stop.signal,
      };
      for await (const _ of client.watch(
        { apiVersion: 'v1', kind: 'Pod' },
        options,
      ));
    };
    await expect(drain(1000)).rejects.toBeInstanceOf(
      ResourceVersionExpiredError,
    );
    mode = 'quiet';
    const silence = drain(30);
    await expect(silence).rejects.toBeInstanceOf(StreamSilentError);
    await expect(silence).rejects.toThrow('nothing arrived');
    const ended = drain(60_000);
    setTimeout(() => stop.abort(), 30);
    await expect(ended).resolves.toBeUndefined();
  });
});
