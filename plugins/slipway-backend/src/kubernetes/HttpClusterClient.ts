import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { FIELD_MANAGER } from '@slipway/plugin-slipway-common';
import type {
  ClusterCapabilities,
  ClusterClient,
  ClusterInfo,
  JsonPatchOperation,
  KubernetesObject,
  ObjectRef,
} from '../ports/Clusters';
import type {
  ClusterWatch,
  ObjectPage,
  Selection,
  WatchEvent,
} from '../ports/ClusterWatch';
import { Discovery } from './Discovery';
import type { ApiResource } from './discoveryAnswers';
import { toError } from './errors';
import type { ApiRequest, ApiResponse, HttpTransport } from './HttpTransport';

/** Large enough to need few round trips, small enough that one page is no burden for the API server. */
const PAGE_SIZE = 500;

/** {@link ClusterClient} and {@link ClusterWatch} over HTTP. */
export class HttpClusterClient implements ClusterClient, ClusterWatch {
  static create(options: {
    info: ClusterInfo;
    transport: HttpTransport;
    now: () => Date;
  }): HttpClusterClient {
    const { info, transport, now } = options;
    return new HttpClusterClient(
      info,
      transport,
      Discovery.create({ cluster: info.name, transport, now }),
    );
  }

  private constructor(
    readonly info: ClusterInfo,
    private readonly transport: HttpTransport,
    private readonly discovery: Discovery,
  ) {}

  capabilities(): Promise<ClusterCapabilities> {
    return this.discovery.capabilities();
  }

  async alive(): Promise<void> {
    // Whoever may not ask for it gets an answer, too.
    await this.transport.request({
      method: 'GET',
      path: '/version',
      probe: true,
    });
  }

  async serves(kind: { apiVersion: string; kind: string }): Promise<boolean> {
    return (await this.discovery.find(kind)) !== undefined;
  }

  async get(ref: ObjectRef): Promise<KubernetesObject | undefined> {
    const resource = await this.discovery.findSurely(ref);
    if (!resource) return undefined;
    const response = await this.transport.request({
      method: 'GET',
      path: pathOf(resource, ref),
    });
    if (response.status === 404) return undefined;
    return this.expect<KubernetesObject>(response, `read ${describe(ref)}`);
  }

  async list(
    kind: { apiVersion: string; kind: string },
    options: {
      namespace?: string;
      labelSelector?: string;
      fieldSelector?: string;
    } = {},
  ): Promise<KubernetesObject[]> {
    const items: KubernetesObject[] = [];
    let next: string | undefined;
    do {
      const page = await this.listPage(
        { ...kind, ...options },
        { limit: PAGE_SIZE, continue: next },
      );
      items.push(...page.items);
      next = page.continue;
    } while (next);
    return items;
  }

  async apply(
    object: KubernetesObject,
    options: {
      dryRun?: boolean;
      force?: boolean;
      fieldManager?: string;
    } = {},
  ): Promise<KubernetesObject> {
    const resource = await this.discovery.resolve(object);
    const { name, namespace } = object.metadata;
    const response = await this.transport.request({
      method: 'PATCH',
      path: pathOf(resource, { name, namespace }),
      query: {
        fieldManager: options.fieldManager ?? FIELD_MANAGER,
        force: options.force ?? false,
        fieldValidation: 'Strict',
        dryRun: options.dryRun ? 'All' : undefined,
      },
      // JSON is YAML, and this is the only media type that server-side apply takes everywhere.
      contentType: 'application/apply-patch+yaml',
      body: object,
    });
    return this.expect<KubernetesObject>(
      response,
      `apply ${describe({ ...object, name, namespace })}`,
    );
  }

  async create(object: KubernetesObject): Promise<boolean> {
    const resource = await this.discovery.resolve(object);
    const { name, namespace } = object.metadata;
    const response = await this.transport.request({
      method: 'POST',
      path: collectionOf(resource, namespace),
      query: { fieldManager: FIELD_MANAGER, fieldValidation: 'Strict' },
      body: object,
    });
    const { reason } = (response.body ?? {}) as { reason?: string };
    if (response.status === 409 && reason === 'AlreadyExists') return false;
    this.expect(response, `create ${describe({ ...object, name, namespace })}`);
    return true;
  }

