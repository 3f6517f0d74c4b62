import fc from 'fast-check';
import { quotaInput } from './__testUtils__/arbitraryInputs';
import {
  apply,
  call,
  create,
  FULL,
  until,
  withCluster,
  type Answer,
} from './__testUtils__/realCluster';
import { planEnvironment } from './planEnvironment';
import type { EnvironmentPlan, KubernetesObject } from './types';

const GENERATED = FULL ? 300 : 40;

interface Template {
  metadata: object;
  spec: { volumes?: object[] };
}

/** Fields of a Pod template, a claim template and what else is read here. */
interface Spec {
  replicas?: number;
  maxReplicas?: number;
  scaleTargetRef?: { name: string };
  template?: Template;
  jobTemplate?: { spec: { template: Template } };
  volumeClaimTemplates?: KubernetesObject[];
  hard?: Record<string, string>;
}
const specOf = (object: KubernetesObject) => (object.spec ?? {}) as Spec;

/** What the controllers make of an object when it runs with all its Pods. */
function madeByControllers(
  object: KubernetesObject,
  objects: KubernetesObject[],
): KubernetesObject[] {
  const { namespace, name } = object.metadata;
  const spec = specOf(object);
  const scaler = objects.find(
    other =>
      other.kind === 'HorizontalPodAutoscaler' &&
      specOf(other).scaleTargetRef?.name === name,
  );
  const template = spec.template ?? spec.jobTemplate?.spec.template;
  const count =
    object.kind === 'CronJob'
      ? 1
      : ((scaler && specOf(scaler).maxReplicas) ?? spec.replicas ?? 1);
  const each = Array.from({ length: template ? count : 0 }, (_, n) => n);
  return each.flatMap(n => [
    ...(spec.volumeClaimTemplates ?? []).map(claim => ({
      ...claim,
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: `${claim.metadata.name}-${name}-${n}`, namespace },
    })),
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...template!.metadata, name: `${name}-${n}`, namespace },
      spec: {
        ...template!.spec,
        volumes: [
          ...(template!.spec.volumes ?? []),
          ...(spec.volumeClaimTemplates ?? []).map(({ metadata }) => ({
            name: metadata.name,
            persistentVolumeClaim: {
              claimName: `${metadata.name}-${name}-${n}`,
            },
          })),
        ],
      },
    },
  ]);
}

withCluster('quota, before a real API server', () => {
  const run = Date.now().toString(36);
  const namespaces: string[] = [];

  afterAll(async () => {
    for (const name of namespaces)
      await call('DELETE', `/api/v1/namespaces/${name}`);
  });

  /** The plan's objects in a namespace of their own. */
  function moved(plan: EnvironmentPlan): KubernetesObject[] {
    const name = `quota-${run}-${namespaces.length}`;
    namespaces.push(name);
    return JSON.parse(
      JSON.stringify(plan.objects.map(({ object }) => object)).replaceAll(
        `"${plan.namespace}"`,
        `"${name}"`,
      ),
    );
  }

  async function must(object: KubernetesObject): Promise<void> {
    const answer = await apply(object, { dryRun: false });
    expect({ object, message: answer?.body.message }).toEqual({
      object,
      message: undefined,
    });
  }

  /** Applies what Slipway applies, and waits until the quota is enforced. */
  async function prepare(objects: KubernetesObject[]): Promise<void> {
    const kinds = [
      'Namespace',
      'ServiceAccount',
      'LimitRange',
      'ResourceQuota',
    ];
    for (const kind of kinds) {
      for (const object of objects.filter(one => one.kind === kind)) {
        await must(object);
      }
    }
    const quota = objects.find(({ kind }) => kind === 'ResourceQuota')!;
    const hard = Object.keys(specOf(quota).hard ?? {});
    const { namespace, name } = quota.metadata;
    await until(async () => {
      const { body } = await call(
        'GET',
        `/api/v1/namespaces/${namespace}/resourcequotas/${name}`,
      );
      const used = (body.status as { used?: object } | undefined)?.used ?? {};
      return hard.every(key => key in used) || undefined;
    }, `the quota of ${namespace}`);
  }

  /** Everything that runs, and what the server said against it. */
  async function refusals(objects: KubernetesObject[]): Promise<string[]> {
    const told = (object: KubernetesObject, answer?: Answer) =>
      answer && answer.status >= 300
        ? [`${object.kind} ${object.metadata.name}: ${answer.body.message}`]
        : [];
    const counted = objects.filter(({ kind }) =>
      [
        'Service',
        'PersistentVolumeClaim',
        'Deployment',
        'StatefulSet',
        'CronJob',
      ].includes(kind),
    );
    const refused: string[] = [];
    for (const object of counted) {
      // Templates are judged as a dry run, so that no controller comes in between.
      const template = specOf(object).template ?? specOf(object).jobTemplate;
      refused.push(
        ...told(object, await apply(object, { dryRun: Boolean(template) })),
      );
      for (const made of madeByControllers(object, objects)) {
        refused.push(...told(made, await create(made)));
      }
    }
    return refused;
  }

  it(`admits what plan() says fits, and refuses what it says doesn’t, for ${GENERATED} generated specs`, async () => {
    const seed = Number(process.env.SLIPWAY_TEST_SEED ?? Date.now() % 2 ** 31);
    process.stdout.write(`seed of the generated specs: ${seed}\n`);
    const count = { fits: 0, fitsNot: 0 };
    await fc.assert(
      fc.asyncProperty(quotaInput, async input => {
        const plan = planEnvironment(input);
        const against = plan.verdicts
          .filter(
            ({ rule, result }) =>
              result === 'deny' && ['quota', 'container-limits'].includes(rule),
          )
          .map(({ message }) => message);
        count[against.length > 0 ? 'fitsNot' : 'fits'] += 1;
        const objects = moved(plan);
        await prepare(objects);
        const refused = await refusals(objects);
        expect({
          quota: input.quota.spec,
          against,
          refused,
          agree: against.length > 0 === refused.length > 0,
        }).toMatchObject({ agree: true });
        // Only quotas and limits are the matter here: nothing else may refuse anything.
        for (const message of refused) {
          expect(message).toMatch(
            /exceeded quota|must specify|usage per Container|must be less than or equal to/,
          );
        }
      }),
      { numRuns: GENERATED, seed, endOnFailure: true },
    );
    process.stdout.write(`${count.fits} fit, ${count.fitsNot} did not\n`);
    expect(Math.min(count.fits, count.fitsNot)).toBeGreaterThan(GENERATED / 10);
  }, 1_200_000);
});
