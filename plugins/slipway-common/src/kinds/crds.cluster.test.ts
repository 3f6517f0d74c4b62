import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { parseFile } from '../parse';
import { customResourceDefinition } from './customResourceDefinition';
import { KIND_NAMES, KINDS, type Kind, type Resource } from './registry';

/*
 * Needs a real API server; `npm run test:cluster` brings one up. What it says
 * is the judge of whether the CRDs are structural and refuse what they should.
 */
const {
  SLIPWAY_TEST_CLUSTER_URL: url,
  SLIPWAY_TEST_CLUSTER_TOKEN: token,
  SLIPWAY_TEST_CLUSTER_CA: ca,
} = process.env;
const describeWithCluster = url ? describe : describe.skip;

const EXAMPLES = join(__dirname, '..', '..', '..', '..', 'docs', 'examples');
const MANAGER =
  'fieldManager=slipway-crd-test&force=true&fieldValidation=Strict';

interface Answer {
  code: number;
  body: {
    message?: string;
    spec?: unknown;
    status?: { conditions?: Array<{ type: string; status: string }> };
  };
}

function call(method: string, path: string, body?: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      new URL(path, url),
      {
        method,
        ca: ca && Buffer.from(ca, ca.startsWith('-----') ? 'utf8' : 'base64'),
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/apply-patch+yaml',
        },
      },
      response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            code: response.statusCode ?? 0,
            body: JSON.parse(Buffer.concat(chunks).toString()),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

const crdPath = (kind: Kind) =>
  `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${KINDS[kind].plural}.slipway.dev`;

function dryRun(resource: Record<string, unknown>) {
  const { kind, metadata } = resource as Pick<Resource, 'kind' | 'metadata'>;
  const scope = KINDS[kind].scope === 'Namespaced' ? 'namespaces/default/' : '';
  return call(
    'PATCH',
    `/apis/slipway.dev/v1alpha1/${scope}${KINDS[kind].plural}/${metadata.name}?${MANAGER}&dryRun=All`,
    resource,
  );
}

describeWithCluster('CRDs on a real API server', () => {
  it.each(KIND_NAMES)(
    '%s is accepted, established and structural',
    async kind => {
      const { code, body: applied } = await call(
        'PATCH',
        `${crdPath(kind)}?${MANAGER}`,
        customResourceDefinition(kind),
      );
      expect([applied.message, code < 300]).toEqual([undefined, true]);
      const settled = async (): Promise<string[]> => {
        const { body } = await call('GET', crdPath(kind));
        const conditions = (body.status?.conditions ?? [])
          .filter(({ status }) => status === 'True')
          .map(({ type }) => type);
        if (conditions.includes('Established')) {
          return conditions.sort();
        }
        await new Promise(resolve => setTimeout(resolve, 200));
        return settled();
      };
      expect(await settled()).toEqual(['Established', 'NamesAccepted']);
    },
  );

  const files = readdirSync(EXAMPLES, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.yaml'))
    .map(entry => relative(EXAMPLES, join(entry.parentPath, entry.name)));

  it.each(files)(
    'takes %s, and fills in the defaults that we do',
    async file => {
      const text = readFileSync(join(EXAMPLES, file), 'utf8');
      const { code, body } = await dryRun(parse(text));
      expect([body.message, code < 300]).toEqual([undefined, true]);
      expect(body.spec).toEqual(parseFile(text).resources[0].spec);
    },
  );

  const boutique =
    'online-boutique/organizations/boutique/services/online-boutique.yaml';

  // any: what is made wrong here has no type.
  it.each<[string, (spec: Record<string, any>) => void, RegExp]>([
    [
      'an unknown field',
      spec => {
        spec.foo = 1;
      },
      /foo: field not declared/,
    ],
    [
      'text where a number belongs',
      spec => {
        spec.workloads[0].port = '8080';
      },
      /port: expected numeric/,
    ],
    [
      'a number where text belongs',
      spec => {
        spec.workloads[0].resources.cpu = 1;
      },
      /cpu: expected string/,
    ],
    [
      'no owner',
      spec => {
        delete spec.owner;
      },
      /owner: Required value/,
    ],
    [
      'port beside ports',
      spec => {
        spec.workloads[0].ports = [{ name: 'a', port: 1 }];
      },
      /either port or ports/,
    ],
    [
      'a CronJob without schedule',
      spec => {
        spec.workloads[0].kind = 'CronJob';
      },
      /a CronJob has a schedule/,
    ],
    [
      'a name twice',
      spec => {
        spec.workloads.push(spec.workloads[0]);
      },
      /duplicate entries/,
    ],
    [
      'a path that leads out',
      spec => {
        spec.workloads[0].source.path = '../x';
      },
      /should match/,
    ],
    [
      'a secret from two places',
      spec => {
        spec.workloads[0].secrets = [
          { name: 'A', from: { vault: 'a#b', store: 'c' } },
        ];
      },
      /either vault, or store/,
    ],
  ])('refuses %s', async (_, change, message) => {
    const resource = parse(readFileSync(join(EXAMPLES, boutique), 'utf8'));
    change(resource.spec);
    const { code, body } = await dryRun(resource);
    expect(code).toBeGreaterThanOrEqual(400);
    expect(body.message).toMatch(message);
  });
});
