import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { SlipwayApiError } from './SlipwayApiError';
import { createSlipwayClient, SlipwayClient, unwrap } from './SlipwayClient';

interface Received {
  method?: string;
  url?: string;
  headers: IncomingMessage['headers'];
  body: string;
}

describe('the client', () => {
  let server: Server;
  let base: string;
  let client: SlipwayClient;
  let received: Received[];
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  beforeEach(async () => {
    received = [];
    answer = json(200, {});
    server = createServer((request, response) => {
      let body = '';
      request.on('data', chunk => (body += chunk));
      request.on('end', () => {
        const { method, url, headers } = request;
        received.push({ method, url, headers, body });
        answer(request, response);
      });
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/slipway`;
    client = clientOf();
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(done => server.close(done));
  });

  function json(status: number, body: unknown, type = 'application/json') {
    return (_: IncomingMessage, response: ServerResponse) => {
      response.writeHead(status, { 'content-type': type });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
  }

  function clientOf(token?: () => Promise<string | undefined>): SlipwayClient {
    return createSlipwayClient({
      discoveryApi: {
        getBaseUrl: async id => {
          expect(id).toBe('slipway');
          return base;
        },
      },
      fetchApi: { fetch },
      ...(token && { token }),
    });
  }

  it('asks below the base URL of the plugin and gives the body back', async () => {
    answer = json(200, { items: [{ name: 'shop' }] });
    await expect(
      unwrap(client.request('get', '/v1alpha1/organizations')),
    ).resolves.toEqual({ items: [{ name: 'shop' }] });
    expect(received).toMatchObject([
      { method: 'GET', url: '/api/slipway/v1alpha1/organizations', body: '' },
    ]);
  });

  it('encodes what goes into a path, so that it stays one step of it', async () => {
    await client.request('get', '/v1alpha1/change-requests/{id}', {
      params: { path: { id: '../a b/ü?x=1#y%2F' } },
    });
    const step = received[0].url!.slice(
      '/api/slipway/v1alpha1/change-requests/'.length,
    );
    expect(step).not.toMatch(/[/?#]/);
    expect(decodeURIComponent(step)).toBe('../a b/ü?x=1#y%2F');
  });

  it('encodes what goes into the query, and leaves out what is absent', async () => {
    await client.request('get', '/v1alpha1/files', {
      params: { query: { path: 'organizations/a b/ü&x=1.yaml' } },
    });
    await client.request('get', '/v1alpha1/environments', {
      params: { query: { organization: undefined, limit: 5 } },
    });
    const [file, list] = received.map(({ url }) => new URL(url!, base));
    expect([...file.searchParams]).toEqual([
      ['path', 'organizations/a b/ü&x=1.yaml'],
    ]);
    expect([...list.searchParams]).toEqual([['limit', '5']]);
  });

  it('sends a body as JSON', async () => {
    const body = {
      files: [
        { path: 'organizations/shop/services/web.yaml', content: 'ü: "1"\n' },
        { path: 'organizations/shop/services/old.yaml' },
      ],
    };
    await client.request('post', '/v1alpha1/plans', { body });
    expect(received[0].method).toBe('POST');
    expect(received[0].headers['content-type']).toBe('application/json');
    expect(JSON.parse(received[0].body)).toEqual(body);
  });

  it('sends the token of a plugin, and asks for it anew with every call', async () => {
    let calls = 0;
    const withToken = clientOf(async () => {
      calls += 1;
      return calls === 1 ? 'first' : undefined;
    });
    await withToken.request('get', '/v1alpha1/classes');
    await withToken.request('get', '/v1alpha1/classes');
    expect(received.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer first',
      undefined,
    ]);
  });

  it('throws problem details as an error with the name of the backend', async () => {
    answer = json(
      409,
      {
        type: 'about:blank',
        title: 'ConflictError',
        status: 409,
        detail: 'Change request #3 was updated. Look at it again.',
      },
      'application/problem+json',
    );
    const error = await unwrap(
      client.request('post', '/v1alpha1/change-requests/{id}/merge', {
        params: { path: { id: 'a' } },
        body: { headCommit: 'a'.repeat(40) },
      }),
    ).catch(thrown => thrown);
    expect(error).toBeInstanceOf(SlipwayApiError);
    expect(error).toMatchObject({
      name: 'ConflictError',
      status: 409,
      message: 'Change request #3 was updated. Look at it again.',
    });
  });

  it('throws what a proxy in between answers, too', async () => {
    answer = json(504, '<html>Gateway Time-out</html>', 'text/html');
    await expect(
      client.request('get', '/v1alpha1/services'),
    ).rejects.toMatchObject({
      name: 'ResponseError',
      status: 504,
      message: 'The server answered 504 Gateway Timeout.',
    });
  });

  it('throws when nobody answers', async () => {
    answer = request => request.socket.destroy();
    await expect(client.request('get', '/v1alpha1/services')).rejects.toThrow(
      /fetch failed/,
    );
  });

  it('throws when the plugin can not be found', async () => {
    const lost = createSlipwayClient({
      discoveryApi: {
        getBaseUrl: async () => {
          throw new Error('No such plugin');
        },
      },
      fetchApi: { fetch },
    });
    await expect(lost.request('get', '/v1alpha1/services')).rejects.toThrow(
      'No such plugin',
    );
    expect(received).toEqual([]);
  });

  it('ends a call that is aborted, also on the side of the server', async () => {
    const abort = new AbortController();
    const closed = new Promise<void>(done => {
      answer = request => {
        request.socket.once('close', () => done());
        abort.abort();
      };
    });
    await expect(
      client.request('get', '/v1alpha1/services', { signal: abort.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    await closed;
  });
});
