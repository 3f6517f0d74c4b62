import { Agent, request } from 'node:https';
import type { KubernetesObject } from '../types';

const {
  SLIPWAY_TEST_CLUSTER_URL: url,
  SLIPWAY_TEST_CLUSTER_TOKEN: token,
  SLIPWAY_TEST_CLUSTER_CA: ca,
} = process.env;

/** `describe` where there is a real API server, `describe.skip` elsewhere. */
export const withCluster = url ? describe : describe.skip;

/** The full set takes more examples of everything. */
export const FULL = Boolean(process.env.SLIPWAY_TEST_ALL);

/** What the API server answered. */
export interface Answer {
  status: number;
  body: {
    message?: string;
    resources?: Array<{ name: string; kind: string; namespaced: boolean }>;
    [field: string]: unknown;
  };
  /** The sentences of the Warning headers. */
  warnings: string[];
}

// One connection is kept: a handshake takes longer than most answers.
const agent = new Agent({ keepAlive: true, maxSockets: 8 });
afterAll(() => agent.destroy());

/** A group that isn't served is told in plain text. */
function jsonOf(text: string): Answer['body'] {
  try {
    return JSON.parse(text);
  } catch {
    return { message: text };
  }
}

/** `299 - "a sentence"`, each as a header of its own. */
function sentencesOf(raw: string[]): string[] {
  return raw.flatMap((name, index) =>
    index % 2 === 0 && name.toLowerCase() === 'warning'
      ? [JSON.parse(/"(?:[^"\\]|\\.)*"/.exec(raw[index + 1])?.[0] ?? '""')]
      : [],
  );
}

/** One request as administrator, or as somebody who may do everything, too. */
export function call(
  method: string,
  path: string,
  body?: object,
  user?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      new URL(path, url),
      {
        method,
        agent,
        ca: Buffer.from(ca!, 'base64'),
        headers: {
          authorization: `Bearer ${token}`,
          ...(user && {
            'impersonate-user': user,
            'impersonate-group': 'system:masters',
          }),
          'content-type':
            method === 'PATCH'
              ? 'application/apply-patch+yaml'
              : 'application/json',
        },
      },
      response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body: jsonOf(Buffer.concat(chunks).toString()),
            warnings: sentencesOf(response.rawHeaders),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body && JSON.stringify(body));
  });
}

const served = new Map<string, Promise<Answer>>();

/** Where the objects of a kind are, or undefined when it isn't served. */
async function folderOf(object: KubernetesObject): Promise<string | undefined> {
  const root = object.apiVersion.includes('/')
    ? `/apis/${object.apiVersion}`
    : `/api/${object.apiVersion}`;
  if (!served.has(root)) served.set(root, call('GET', root));
  const { body } = await served.get(root)!;
  const resource = body.resources?.find(
    r => r.kind === object.kind && !r.name.includes('/'),
  );
  if (!resource) return undefined;
  const namespace = resource.namespaced
    ? `/namespaces/${object.metadata.namespace}`
    : '';
  return `${root}${namespace}/${resource.name}`;
}

/** Server-side apply, strict; as a dry run unless it is meant. Undefined when the kind isn't served. */
export async function apply(
  object: KubernetesObject,
  options: { dryRun: boolean; user?: string },
): Promise<Answer | undefined> {
  const folder = await folderOf(object);
  const dryRun = options.dryRun ? 'dryRun=All&' : '';
  return (folder &&
    call(
      'PATCH',
      `${folder}/${object.metadata.name}?${dryRun}fieldValidation=Strict&fieldManager=slipway-test&force=true`,
      object,
      options.user,
    )) as Promise<Answer> | undefined;
}

/** As `kubectl create`. */
export async function create(object: KubernetesObject): Promise<Answer> {
  return call('POST', (await folderOf(object))!, object);
}

/** Waits until something is so. */
export async function until<T>(
  look: () => Promise<T | undefined>,
  what: string,
  seconds = 30,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
