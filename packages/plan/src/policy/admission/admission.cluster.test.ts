import type {
  PolicyPack,
  PolicyPackInput,
} from '@slipway/plugin-slipway-common';
import fc from 'fast-check';
import { modestInput } from '../../__testUtils__/arbitraryInputs';
import { environmentClass, policyPack } from '../../__testUtils__/inputs';
import {
  apply,
  call,
  FULL,
  until,
  withCluster,
  type Answer,
} from '../../__testUtils__/realCluster';
import { planEnvironment } from '../../planEnvironment';
import type { KubernetesObject } from '../../types';
import { DEFAULT_POLICIES } from '../defaultPolicies';
import { evaluatePolicies } from '../evaluatePolicies';
import { FUNCTION_RULES } from './__testUtils__/functionRules';
import { mutations } from './__testUtils__/mutations';
import { exportPolicies } from './exportPolicies';
import { ruleExport } from './exportable';

const GENERATED = FULL ? 300 : 12;
/** Kinds that one of the rules looks at. */
const JUDGED = [
  'Deployment',
  'StatefulSet',
  'CronJob',
  'Service',
  'HorizontalPodAutoscaler',
  'Ingress',
];
/** The administrator of the testbed is an account of kube-system, where controllers are at home. */
const USER = 'dana';
const CONTROLLER = 'system:serviceaccount:kube-system:deployment-controller';
const CONTEXT = {
  organization: 'shop',
  service: 'cart',
  environment: 'prod',
  class: 'production',
  cluster: 'fra-1',
};

const run = Date.now().toString(36);
const named = (pack: PolicyPack, name: string): PolicyPack => ({
  ...pack,
  metadata: { ...pack.metadata, name },
});
const withAction = (pack: PolicyPack, action: 'warn' | 'deny'): PolicyPack => ({
  ...pack,
  spec: {
    ...pack.spec,
    rules: pack.spec.rules.map(rule => ({ ...rule, action })),
  },
});

/** More warnings than about this many the API server cuts short. */
const AT_ONCE = 8;

/** Every rule as a warning, so that one answer holds what all of them say. */
const PACKS = [
  ...DEFAULT_POLICIES.map(
    pack => [pack.metadata.name, pack.spec.rules] as const,
  ),
  ...chunks(FUNCTION_RULES).map(
    (rules, index) => [`functions-${index}`, rules] as const,
  ),
].map(([name, rules]) =>
  withAction(
    policyPack(rules as PolicyPackInput['spec']['rules'], `${name}-${run}`),
    'warn',
  ),
);

function chunks<T>(items: T[]): T[][] {
  return items.length === 0
    ? []
    : [items.slice(0, AT_ONCE), ...chunks(items.slice(AT_ONCE))];
}