  async delete(
    ref: ObjectRef,
    options: {
      uid?: string;
      propagation?: 'Foreground' | 'Background' | 'Orphan';
    } = {},
  ): Promise<boolean> {
    const resource = await this.discovery.findSurely(ref);
    if (!resource) return false;
    const response = await this.transport.request({
      method: 'DELETE',
      path: pathOf(resource, ref),
      body: {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        propagationPolicy: options.propagation ?? 'Foreground',
        ...(options.uid !== undefined && {
          preconditions: { uid: options.uid },
        }),
      },
    });
    if (response.status === 404) return false;
    this.expect(response, `delete ${describe(ref)}`);
    return true;
  }

  async mergePatch(ref: ObjectRef, patch: object): Promise<KubernetesObject> {
    const resource = await this.discovery.resolve(ref);
    const response = await this.transport.request({
      method: 'PATCH',
      path: pathOf(resource, ref),
      query: { fieldManager: FIELD_MANAGER },
      contentType: 'application/merge-patch+json',
      body: patch,
    });
    return this.expect<KubernetesObject>(response, `patch ${describe(ref)}`);
  }

  async jsonPatch(
    ref: ObjectRef,
    operations: JsonPatchOperation[],
  ): Promise<KubernetesObject> {
    const resource = await this.discovery.resolve(ref);
    const response = await this.transport.request({
      method: 'PATCH',
      path: pathOf(resource, ref),
      query: { fieldManager: FIELD_MANAGER },
      contentType: 'application/json-patch+json',
      body: operations,
    });
    return this.expect<KubernetesObject>(response, `patch ${describe(ref)}`);
  }

  async podLog(
    pod: { namespace: string; name: string },
    options: {
      container?: string;
      previous?: boolean;
      tailLines: number;
      limitBytes: number;
    },
  ): Promise<string> {
    const ref = { apiVersion: 'v1', kind: 'Pod', ...pod };
    const resource = await this.discovery.resolve(ref);
    const response = await this.transport.request({
      method: 'GET',
      path: `${pathOf(resource, ref)}/log`,
      query: {
        container: options.container,
        previous: options.previous || undefined,
        tailLines: options.tailLines,
        limitBytes: options.limitBytes,
        timestamps: true,
      },
      accept: 'text/plain, application/json',
    });
    this.expect(response, `read the log of ${describe(ref)}`);
    return response.text;
  }

  async listPage(
    selection: Selection,
    options: { limit: number; continue?: string; signal?: AbortSignal },
  ): Promise<ObjectPage> {
    const request = await this.selectionRequest(selection);
    const response = await this.transport.request({
      ...request,
      query: {
        ...request.query,
        limit: options.limit,
        continue: options.continue,
      },
      signal: options.signal,
    });
    const list = this.expect<{
      metadata?: { resourceVersion?: string; continue?: string };
      items?: KubernetesObject[] | null;
    }>(response, `list ${selection.kind}`);
    const { apiVersion, kind } = selection;
    const resourceVersion = list?.metadata?.resourceVersion;
    // Anything else would look as if everything had been deleted.
    if (
      !(Array.isArray(list?.items) || list?.items === null) ||
      typeof resourceVersion !== 'string' ||
      resourceVersion === ''
    ) {
      throw new ServiceUnavailableError(
        `The cluster '${this.info.name}' answered list ${kind} with something that is no list`,
      );
    }
    return {
      // Items of a list carry no apiVersion and kind of their own.
      items: (list.items ?? [])
        .filter(isNamed)
        .map(item => ({ ...item, apiVersion, kind })),
      resourceVersion,
      continue: list.metadata?.continue || undefined,
    };
  }

