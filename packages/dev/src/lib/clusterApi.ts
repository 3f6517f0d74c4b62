import { request as http } from 'node:http';
import { Agent, request as https } from 'node:https';

/** A cluster as the portal knows it. */
export interface PortalCluster {
  name: string;
  url: string;
  token: string;
  /** PEM certificate to trust; a sandbox cluster speaks plain HTTP on loopback. */
  ca?: string;
}

/** An answer of a cluster. */
export interface ClusterAnswer<T> {
  status: number;
  body: T;
}

const TIMEOUT_MS = 10_000;

/** Talks to a cluster over its HTTP API, as any client of a cluster does. */
export class ClusterApi {
  readonly #cluster: PortalCluster;
  readonly #agent: Agent | undefined;

  constructor(cluster: PortalCluster) {
    this.#cluster = cluster;
    this.#agent = cluster.ca
      ? new Agent({ ca: cluster.ca, keepAlive: true })
      : undefined;
  }

  get<T>(path: string): Promise<ClusterAnswer<T>> {
    return this.#send('GET', path);
  }

  /** Makes an object; one that is there already stays as it is. */
  async create(path: string, object: object): Promise<void> {
    const { status, body } = await this.#send('POST', path, {
      body: object,
      type: 'application/json',
    });
    if (status >= 300 && status !== 409)
      throw new Error(`POST ${path}: ${status} ${JSON.stringify(body)}`);
  }

  /** Changes an object under the name of a tool, as `kubectl edit` would. */
  async edit(path: string, patch: object, fieldManager: string): Promise<void> {
    const { status, body } = await this.#send(
      'PATCH',
      `${path}?fieldManager=${encodeURIComponent(fieldManager)}`,
      { body: patch, type: 'application/merge-patch+json' },
    );
    if (status >= 300)
      throw new Error(`PATCH ${path}: ${status} ${JSON.stringify(body)}`);
  }

  #send<T>(
    method: string,
    path: string,
    content?: { body: object; type: string },
  ): Promise<ClusterAnswer<T>> {
    const { url, token } = this.#cluster;
    return new Promise((resolve, reject) => {
      const outgoing = (this.#agent ? https : http)(
        new URL(path, url),
        {
          method,
          agent: this.#agent,
          timeout: TIMEOUT_MS,
          headers: {
            authorization: `Bearer ${token}`,
            ...(content && { 'content-type': content.type }),
          },
        },
        incoming => {
          let text = '';
          incoming.setEncoding('utf8');
          incoming.on('data', chunk => {
            text += chunk;
          });
          incoming.on('error', reject);
          incoming.on('end', () =>
            resolve({
              status: incoming.statusCode ?? 0,
              body: JSON.parse(text) as T,
            }),
          );
        },
      );
      outgoing.on('timeout', () =>
        outgoing.destroy(new Error(`${method} ${path}: no answer`)),
      );
      outgoing.on('error', reject);
      outgoing.end(content && JSON.stringify(content.body));
    });
  }
}