withCluster('exported policies, on a real API server', () => {
  const DENIES = `denies-${run}`;
  const made: string[] = [];

  async function must(object: KubernetesObject): Promise<void> {
    const answer = await apply(object, { dryRun: false });
    expect(answer?.body.message).toBeUndefined();
  }

  const classNamed = (name: string, packs: PolicyPack[]) =>
    environmentClass({ policies: packs.map(pack => pack.metadata.name) }, name);

  async function install(objects: KubernetesObject[]): Promise<void> {
    for (const object of objects) {
      const folder = `${object.kind.toLowerCase().replace(/y$/, 'ie')}s`;
      made.push(
        `/apis/admissionregistration.k8s.io/v1/${folder}/${object.metadata.name}`,
      );
      await must(object);
    }
  }

  const inNamespace = (object: KubernetesObject, namespace: string) => ({
    ...object,
    metadata: { ...object.metadata, namespace },
  });
  const service = (name: string, namespace: string): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { type: 'NodePort', ports: [{ port: 80 }] },
  });
  const tried = (object: KubernetesObject, user = USER) =>
    apply(object, { dryRun: true, user }) as Promise<Answer>;

  /** What policies said, by their name. */
  function told({ warnings }: Answer): Map<string, string> {
    return new Map(
      warnings.flatMap((text): Array<[string, string]> => {
        const [, policy, message] =
          /^Validation failed for ValidatingAdmissionPolicy '([^']+)' with binding '[^']+': (.*)$/s.exec(
            text,
          ) ?? [];
        return policy === undefined ? [] : [[policy, message]];
      }),
    );
  }

  /** Each pack has a class, and so a namespace, of its own. */
  const warning = exportPolicies(
    PACKS,
    PACKS.map(pack => classNamed(pack.metadata.name, [pack])),
  );

  beforeAll(async () => {
    for (const name of [...PACKS.map(pack => pack.metadata.name), DENIES]) {
      made.push(`/api/v1/namespaces/${name}`);
      await must({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels: { 'slipway.dev/class': name } },
      });
    }
    await install(warning);
    const denying = [
      withAction(named(DEFAULT_POLICIES[0], `deny-${run}`), 'deny'),
    ];
    // Last: once it is obeyed, all are.
    await install(exportPolicies(denying, [classNamed(DENIES, denying)]));
    await until(
      async () =>
        (await tried(service('x', DENIES))).status === 422 || undefined,
      'the policies',
    );
  }, 120_000);
  afterAll(async () => {
    for (const path of made) await call('DELETE', path);
  });

  it(`say the same as a plan does, of what ${GENERATED} generated plans hold and somebody changed`, async () => {
    const seed = Number(process.env.SLIPWAY_TEST_SEED ?? Date.now() % 2 ** 31);
    process.stdout.write(`seed of the generated objects: ${seed}\n`);
    const exported = PACKS.map(pack => ({
      ...pack,
      spec: {
        ...pack.spec,
        rules: pack.spec.rules.filter(rule => ruleExport(rule).exported),
      },
    }));
    const count = { objects: 0, findings: 0, errors: 0, invalid: 0 };
    const hit = new Set<string>();

    /** What a plan says of an object, as the API server would put it. */
    const ours = (
      object: KubernetesObject,
      pack: PolicyPack,
      theirs: Map<string, string>,
    ) =>
      evaluatePolicies([{ object }], [pack], CONTEXT)
        .filter(({ result }) => result !== 'pass')
        .map(({ rule, result, message }): [string, string] => {
          const policy = `${rule}.${pack.metadata.name}.policies.slipway.dev`;
          count.findings += 1;
          hit.add(rule);
          if (result === 'error') {
            count.errors += 1;
            const their = theirs.get(policy) ?? '';
            const failed = / resulted in error: |^matchCondition/.test(their);
            return [policy, failed ? their : message];
          }
          // Why a message can't be evaluated is told by us only.
          const broken = / \(its message /.test(message);
          return [policy, broken ? `Rule ${rule} doesn't hold.` : message];
        });

    await fc.assert(
      fc.asyncProperty(modestInput, mutations, async (input, mutate) => {
        const rendered = planEnvironment(input)
          .objects.map(({ object }) => object)
          .filter(({ kind }) => JUDGED.includes(kind));
        const judge = async (one: KubernetesObject, pack: PolicyPack) => {
          const object = mutate(inNamespace(one, pack.metadata.name));
          const answer = await apply(object, { dryRun: true, user: USER });
          // Not served, or no valid object any more: no policy is asked.
          if (!answer || answer.status >= 300) {
            count.invalid += 1;
            return false;
          }
          const theirs = told(answer);
          count.objects += 1;
          expect({ object, said: [...theirs].sort() }).toEqual({
            object,
            said: ours(object, pack, theirs).sort(),
          });
          return true;
        };
        const [first, ...rest] = exported;
        // The API server judges one while we judge another.
        await Promise.all(
          rendered.map(async one => {
            if (await judge(one, first))
              await Promise.all(rest.map(pack => judge(one, pack)));
          }),
        );
      }),
      { numRuns: GENERATED, seed, endOnFailure: true },
    );
    process.stdout.write(
      `${count.objects} objects, ${count.findings} findings (${count.errors} of them errors), ${count.invalid} not judged; rules that hit: ${hit.size}\n`,
    );
    expect(hit.size).toBeGreaterThan(30);
    expect(count.errors).toBeGreaterThan(GENERATED * 2);
  }, 600_000);

  it('deny what the plan denies, in its words, and elsewhere nothing', async () => {
    const { status, body } = await tried(service('open', DENIES));
    expect(status).toBe(422);
    expect(body.message).toBe(
      `services "open" is forbidden: ValidatingAdmissionPolicy 'cluster-internal.deny-${run}.policies.slipway.dev' with binding 'cluster-internal.deny-${run}.policies.slipway.dev' denied request: Service open is reachable from outside without a route.`,
    );
    expect((await tried(service('open', 'default'))).status).toBe(201);
    expect((await tried(service('open', PACKS[1].metadata.name))).status).toBe(
      201,
    );
  });

  it('let controllers go on with what was there before, and let it go', async () => {
    expect((await tried(service('open', DENIES), CONTROLLER)).status).toBe(201);
    const old = service('old', DENIES);
    old.metadata.finalizers = ['example.com/wait'];
    const path = `/api/v1/namespaces/${DENIES}/services/old`;
    await apply(old, { dryRun: false, user: CONTROLLER });
    await call('DELETE', path, undefined, USER);
    const going = { ...old, metadata: { ...old.metadata, finalizers: [] } };
    expect(
      (await apply(going, { dryRun: false, user: USER }))?.body.message,
    ).toBeUndefined();
    await until(
      async () => (await call('GET', path)).status === 404 || undefined,
      'the end of the Service',
    );
  }, 60_000);
});
