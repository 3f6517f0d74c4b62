import { randomBytes } from 'node:crypto';
import { IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { startSandbox } from '../src';

/**
 * The cluster that the suite runs against: the one that SLIPWAY_CONFORMANCE_URL, …_TOKEN and …_CA (base64 of a PEM)
 * name – a real API server is the judge – or a sandbox that is started for it.
 */

// Answers are JSON of any shape, and the tests say which; a type for each would only repeat them.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Body = any;

export interface Reply {
  status: number;
  body: Body;
  headers: IncomingMessage['headers'];
  text: string;
}

export interface RequestOptions {
  query?: Record<string, string | number | boolean>;
  type?: string;
  accept?: string;
  token?: string | null;
  headers?: Record<string, string>;
}

export interface WatchEvent {
  type: string;
  object: Body;
}

const APPLY = 'application/apply-patch+yaml';
export const MERGE = 'application/merge-patch+json';
export const STRATEGIC = 'application/strategic-merge-patch+json';
export const JSON_PATCH = 'application/json-patch+json';

export const isReal = Boolean(process.env.SLIPWAY_CONFORMANCE_URL);

export class Target {
  private constructor(
    private readonly url: URL,
    private readonly token: string,
    private readonly ca: string | undefined,
    readonly stop: () => Promise<void>,
  ) {}

  static async connect(): Promise<Target> {
    const {
      SLIPWAY_CONFORMANCE_URL: url,
      SLIPWAY_CONFORMANCE_TOKEN: token,
      SLIPWAY_CONFORMANCE_CA: ca,
    } = process.env;
    if (url) {
      const pem = ca && Buffer.from(ca, 'base64').toString('utf8');
      return new Target(new URL(url), token ?? '', pem, async () => {});
    }
    const sandbox = await startSandbox({ clusters: [{ name: 'conformance' }] });
    const [cluster] = sandbox.clusters;
    return new Target(new URL(cluster.url), cluster.token, undefined, () =>
      sandbox.stop(),
    );
  }

  /** A cluster that the test knows. */
  static to(url: string, token: string): Target {
    return new Target(new URL(url), token, undefined, async () => {});
  }

  send(
    method: string,
    path: string,
    body?: unknown,
    options: RequestOptions = {},
  ): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const request = this.open(method, path, body, options, response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const json = /^[[{]/.test(text);
          resolve({
            status: response.statusCode!,
            body: json ? JSON.parse(text) : text,
            headers: response.headers,
            text,
          });
        });
      });
      request.on('error', reject);
    });
  }

  get(path: string, query?: RequestOptions['query']): Promise<Reply> {
    return this.send('GET', path, undefined, { query });
  }

  post(
    path: string,
    body: unknown,
    query?: RequestOptions['query'],
  ): Promise<Reply> {
    return this.send('POST', path, body, { query });
  }

  put(
    path: string,
    body: unknown,
    query?: RequestOptions['query'],
  ): Promise<Reply> {
    return this.send('PUT', path, body, { query });
  }

  patch(
    path: string,
    type: string,
    body: unknown,
    query?: RequestOptions['query'],
  ): Promise<Reply> {
    return this.send('PATCH', path, body, { query, type });
  }

  /** Applies an object; its name is the path's. */
  apply(
    path: string,
    manager: string,
    body: Body,
    query: RequestOptions['query'] = {},
  ): Promise<Reply> {
    const name = path
      .replace(/\/status$/, '')
      .split('/')
      .pop();
    const named = { ...body, metadata: { ...body.metadata, name } };
    return this.patch(path, APPLY, named, { fieldManager: manager, ...query });
  }

  delete(
    path: string,
    body?: unknown,
    query?: RequestOptions['query'],
  ): Promise<Reply> {
    return this.send('DELETE', path, body, { query });
  }

  /** Collects watch events until enough came, or the server ends the stream. */
  async watch(
    path: string,
    query: NonNullable<RequestOptions['query']>,
    enough: (events: WatchEvent[]) => boolean,
    started?: () => Promise<unknown>,
  ): Promise<WatchEvent[]> {
    const events: WatchEvent[] = [];
    await new Promise<void>((resolve, reject) => {
      const request = this.open(
        'GET',
        path,
        undefined,
        { query: { watch: true, ...query } },
        response => {
          let rest = '';
          const finish = () => {
            request.destroy();
            resolve();
          };
          response.on('data', chunk => {
            const lines = `${rest}${chunk}`.split('\n');
            rest = lines.pop()!;
            for (const line of lines) {
              const event = JSON.parse(line) as Body;
              events.push(
                event.type
                  ? event
                  : { type: `HTTP ${response.statusCode}`, object: event },
              );
              if (enough(events)) finish();
            }
          });
          // A stream that is cut is an end like another: the events tell.
          response.on('error', () => resolve());
          response.on('end', () => {
            if (rest.trim())
              events.push({
                type: `HTTP ${response.statusCode}`,
                object: JSON.parse(rest),
              });
            resolve();
          });
          started?.().catch(reject);
        },
      );
      request.on('error', error => {
        // Our own end of the stream arrives as an error, too.
        if (!request.destroyed) reject(error);
      });
    });
    return events;
  }

  private open(
    method: string,
    path: string,
    body: unknown,
    options: RequestOptions,
    onResponse: (response: IncomingMessage) => void,
  ) {
    const url = new URL(path, this.url);
    for (const [name, value] of Object.entries(options.query ?? {}))
      url.searchParams.append(name, String(value));
    const token = options.token === undefined ? this.token : options.token;
    const payload =
      body === undefined || typeof body === 'string'
        ? body
        : JSON.stringify(body);
    const headers = {
      accept: options.accept ?? 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined
        ? {}
        : { 'content-type': options.type ?? 'application/json' }),
      ...(payload === undefined
        ? {}
        : { 'content-length': String(Buffer.byteLength(payload)) }),
      'user-agent': 'conformance/1.0',
      ...options.headers,
    };
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(
      url,
      { method, headers, ca: this.ca, agent: false },
      onResponse,
    );
    request.end(payload);
    return request;
  }
}

