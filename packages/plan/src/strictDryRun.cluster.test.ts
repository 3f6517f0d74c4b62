import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { KubernetesObject } from './types';

/**
 * Every object of every golden case, judged by a real API server: server-side apply as a dry run with strict field
 * validation. Kinds whose CRD isn't installed there are counted, not judged.
 */
const {
  SLIPWAY_TEST_CLUSTER_URL: url,
  SLIPWAY_TEST_CLUSTER_TOKEN: token,
  SLIPWAY_TEST_CLUSTER_CA: ca,
} = process.env;
const GOLDEN = join(__dirname, '__golden__');
/** Cluster and hub are one here. */
const ARGOCD = 'argocd';

interface Answer {
  status: number;
  body: {
    message?: string;
    resources?: Array<{ name: string; kind: string; namespaced: boolean }>;
  };
}

/** A group that isn't served is told in plain text. */
function jsonOf(text: string): Answer['body'] {
  try {
    return JSON.parse(text);
  } catch {
    return { message: text };
  }
}

function call(method: string, path: string, body?: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      new URL(path, url),
      {
        method,
        ca: Buffer.from(ca!, 'base64'),
        headers: {
          authorization: `Bearer ${token}`,
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
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body && JSON.stringify(body));
  });
}

const served = new Map<string, Promise<Answer>>();

/** Where an object is, or undefined when its kind isn't served. */
async function pathOf(object: KubernetesObject): Promise<string | undefined> {
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
  return `${root}${namespace}/${resource.name}/${object.metadata.name}`;
}

function objectsOf(name: string): KubernetesObject[] {
  return ['platform', 'workload'].flatMap(part => {
    let files: string[] = [];
    try {
      files = readdirSync(join(GOLDEN, name, part));
    } catch {
      return [];
    }
    return files
      .filter(file => file.endsWith('.yaml'))
      .map(file => parse(readFileSync(join(GOLDEN, name, part, file), 'utf8')));
  });
}

const suite = url ? describe : describe.skip;

suite('what the goldens hold, before a real API server', () => {
  const cases = readdirSync(GOLDEN);
  const made = new Set<string>();
  let judged = 0;
  const unknown = new Set<string>();

  async function namespace(name: string): Promise<void> {
    if (made.has(name)) return;
    made.add(name);
    await call('POST', '/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    });
  }

  afterAll(async () => {
    for (const name of made) {
      if (name !== ARGOCD) await call('DELETE', `/api/v1/namespaces/${name}`);
    }
    process.stdout.write(
      `${judged} objects passed a strict dry run; not served there: ${
        [...unknown].sort().join(', ') || 'nothing'
      }\n`,
    );
  });

  it.each(cases)(
    'takes every object of %s',
    async name => {
      const refused: string[] = [];
      for (const object of objectsOf(name)) {
        if (object.metadata.namespace)
          await namespace(object.metadata.namespace);
        const path = await pathOf(object);
        if (!path) {
          unknown.add(`${object.apiVersion}/${object.kind}`);
          continue;
        }
        const answer = await call(
          'PATCH',
          `${path}?dryRun=All&fieldValidation=Strict&fieldManager=slipway-test&force=true`,
          object,
        );
        if (answer.status < 300) judged += 1;
        else
          refused.push(
            `${object.kind} ${object.metadata.name}: ${answer.body.message}`,
          );
      }
      expect(refused).toEqual([]);
    },
    120_000,
  );
});
