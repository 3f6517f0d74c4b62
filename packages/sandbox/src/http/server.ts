import { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { ApiError } from '../apiserver/status';
import { Rbac } from '../apiserver/auth/rbac';
import { ANONYMOUS, Tokens } from '../apiserver/auth/tokens';
import { User } from '../apiserver/types';
import { FaultSwitch, Faults } from './faults';
import { RequestInfo, parsePath, readBody, verbOf } from './request';
import { ResourceHandler } from './resources';
import { isObject } from '../apiserver/json';
import {
  apiGroup,
  apiGroups,
  apiResources,
  apiVersions,
  VERSION,
} from './discovery';
import { openApiIndex, openApiV2, openApiV3 } from './openapi';

export interface ServerParts {
  tokens: Tokens;
  rbac: Rbac;
  faults: FaultSwitch;
  resources: ResourceHandler;
  /** Told what no client should see: defects. */
  onError: (error: Error) => void;
}

export interface Answer {
  code: number;
  body: unknown;
  headers?: Record<string, string | string[]>;
}

/** One cluster's HTTP server: who is asking, may they, what is the answer. */
export class ApiHttpServer {
  constructor(private readonly parts: ServerParts) {}

  readonly listener: RequestListener = (request, response) => {
    this.handle(request, response).catch(error => this.fail(response, error));
  };

  private async handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const info = parsePath(request);
    if (info.path === '/_sandbox/faults') {
      this.reply(response, await this.faultSwitch(request));
      return;
    }
    const failure = await this.parts.faults.pass();
    if (failure !== undefined) {
      throw new ApiError(
        failure,
        failure === 503 ? 'ServiceUnavailable' : 'InternalError',
        'a fault was set on this sandbox cluster',
      );
    }
    const user = this.impersonated(this.authenticate(request), request);
    this.authorize(user, info);
    if (!info.resource) {
      this.reply(response, this.nonResource(info));
      return;
    }
    const body = request.method === 'GET' ? undefined : await readBody(request);
    const answer = this.parts.resources.handle(
      info,
      body,
      request,
      response,
      user,
    );
    // A watch answers for itself.
    if (answer) this.reply(response, answer);
  }

  private authenticate(request: IncomingMessage): User {
    const header = request.headers.authorization;
    if (!header) return ANONYMOUS;
    const match = /^Bearer\s+(\S+)$/i.exec(header);
    const user = match && this.parts.tokens.authenticate(match[1]);
    if (!user) throw new ApiError(401, 'Unauthorized', 'Unauthorized');
    return user;
  }

  private impersonated(user: User, request: IncomingMessage): User {
    const name = request.headers['impersonate-user'];
    if (typeof name !== 'string') return user;
    const groups = request.headers['impersonate-group'];
    const wanted = [
      { resource: 'users', name },
      ...list(groups).map(one => ({ resource: 'groups', name: one })),
    ];
    for (const one of wanted) {
      if (
        this.parts.rbac.authorize({ user, verb: 'impersonate', ...one }).allowed
      )
        continue;
      throw new ApiError(
        403,
        'Forbidden',
        `${one.resource} "${one.name}" is forbidden: User "${user.name}" cannot impersonate resource "${one.resource}" in API group "" at the cluster scope`,
      );
    }
    return { name, groups: [...list(groups), 'system:authenticated'] };
  }

  private authorize(user: User, info: RequestInfo): void {
    const verb = verbOf(info);
    const { resource } = info;
    const wanted = resource
      ? {
          user,
          verb,
          group: resource.group,
          resource: resource.plural,
          subresource: resource.subresource,
          name: resource.name,
          namespace:
            resource.namespace ??
            (resource.plural === 'namespaces' && !resource.group
              ? resource.name
              : undefined),
        }
      : { user, verb, path: info.path };
    if (this.parts.rbac.authorize(wanted).allowed) return;
    if (!resource)
      throw new ApiError(
        403,
        'Forbidden',
        `forbidden: User "${user.name}" cannot ${verb} path "${info.path}"`,
      );
    const what = resource.subresource
      ? `${resource.plural}/${resource.subresource}`
      : resource.plural;
    const where = resource.namespace
      ? `in the namespace "${resource.namespace}"`
      : 'at the cluster scope';
    const full = resource.group
      ? `${resource.plural}.${resource.group}`
      : resource.plural;
    throw new ApiError(
      403,
      'Forbidden',
      `${full}${resource.name ? ` "${resource.name}"` : ''} is forbidden: User "${user.name}" cannot ${verb} resource "${what}" in API group "${resource.group}" ${where}`,
      {
        ...(resource.name ? { name: resource.name } : {}),
        ...(resource.group ? { group: resource.group } : {}),
        kind: resource.plural,
      },
    );
  }

  private nonResource(info: RequestInfo): Answer {
    const { kinds } = this.parts.resources.api;
    const parts = info.path.split('/').filter(Boolean);
    const json = (body: unknown): Answer => ({ code: 200, body });
    const [first, second, third, fourth] = parts;
    if (info.method !== 'GET' && info.method !== 'HEAD') {
      throw new ApiError(
        405,
        'MethodNotAllowed',
        'the server does not allow this method on the requested resource',
      );
    }
    if (['healthz', 'livez', 'readyz'].includes(first))
      return {
        code: 200,
        body: 'ok',
        headers: { 'content-type': 'text/plain; charset=utf-8' },
      };
    if (first === 'version') return json(VERSION);
    if (first === 'api' && parts.length === 1) return json(apiVersions());
    if (first === 'api' && parts.length === 2)
      return json(apiResources(kinds, '', second));
    if (first === 'apis' && parts.length === 1) return json(apiGroups(kinds));
    if (first === 'apis' && parts.length === 2)
      return json(apiGroup(kinds, second));
    if (first === 'apis' && parts.length === 3)
      return json(apiResources(kinds, second, third));
    if (first === 'openapi' && second === 'v2') return json(openApiV2(kinds));
    if (first === 'openapi' && second === 'v3' && parts.length === 2)
      return json(openApiIndex(kinds));
    if (first === 'openapi' && second === 'v3') {
      return json(
        third === 'api'
          ? openApiV3(kinds, '', fourth)
          : openApiV3(kinds, fourth, parts[4]),
      );
    }
    throw new ApiError(
      404,
      'NotFound',
      'the server could not find the requested resource',
    );
  }

  private async faultSwitch(request: IncomingMessage): Promise<Answer> {
    if (!this.authenticate(request).groups.includes('system:masters')) {
      throw new ApiError(
        403,
        'Forbidden',
        'only the administrator of this sandbox sets faults',
      );
    }
    if (request.method === 'PUT' || request.method === 'POST') {
      const body = await readBody(request);
      this.parts.faults.set(parseFaults(body));
    } else if (request.method === 'DELETE') {
      this.parts.faults.set({});
    }
    return { code: 200, body: this.parts.faults.get() };
  }

  private reply(
    response: ServerResponse,
    { code, body, headers = {} }: Answer,
  ): void {
    const text = typeof body === 'string' ? body : `${JSON.stringify(body)}\n`;
    response.writeHead(code, {
      'content-type': 'application/json',
      'cache-control': 'no-cache, private',
      ...headers,
    });
    response.end(text);
  }

  private fail(response: ServerResponse, error: unknown): void {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const known = error instanceof ApiError;
    if (!known) this.parts.onError(error as Error);
    const status = known
      ? error
      : new ApiError(
          500,
          'InternalError',
          `Internal error occurred: ${(error as Error).message}`,
        );
    this.reply(response, { code: status.code, body: status.toStatus() });
  }
}

function list(value: string | string[] | undefined): string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : value.split(',').map(one => one.trim());
}

const FAULTS: Record<keyof Faults, string> = {
  latencyMs: 'number',
  errorRate: 'number',
  status: 'number',
  cutWatches: 'boolean',
  freeze: 'boolean',
};

function parseFaults(body: unknown): Faults {
  const allowed = Object.entries(FAULTS)
    .map(([name, type]) => `${name}: ${type}`)
    .join(', ');
  if (!isObject(body))
    throw new ApiError(400, 'BadRequest', `faults are an object of ${allowed}`);
  for (const [name, value] of Object.entries(body)) {
    if (FAULTS[name as keyof Faults] === typeof value) continue;
    throw new ApiError(
      400,
      'BadRequest',
      `found ${name}: ${typeof value}; allowed: ${allowed}`,
    );
  }
  return body as Faults;
}
