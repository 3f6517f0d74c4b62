import { Agent, request } from 'node:https';
import { TestbedError } from './errors.ts';

/** How a request of the testbed ended. */
export interface KubeResponse {
  status: number;
  body: string;
}

/** A small client: the testbed must not depend on the client it helps to test. */
export interface KubeClient {
  request(
    method: string,
    path: string,
    body?: { contentType: string; content: unknown },
  ): Promise<KubeResponse>;
  /** Like request, but gives the parsed answer and fails on any status from 300. */
  json<T>(
    method: string,
    path: string,
    body?: { contentType: string; content: unknown },
  ): Promise<T>;
  close(): void;
}

const REQUEST_TIMEOUT_MS = 20_000;

export function createKubeClient(options: {
  url: string;
  ca: string;
  /** Either a client certificate with its key, or a token. */
  certificate?: string;
  key?: string;
  token?: string;
}): KubeClient {
  const agent = new Agent({
    keepAlive: true,
    ca: options.ca,
    cert: options.certificate,
    key: options.key,
  });

  const send: KubeClient['request'] = (method, path, body) =>
    new Promise((resolve, reject) => {
      const outgoing = request(
        new URL(path, options.url),
        {
          method,
          agent,
          timeout: REQUEST_TIMEOUT_MS,
          headers: {
            accept: 'application/json',
            ...(options.token && { authorization: `Bearer ${options.token}` }),
            ...(body && { 'content-type': body.contentType }),
          },
        },
        incoming => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', reject);
          incoming.on('end', () =>
            resolve({
              status: incoming.statusCode ?? 0,
              body: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        },
      );
      outgoing.on('timeout', () =>
        outgoing.destroy(
          new Error(
            `${method} ${path} got no answer in ${REQUEST_TIMEOUT_MS / 1000} s`,
          ),
        ),
      );
      outgoing.on('error', reject);
      outgoing.end(body && JSON.stringify(body.content));
    });

  return {
    request: send,
    async json<T>(...args: Parameters<KubeClient['request']>): Promise<T> {
      const response = await send(...args);
      if (response.status >= 300) {
        throw new TestbedError(
          `${args[0]} ${args[1]} was answered with ${response.status}: ${messageOf(response.body)}`,
        );
      }
      return JSON.parse(response.body) as T;
    },
    close: () => agent.destroy(),
  };
}

function messageOf(body: string): string {
  try {
    return (JSON.parse(body) as { message?: string }).message ?? body;
  } catch {
    return body;
  }
}
