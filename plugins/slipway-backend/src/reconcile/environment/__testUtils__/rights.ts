import {
  createServer,
  request as plainRequest,
  type IncomingMessage,
} from 'node:http';
import { request as secureRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ConfiguredCluster } from '../../../kubernetes';

/** A rule of a role. */
export interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
  resourceNames?: string[];
}

/** Each verb of each resource that rules give, as `verb group/resource`. */
export function rightsOf(rules: readonly Rule[]): string[] {
  const rights = rules.flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap(group =>
      resources.flatMap(resource =>
        verbs.map(verb => `${verb} ${group}/${resource}`),
      ),
    ),
  );
  return [...new Set(rights)].sort();
}

/** The right that a request takes, as the API server asks its authorizer; undefined for what isn't about objects. */
export function rightFor(method: string, url: string): string | undefined {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const parts = pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const group = parts[0] === 'apis' ? parts[1] : '';
  let rest = parts.slice(parts[0] === 'apis' ? 3 : 2);
  if (rest.length === 0 || !['api', 'apis'].includes(parts[0]))
    return undefined;
  if (rest[0] === 'namespaces' && rest.length > 2) rest = rest.slice(2);
  const [resource, name, subresource] = rest;
  const reads = searchParams.get('watch')?.match(/^(1|true)$/)
    ? 'watch'
    : 'list';
  const verb = {
    GET: name === undefined ? reads : 'get',
    POST: 'create',
    PUT: 'update',
    PATCH: 'patch',
    DELETE: name === undefined ? 'deletecollection' : 'delete',
  }[method];
  return `${verb} ${group}/${resource}${subresource ? `/${subresource}` : ''}`;
}

/** Stands between Slipway and a cluster and notes which rights were used, and which were missing. */
export async function notingRights({
  info,
  connection,
}: ConfiguredCluster): Promise<{
  cluster: ConfiguredCluster;
  used: Set<string>;
  refused: Set<string>;
  stop(): Promise<void>;
}> {
  const used = new Set<string>();
  const refused = new Set<string>();
  const target = new URL(connection.url);
  const send = target.protocol === 'https:' ? secureRequest : plainRequest;
  const server = createServer((from, to) => {
    const right = rightFor(from.method!, from.url!);
    const onward = send(
      new URL(from.url!, target),
      {
        method: from.method,
        headers: { ...from.headers, host: target.host },
        ca: connection.ca,
        rejectUnauthorized: !connection.skipTLSVerify,
      },
      (answer: IncomingMessage) => {
        const { statusCode = 502, headers } = answer;
        if (right) (statusCode === 403 ? refused : used).add(right);
        // An apply that makes the object is asked for that right, too.
        if (right && from.method === 'PATCH' && statusCode === 201)
          used.add(right.replace('patch', 'create'));
        to.writeHead(statusCode, headers);
        to.flushHeaders();
        answer.pipe(to);
      },
    );
    onward.on('error', () => to.destroy());
    to.on('close', () => onward.destroy());
    from.pipe(onward);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    cluster: {
      info,
      connection: { ...connection, url: `http://127.0.0.1:${port}` },
    },
    used,
    refused,
    stop: async () => {
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}