  async *watch(
    selection: Selection,
    options: {
      resourceVersion: string;
      timeoutSeconds: number;
      idleMs: number;
      signal: AbortSignal;
    },
  ): AsyncIterable<WatchEvent> {
    const request = await this.selectionRequest(selection);
    const stream = await this.transport.stream(
      {
        ...request,
        query: {
          ...request.query,
          watch: true,
          allowWatchBookmarks: true,
          resourceVersion: options.resourceVersion,
          timeoutSeconds: options.timeoutSeconds,
        },
      },
      options,
    );
    const attempt = {
      cluster: this.info.name,
      what: `watch ${selection.kind}`,
    };
    if (stream.status !== 200) {
      const text = await stream.text();
      throw toError(attempt, {
        status: stream.status,
        text,
        body: parse(text),
      });
    }
    yield { type: 'OPENED' };
    for await (const line of stream.lines) {
      const event = parse(line) as
        | { type?: string; object?: KubernetesObject & { code?: number } }
        | undefined;
      // A cut connection ends between lines: what is half said isn't handed out.
      if (typeof event?.object !== 'object' || event.object === null) {
        throw new ServiceUnavailableError(
          `The cluster '${this.info.name}' answered watch ${selection.kind} with something that is no event`,
        );
      }
      if (event.type === 'ERROR') {
        throw toError(attempt, {
          status: event.object.code ?? 500,
          text: line,
          body: event.object,
        });
      }
      if (event.type === 'BOOKMARK') {
        const version: unknown = event.object.metadata?.resourceVersion;
        if (typeof version === 'string' && version !== '')
          yield { type: 'BOOKMARK', resourceVersion: version };
      } else if (
        (event.type === 'ADDED' ||
          event.type === 'MODIFIED' ||
          event.type === 'DELETED') &&
        // What is of another kind was not asked for.
        (event.object.kind ?? selection.kind) === selection.kind &&
        isNamed(event.object)
      ) {
        yield { type: event.type, object: event.object };
      }
    }
  }

  private async selectionRequest({
    namespace,
    labelSelector,
    fieldSelector,
    ...kind
  }: Selection): Promise<ApiRequest> {
    const resource = await this.discovery.resolve(kind);
    return {
      method: 'GET',
      path: collectionOf(resource, namespace),
      query: { labelSelector, fieldSelector },
    };
  }

  private expect<T>(response: ApiResponse, what: string): T {
    if (response.status >= 200 && response.status < 300)
      return response.body as T;
    throw toError({ cluster: this.info.name, what }, response);
  }
}

/** Whether it is an object at all. */
function isNamed(object: KubernetesObject | null): boolean {
  const name: unknown = object?.metadata?.name;
  return typeof name === 'string' && name !== '';
}

function collectionOf(resource: ApiResource, namespace?: string): string {
  return resource.namespaced && namespace !== undefined
    ? `${resource.root}/namespaces/${segmentOf(namespace)}/${resource.plural}`
    : `${resource.root}/${resource.plural}`;
}

function pathOf(
  resource: ApiResource,
  { name, namespace }: { name: string; namespace?: string },
): string {
  if (resource.namespaced && namespace === undefined) {
    throw new InputError(
      `${resource.plural} '${name}' lives in a namespace, none was given`,
    );
  }
  return `${collectionOf(resource, namespace)}/${segmentOf(name)}`;
}

/** What Kubernetes itself takes as a name in a path: anything else could lead to another object. */
function segmentOf(name: string): string {
  if (name === '' || name === '.' || name === '..' || /[/%]/.test(name)) {
    throw new InputError(
      `'${name}' is no name of an object: it may not be empty, '.' or '..', nor contain '/' or '%'.`,
    );
  }
  return encodeURIComponent(name);
}

function describe({
  kind,
  name,
  namespace,
}: {
  kind: string;
  name: string;
  namespace?: string;
}): string {
  return namespace === undefined
    ? `${kind} ${name}`
    : `${kind} ${namespace}/${name}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
