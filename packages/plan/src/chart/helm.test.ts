import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { anyInput } from '../__testUtils__/arbitraryInputs';
import { everything } from '../__testUtils__/everything';
import { exampleInput } from '../__testUtils__/examples';
import { planInput, serviceSpec, workload } from '../__testUtils__/inputs';
import { UPDATE } from '../__testUtils__/update';
import { planEnvironment } from '../planEnvironment';
import type { EnvironmentPlan, KubernetesObject, PlanInput } from '../types';
import { chartForm, renderable } from './__testUtils__/chartInputs';
import { CHART, helmTemplate } from './__testUtils__/helm';
import { valuesJsonSchema, valuesTable } from './schema';

jest.setTimeout(600_000);

const RUNS = process.env.SLIPWAY_TEST_ALL ? 300 : 30;
const SEED = Number(process.env.SLIPWAY_TEST_SEED ?? Date.now() % 2 ** 31);

/** The values that a plan writes, with the rights and limits that Slipway would apply itself. */
function valuesOf(plan: EnvironmentPlan): Record<string, unknown> {
  const file = plan.files.find(({ path }) =>
    path.endsWith('/workload/values.yaml'),
  );
  return { ...parse(file!.content), platform: true };
}

/** Argo CD's own objects are made where Argo CD runs, by Slipway or by hand. */
function planned(plan: EnvironmentPlan): KubernetesObject[] {
  return plan.objects
    .map(({ object }) => object)
    .filter(({ apiVersion }) => !apiVersion.startsWith('argoproj.io/'));
}

function byName(objects: KubernetesObject[]) {
  return Object.fromEntries(
    objects.map(object => [`${object.kind} ${object.metadata.name}`, object]),
  );
}

function isGenerated({ kind }: KubernetesObject): boolean {
  return kind === 'Secret';
}

/** Objects and generated Secrets of one environment, as Helm and as plan() make them. */
function bothOf(input: PlanInput) {
  const plan = planEnvironment(input);
  const { objects, error } = helmTemplate(valuesOf(plan));
  const secrets = objects.filter(isGenerated).map(({ metadata, data }) => {
    const { namespace, name, labels, annotations } = metadata;
    return {
      namespace,
      name,
      labels,
      annotations,
      keys: Object.keys(data as object),
    };
  });
  return {
    byHelm: {
      error,
      objects: byName(objects.filter(object => !isGenerated(object))),
      secrets: Object.fromEntries(secrets.map(one => [one.name, one])),
    },
    byPlan: {
      error: '',
      objects: byName(planned(plan)),
      secrets: Object.fromEntries(
        plan.generatedSecrets.map(one => [
          one.name,
          {
            ...one,
            // Helm would delete it with the release, and the next one would make another password.
            annotations: {
              'helm.sh/resource-policy': 'keep',
              ...one.annotations,
            },
          },
        ]),
      ),
    },
  };
}

describe('helm template of infra/charts/service', () => {
  it(`makes the objects that plan() makes, for ${RUNS} specs (SLIPWAY_TEST_SEED=${SEED})`, () => {
    fc.assert(
      fc.property(anyInput, input => {
        const { byHelm, byPlan } = bothOf(chartForm(renderable(input)));
        expect(byHelm).toEqual(byPlan);
      }),
      {
        numRuns: RUNS,
        seed: SEED,
        endOnFailure: !process.env.SLIPWAY_TEST_ALL,
      },
    );
  });

  it.each(['staging', 'production'])(
    'makes the objects that plan() makes of the Online Boutique in %s',
    environment => {
      const { byHelm, byPlan } = bothOf(
        chartForm(
          exampleInput(
            'online-boutique',
            'boutique',
            'online-boutique',
            environment,
          ),
        ),
      );
      expect(byHelm).toEqual(byPlan);
    },
  );

  it('makes the objects that plan() makes of a spec with every field', () => {
    const { byHelm, byPlan } = bothOf(chartForm(renderable(everything())));
    expect(byHelm).toEqual(byPlan);
  });

  it('makes the same namespace where the names are too long for one', () => {
    const long = (letter: string) => letter.repeat(30);
    const { byHelm, byPlan } = bothOf(
      chartForm(
        planInput({
          environment: long('e'),
          spec: serviceSpec(
            {
              workloads: [workload()],
              environments: [{ name: long('e'), class: 'production' }],
            },
            long('s'),
          ),
        }),
      ),
    );
    expect(byHelm).toEqual(byPlan);
  });

  it('leaves rights and limits to Slipway where the values say so', () => {
    const plan = planEnvironment(chartForm(planInput()));
    const { objects } = helmTemplate({ ...valuesOf(plan), platform: false });
    expect(byName(objects)).toEqual(
      byName(
        plan.objects
          .filter(({ part }) => part === 'workload')
          .map(({ object }) => object),
      ),
    );
  });
});

