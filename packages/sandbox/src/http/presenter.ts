import { IncomingMessage } from 'node:http';
import { Api } from '../apiserver/api';
import { JsonObject } from '../apiserver/json';
import { ResourceKind, apiVersion } from '../apiserver/kinds';
import { KubeObject } from '../apiserver/types';
import { RequestInfo } from './request';
import { partial, toTable } from './table';

function chosenForm(
  accept: string | undefined,
): 'object' | 'table' | 'partial' {
  for (const part of (accept ?? '').split(',')) {
    const [type, ...parameters] = part.split(';').map(one => one.trim());
    if (type !== 'application/json' && type !== '*/*') continue;
    const as = parameters.find(one => one.startsWith('as='))?.slice(3);
    if (as === undefined) return 'object';
    if (as === 'Table') return 'table';
    if (as.startsWith('PartialObjectMetadata')) return 'partial';
  }
  return 'object';
}

/** The form in which the client wants objects: whole, as a table, or their metadata. */
export class Presenter {
  private readonly form: 'object' | 'table' | 'partial';

  constructor(
    private readonly kind: ResourceKind,
    request: IncomingMessage,
    private readonly info: RequestInfo,
    private readonly api: Api,
  ) {
    this.form = chosenForm(request.headers.accept);
  }

  one(object: KubeObject): JsonObject {
    if (this.form === 'partial') return partial(object);
    return this.form === 'table'
      ? this.table([object], {
          resourceVersion: object.metadata.resourceVersion,
        })
      : object;
  }

  list(items: KubeObject[], metadata: JsonObject): JsonObject {
    if (this.form === 'table') return this.table(items, metadata);
    if (this.form === 'partial') {
      return {
        kind: 'PartialObjectMetadataList',
        apiVersion: 'meta.k8s.io/v1',
        metadata,
        items: items.map(partial),
      };
    }
    const plain = this.kind.custom
      ? items
      : items.map(({ apiVersion: _, kind: __, ...rest }) => rest);
    return {
      kind: this.kind.listKind,
      apiVersion: apiVersion(this.kind),
      metadata,
      items: plain,
    };
  }

  /** In a watch only the first table carries the names of its columns. */
  watchShape(): (object: KubeObject) => JsonObject {
    let first = true;
    return object => {
      if (this.form !== 'table') return this.one(object);
      const table = this.table(
        [object],
        { resourceVersion: object.metadata.resourceVersion },
        first,
      );
      first = false;
      return table;
    };
  }

  private table(
    items: KubeObject[],
    metadata: JsonObject,
    headers = true,
  ): JsonObject {
    return toTable(
      this.kind,
      items,
      metadata,
      this.info.query.get('includeObject'),
      this.api.clock(),
      headers,
    );
  }
}
