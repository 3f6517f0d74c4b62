/** An answer of a sandbox cluster. */
export interface SandboxAnswer<T> {
  status: number;
  body: T;
}

/** Talks to a sandbox cluster over its HTTP API, as any client of a cluster does. */
export class SandboxApi {
  readonly url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.url = url;
    this.#token = token;
  }

  get<T>(path: string): Promise<SandboxAnswer<T>> {
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

  async #send<T>(
    method: string,
    path: string,
    content?: { body: object; type: string },
  ): Promise<SandboxAnswer<T>> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(content && { 'content-type': content.type }),
      },
      body: content && JSON.stringify(content.body),
      signal: AbortSignal.timeout(10_000),
    });
    return { status: response.status, body: (await response.json()) as T };
  }
}
