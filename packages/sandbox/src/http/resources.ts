import { IncomingMessage, ServerResponse } from 'node:http';
import { Api, PatchType, WriteContext } from '../apiserver/api';
import { Tokens } from '../apiserver/auth/tokens';
import { FieldValidation } from '../apiserver/decode';
import { parseDeleteOptions } from '../apiserver/deletion';
import {
  JsonObject,
  isObject,
  listAt,
  numberAt,
  objectAt,
} from '../apiserver/json';
import { ResourceKind, resourceName } from '../apiserver/kinds';
import { ListOptions } from '../apiserver/listing';
import { knownResources } from '../apiserver/schema';
import {
  ApiError,
  badRequest,
  notFound,
  notImplemented,
  FieldError,
  invalid,
} from '../apiserver/status';
import { KubeObject, User, timestamp } from '../apiserver/types';
import { FaultSwitch } from './faults';
import { RequestInfo, isTrue, isWatch } from './request';
import { Reviews } from './reviews';
import type { Answer } from './server';
import { Presenter } from './presenter';
import { streamWatch } from './watch';

/** Writes what a container "said": the workload stand-in knows. */
export type LogSource = (
  pod: KubeObject,
  container: string,
  options: { tailLines?: number; previous: boolean },
) => string;

type Target = NonNullable<RequestInfo['resource']>;

const OPTIONS: Record<string, string> = {
  POST: 'Create',
  PUT: 'Update',
  PATCH: 'Patch',
  DELETE: 'Delete',
};

const PATCHES: Record<string, PatchType> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

/** Kinds whose DELETE answers with the object, as on a real server. */
const RETURNED = new Set([
  'pods',
  'services',
  'serviceaccounts',
  'resourcequotas',
  'persistentvolumeclaims',
]);

/** Requests for resources: from query and body to the API's verbs and back. */
export class ResourceHandler {
  /** Set when a stand-in runs the Pods. */
  logs: LogSource | undefined;

  constructor(
    readonly api: Api,
    private readonly reviews: Reviews,
    private readonly tokens: Tokens,
    private readonly faults: FaultSwitch,
  ) {}

  handle(
    info: RequestInfo,
    body: unknown,
    request: IncomingMessage,
    response: ServerResponse,
    user: User,
  ): Answer | undefined {
    const target = info.resource!;
    const kind = this.kindOf(target);
    if (
      kind.namespaced &&
      !target.namespace &&
      (target.name || info.method === 'POST') &&
      !kind.createOnly
    ) {
      throw new ApiError(
        404,
        'NotFound',
        'the server could not find the requested resource',
      );
    }
    if (!kind.namespaced && target.namespace) {
      throw new ApiError(
        404,
        'NotFound',
        'the server could not find the requested resource',
      );
    }
    const warnings: string[] = [];
    const context = this.context(info, request, user, target, warnings);
    const shown = new Presenter(kind, request, info, this.api);
    let answer: Answer | undefined;
    if (target.subresource && target.subresource !== 'status') {
      answer = this.subresource(kind, target, info, body, context);
    } else if (target.subresource === 'status' && !kind.status) {
      throw new ApiError(
        404,
        'NotFound',
        'the server could not find the requested resource',
      );
    } else if (info.method === 'GET' || info.method === 'HEAD') {
      answer = this.read(kind, target, info, response, shown);
    } else {
      answer = this.write(kind, target, info, body, context, request, shown);
    }
    if (answer && warnings.length) {
      const lines = [...new Set(warnings)].map(
        text => `299 - ${JSON.stringify(text.replace(/[\r\n]+/g, ' '))}`,
      );
      answer.headers = { ...answer.headers, warning: lines };
    }
    return answer;
  }

  private kindOf({ group, version, plural }: Target): ResourceKind {
    const kind = this.api.kinds.find(group, version, plural);
    if (kind) return kind;
    const name = group ? `${plural}.${group}` : plural;
    if (knownResources.has(name)) throw notImplemented(`${name} ${version}`);
    throw new ApiError(
      404,
      'NotFound',
      'the server could not find the requested resource',
    );
  }