export function unique(prefix: string): string {
  return `${prefix}-${randomBytes(4).toString('hex')}`;
}

/** The answer, if it is what must come before a test can begin. */
export function expected(reply: Reply, status: number): Reply {
  if (reply.status === status) return reply;
  throw new Error(`expected ${status}, found ${reply.status}: ${reply.text}`);
}

/** Asks again until the answer fits; fails with the last one. */
export async function until(
  ask: () => Promise<Reply>,
  fits: (reply: Reply) => boolean,
): Promise<Reply> {
  let reply = await ask();
  for (let tries = 0; tries < 150 && !fits(reply); tries += 1) {
    await new Promise(done => setTimeout(done, 100));
    reply = await ask();
  }
  if (!fits(reply))
    throw new Error(
      `waited in vain; the last answer: ${reply.status} ${reply.text.slice(0, 2000)}`,
    );
  return reply;
}

/** A namespace of the test file's own. */
export async function namespaceFor(
  target: Target,
  prefix: string,
): Promise<string> {
  const name = unique(`conf-${prefix}`);
  const made = await target.post('/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  });
  if (made.status !== 201) throw new Error(made.text);
  await until(
    () => target.get(`/api/v1/namespaces/${name}/serviceaccounts/default`),
    reply => reply.status === 200,
  );
  return name;
}

export function configMap(
  name: string,
  data: Record<string, string>,
  metadata: object = {},
) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ...metadata },
    data,
  };
}

export function deployment(
  name: string,
  containers: object[] = [{ name: 'web', image: 'registry.test/web:1' }],
  spec: object = {},
) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: { app: name } },
    spec: {
      replicas: 0,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers } },
      ...spec,
    },
  };
}

export function managers(object: Body): string[] {
  return (object.metadata.managedFields ?? [])
    .map((one: Body) => `${one.manager}:${one.operation}`)
    .sort();
}

export function fieldsOf(object: Body, manager: string): Body {
  return object.metadata.managedFields.find(
    (one: Body) => one.manager === manager,
  )?.fieldsV1;
}