describe('values that are wrong', () => {
  const values = () => valuesOf(planEnvironment(chartForm(planInput())));
  const web = (change: object) => ({
    ...values(),
    workloads: [{ ...workload(), ...change }],
  });

  it.each([
    ['a word for a port', () => web({ port: 'http' }), /\/workloads\/0\/port/],
    [
      'a field that is not there',
      () => web({ prot: 80 }),
      /'prot' not allowed/,
    ],
    ['patches', () => web({ patches: [] }), /'patches' not allowed/],
    [
      'a name that is none',
      () => web({ name: 'Web_1' }),
      /\/workloads\/0\/name/,
    ],
    [
      'no owner',
      () => ({ ...values(), owner: undefined }),
      /missing property 'owner'/,
    ],
    [
      'both port and ports',
      () => web({ ports: [{ name: 'a', port: 1 }] }),
      /workloads\[web\]: give either port or ports/,
    ],
    [
      'a schedule of what is no CronJob',
      () => web({ schedule: '@daily' }),
      /workloads\[web\]: a CronJob has a schedule, and nothing else has/,
    ],
    [
      'a need of what is not there',
      () => web({ needs: ['nobody'] }),
      /workloads\[web\]\.needs: this service has no workload or database named nobody/,
    ],
    [
      'another renderer',
      () => ({ ...values(), rendererVersion: '99' }),
      /written for renderer 99, and this chart is renderer 1/,
    ],
    [
      'two of a name',
      () => ({ ...values(), workloads: [workload(), workload()] }),
      /workloads\[web\]: there are two of the name web/,
    ],
    [
      'an operator',
      () => ({
        ...values(),
        databases: [
          {
            name: 'db',
            engine: 'redis',
            version: '7',
            size: '1Gi',
            mode: 'operator',
          },
        ],
      }),
      /databases\[db\]\.mode: there is no operator for redis/,
    ],
  ])('are refused with the field named: %s', (_, made, message) => {
    const { objects, error } = helmTemplate(made());
    expect(error).toMatch(message);
    expect(objects).toEqual([]);
  });
});

describe('files beside the chart', () => {
  const schema = join(CHART, 'values.schema.json');
  const readme = join(CHART, 'README.md');

  it('values.schema.json is made from the schema of a ServiceSpec', () => {
    const text = `${JSON.stringify(valuesJsonSchema(), undefined, 2)}\n`;
    if (UPDATE) writeFileSync(schema, text);
    expect(JSON.parse(readFileSync(schema, 'utf8'))).toEqual(JSON.parse(text));
  });

  it('README.md lists the values as the schema has them', () => {
    const now = readFileSync(readme, 'utf8');
    const table = `<!-- values -->\n\n${valuesTable()}\n\n<!-- /values -->`;
    const text = now.replace(
      /<!-- values -->[^]*<!-- \/values -->/,
      () => table,
    );
    if (UPDATE) writeFileSync(readme, text);
    expect(now).toContain('<!-- values -->');
    expect(UPDATE ? text : now).toBe(text);
  });
});