  private context(
    info: RequestInfo,
    request: IncomingMessage,
    user: User,
    target: Target,
    warnings: string[],
  ): WriteContext & { force: boolean } {
    const { query } = info;
    const options = `${OPTIONS[info.method] ?? 'Get'}Options`;
    const wrong = (type: FieldError['type'], field: string, message: string) =>
      invalid('meta.k8s.io', options, '', [{ type, field, message }]);
    const dryRun = query.getAll('dryRun');
    if (dryRun.some(one => one !== 'All')) {
      const message = `Unsupported value: ${JSON.stringify(dryRun)}: supported values: "All"`;
      throw wrong('FieldValueNotSupported', 'dryRun', message);
    }
    const fieldValidation = query.get('fieldValidation') || 'Warn';
    if (!['Strict', 'Warn', 'Ignore'].includes(fieldValidation)) {
      const message = `Unsupported value: "${fieldValidation}": supported values: "", "Ignore", "Strict", "Warn"`;
      throw wrong('FieldValueNotSupported', 'fieldValidation', message);
    }
    const patch =
      info.method === 'PATCH' &&
      contentType(request) === 'application/apply-patch+yaml';
    const manager = query.get('fieldManager') ?? undefined;
    if (patch && !manager) {
      throw wrong(
        'FieldValueRequired',
        'fieldManager',
        'Required value: is required for apply patch',
      );
    }
    if (info.method === 'PATCH' && !patch && query.has('force')) {
      throw wrong(
        'FieldValueForbidden',
        'force',
        'Forbidden: may not be specified for non-apply patch',
      );
    }
    return {
      user,
      manager:
        manager || (request.headers['user-agent'] ?? 'unknown').split('/')[0],
      dryRun: dryRun.length > 0,
      fieldValidation: fieldValidation as FieldValidation,
      force: isTrue(query.get('force')),
      subresource: target.subresource,
      warn: text => warnings.push(text),
    };
  }

  private read(
    kind: ResourceKind,
    target: Target,
    info: RequestInfo,
    response: ServerResponse,
    shown: Presenter,
  ): Answer | undefined {
    if (kind.createOnly)
      throw new ApiError(
        405,
        'MethodNotAllowed',
        'the server does not allow this method on the requested resource',
      );
    const { query } = info;
    const options: ListOptions = {
      labelSelector: query.get('labelSelector') ?? undefined,
      fieldSelector: query.get('fieldSelector') ?? undefined,
      limit: Number(query.get('limit') ?? 0),
      continue: query.get('continue') || undefined,
      resourceVersion: query.get('resourceVersion') ?? undefined,
      resourceVersionMatch: query.get('resourceVersionMatch') ?? undefined,
    };
    if (isWatch(query)) {
      const only = target.name ? `metadata.name=${target.name}` : undefined;
      const fieldSelector =
        [options.fieldSelector, only].filter(Boolean).join(',') || undefined;
      const watch = {
        ...options,
        fieldSelector,
        bookmarks: isTrue(query.get('allowWatchBookmarks')),
        initialEvents: isTrue(query.get('sendInitialEvents')),
        timeoutSeconds: Number(query.get('timeoutSeconds') ?? 0) || undefined,
      };
      streamWatch(
        this.api,
        kind,
        target.namespace,
        watch,
        response,
        this.faults,
        shown.watchShape(),
      );
      return undefined;
    }
    if (target.name)
      return {
        code: 200,
        body: shown.one(this.api.get(kind, target.namespace, target.name)),
      };
    const page = this.api.list(kind, target.namespace, options);
    const metadata: JsonObject = { resourceVersion: String(page.revision) };
    if (page.continue) metadata.continue = page.continue;
    if (page.remaining !== undefined)
      metadata.remainingItemCount = page.remaining;
    return { code: 200, body: shown.list(page.items, metadata) };
  }

  private write(
    kind: ResourceKind,
    target: Target,
    info: RequestInfo,
    body: unknown,
    context: WriteContext & { force: boolean },
    request: IncomingMessage,
    shown: Presenter,
  ): Answer {
    const { namespace, name } = target;
    if (info.method === 'POST' && !name) {
      if (kind.createOnly) {
        if (!isObject(body))
          throw badRequest('the request body must be a JSON object');
        return {
          code: 201,
          body: this.reviews.answer(kind, body, context.user, namespace),
        };
      }
      return {
        code: 201,
        body: shown.one(this.api.create(kind, namespace, body, context)),
      };
    }
    if (info.method === 'PUT' && name)
      return {
        code: 200,
        body: shown.one(this.api.update(kind, namespace, name, body, context)),
      };
    if (info.method === 'PATCH' && name) {
      const type = PATCHES[contentType(request)];
      if (!type) {
        throw new ApiError(
          415,
          'UnsupportedMediaType',
          `the body of the request was in an unknown format - accepted media types include: ${Object.keys(PATCHES).join(', ')}`,
        );
      }
      const { object, created } = this.api.patch(
        kind,
        namespace,
        name,
        type,
        body,
        context,
      );
      return { code: created ? 201 : 200, body: shown.one(object) };
    }
    const together = !name && resourceName(kind) === 'namespaces';
    if (info.method === 'DELETE' && !context.subresource && !together) {
      const options = parseDeleteOptions(body, info.query);
      const dryRun = context.dryRun || listAt(body, 'dryRun').includes('All');
      if (name)
        return this.deleteOne(
          kind,
          namespace,
          name,
          options,
          { ...context, dryRun },
          shown,
        );
      return this.deleteMany(
        kind,
        namespace,
        info,
        options,
        { ...context, dryRun },
        shown,
      );
    }
    throw new ApiError(
      405,
      'MethodNotAllowed',
      'the server does not allow this method on the requested resource',
    );
  }

  private deleteOne(
    kind: ResourceKind,
    namespace: string | undefined,
    name: string,
    options: Parameters<Api['delete']>[3],
    context: WriteContext,
    shown: Presenter,
  ): Answer {
    const { object, gone } = this.api.delete(
      kind,
      namespace,
      name,
      options,
      context,
    );
    if (!gone || RETURNED.has(resourceName(kind)))
      return { code: 200, body: shown.one(object) };
    const details = {
      name,
      ...(kind.group ? { group: kind.group } : {}),
      kind: kind.plural,
      uid: object.metadata.uid,
    };
    return {
      code: 200,
      body: {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Success',
        details,
      },
    };
  }

  private deleteMany(
    kind: ResourceKind,
    namespace: string | undefined,
    info: RequestInfo,
    options: Parameters<Api['delete']>[3],
    context: WriteContext,
    shown: Presenter,
  ): Answer {
    const { items, revision } = this.api.list(kind, namespace, {
      labelSelector: info.query.get('labelSelector') ?? undefined,
      fieldSelector: info.query.get('fieldSelector') ?? undefined,
    });
    const deleted = items.map(
      one =>
        this.api.delete(
          kind,
          one.metadata.namespace,
          one.metadata.name,
          options,
          context,
        ).object,
    );
    return {
      code: 200,
      body: shown.list(deleted, { resourceVersion: String(revision) }),
    };
  }

  private subresource(
    kind: ResourceKind,
    target: Target,
    info: RequestInfo,
    body: unknown,
    context: WriteContext,
  ): Answer {
    const { namespace, name, subresource } = target;
    const what = `${resourceName(kind)}/${subresource}`;
    if (what === 'pods/log' && info.method === 'GET')
      return this.podLog(kind, target, info);
    if (what === 'serviceaccounts/token' && info.method === 'POST')
      return this.tokenRequest(kind, namespace!, name!, body);
    if (what === 'namespaces/finalize' && info.method === 'PUT') {
      const live = this.api.get(kind, undefined, name!);
      const wanted = {
        ...live,
        spec: {
          ...objectAt(live, 'spec'),
          finalizers: listAt(body, 'spec', 'finalizers'),
        },
      };
      if (!context.dryRun) this.api.settle(kind, wanted);
      return { code: 200, body: wanted };
    }
    throw notImplemented(what);
  }

  private podLog(
    kind: ResourceKind,
    { namespace, name }: Target,
    { query }: RequestInfo,
  ): Answer {
    const pod = this.api.get(kind, namespace, name!);
    const names = [
      ...listAt(pod, 'spec', 'containers'),
      ...listAt(pod, 'spec', 'initContainers'),
    ].map(one => String((one as JsonObject).name));
    const container = query.get('container') ?? names[0];
    if (!names.includes(container))
      throw badRequest(`container ${container} is not valid for pod ${name}`);
    const follow = isTrue(query.get('follow'));
    if (follow) throw notImplemented('pods/log with follow');
    if (!this.logs)
      throw notImplemented('pods/log without the workload stand-in');
    const tailLines = query.has('tailLines')
      ? Number(query.get('tailLines'))
      : undefined;
    const text = this.logs(pod, container, {
      tailLines,
      previous: isTrue(query.get('previous')),
    });
    return { code: 200, body: text, headers: { 'content-type': 'text/plain' } };
  }

  private tokenRequest(
    kind: ResourceKind,
    namespace: string,
    name: string,
    body: unknown,
  ): Answer {
    const account = this.api.store.get(resourceName(kind), namespace, name);
    if (!account) throw notFound(kind, name);
    const seconds = numberAt(body, 'spec', 'expirationSeconds') ?? 3600;
    if (seconds < 600)
      throw badRequest(
        'spec.expirationSeconds: Invalid value: may not specify a duration less than 10 minutes',
      );
    const audiences = listAt(body, 'spec', 'audiences').map(String);
    const { token, expires } = this.tokens.issue(
      namespace,
      name,
      account.metadata.uid!,
      seconds,
      audiences,
    );
    return {
      code: 201,
      body: {
        kind: 'TokenRequest',
        apiVersion: 'authentication.k8s.io/v1',
        metadata: {
          name,
          namespace,
          creationTimestamp: timestamp(this.api.clock()),
        },
        spec: { audiences, expirationSeconds: seconds, boundObjectRef: null },
        status: { token, expirationTimestamp: timestamp(expires) },
      },
    };
  }
}

function contentType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').split(';')[0].trim();
}
