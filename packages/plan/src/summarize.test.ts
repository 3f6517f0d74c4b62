import {
  environmentClass,
  planInput,
  serviceSpec,
  workload,
} from './__testUtils__/inputs';
import { readRenderedFiles } from './files';
import { planEnvironment } from './planEnvironment';
import { summarize } from './summarize';
import { headline, totals } from './totals';
import type { PlanInput } from './types';

const database = {
  name: 'orders',
  engine: 'postgres',
  version: '16',
  size: '10Gi',
} as const;

const plan = (overrides: Partial<PlanInput> = {}) =>
  planEnvironment(planInput(overrides));

const rendered = (overrides: Partial<PlanInput> = {}) =>
  readRenderedFiles(plan(overrides).files);

const withDatabase = (overrides: object = {}) => ({
  spec: serviceSpec({
    workloads: [workload()],
    databases: [{ ...database, ...overrides }],
  }),
});

describe('summarize', () => {
  it('creates everything where there was nothing', () => {
    const summary = summarize(plan(), undefined);
    expect(summary.verb).toBe('create');
    expect(new Set(summary.objects.map(({ verb }) => verb))).toEqual(
      new Set(['create']),
    );
    expect(summary.cost.centsBefore).toBe(0);
  });

  it('finds nothing to do where the same was rendered before', () => {
    const summary = summarize(plan(), rendered());
    expect(summary.verb).toBe('keep');
    expect(
      [...summary.objects, ...summary.files].filter(
        ({ verb }) => verb !== 'keep',
      ),
    ).toEqual([]);
    expect(summary.cost.centsBefore).toBe(summary.cost.cents);
  });

  it('tells a change field by field, with lists compared by name', () => {
    const before = rendered();
    const summary = summarize(
      plan({
        spec: serviceSpec({
          workloads: [
            workload({ replicas: 3, env: [{ name: 'LOG', value: 'info' }] }),
          ],
        }),
      }),
      before,
    );
    expect(summary.verb).toBe('update');
    expect(
      summary.objects
        .filter(({ verb }) => verb !== 'keep')
        .map(({ kind, verb, fields }) => ({ kind, verb, fields })),
    ).toEqual([
      {
        kind: 'Deployment',
        verb: 'update',
        fields: [
          { pointer: '/spec/replicas', before: 1, after: 3 },
          {
            pointer: '/spec/template/spec/containers/0/env',
            after: [{ name: 'LOG', value: 'info' }],
          },
        ],
      },
      { kind: 'PodDisruptionBudget', verb: 'create', fields: [] },
    ]);
    expect(summary.quota[0]).toMatchObject({ before: '100m', after: '300m' });
  });

  it('keeps a database whose class retains it, and says that it holds data', () => {
    const gone = (retain: boolean) =>
      summarize(
        plan(),
        rendered({
          ...withDatabase(),
          class: environmentClass({ retain: { databases: retain } }),
        }),
      ).objects.find(({ kind }) => kind === 'StatefulSet');
    expect(gone(true)).toMatchObject({ verb: 'keep', holdsData: true });
    expect(gone(false)).toMatchObject({ verb: 'delete', holdsData: true });
  });

  it('summarizes an environment that goes, and keeps the namespace of what stays', () => {
    const verbs = (overrides?: Partial<PlanInput>) => {
      const summary = summarize(undefined, rendered(overrides), {
        terms: plan().terms,
      });
      expect(summary).toMatchObject({
        verb: 'delete',
        organization: 'shop',
        service: 'cart',
        environment: 'prod',
        namespace: 'shop--cart--prod',
      });
      expect(summary.cost.cents).toBe(0);
      expect(summary.cost.centsBefore).toBeGreaterThan(0);
      return Object.fromEntries(
        summary.objects.map(({ kind, verb }) => [kind, verb]),
      );
    };
    expect(verbs()).toMatchObject({ Namespace: 'delete' });
    expect(verbs(withDatabase())).toMatchObject({
      Namespace: 'keep',
      StatefulSet: 'keep',
      Deployment: 'delete',
    });
  });

  it('takes a plan for the state before, with the terms of that time', () => {
    const cheap = plan({
      class: environmentClass({
        cost: { base: { cents: 0, currency: 'EUR' } },
      }),
    });
    expect(summarize(plan(), cheap).cost).toMatchObject({
      cents: 738,
      centsBefore: 238,
    });
    expect(summarize(undefined, cheap)).toMatchObject({
      verb: 'delete',
      namespace: 'shop--cart--prod',
      cost: { cents: 0, centsBefore: 238 },
    });
  });

  it('reads annotations that are not what they should be', () => {
    const patches = [
      {
        target: { kind: 'Service' },
        patch: [
          {
            op: 'add' as const,
            path: '/metadata/annotations',
            value: { 'argocd.argoproj.io/sync-options': 5 },
          },
        ],
      },
    ];
    const before = rendered({
      spec: serviceSpec({ workloads: [workload({ patches })] }),
    });
    expect(
      summarize(plan({ spec: serviceSpec() }), before).objects,
    ).toContainEqual(
      expect.objectContaining({ kind: 'Service', verb: 'delete' }),
    );
  });

  it('says what to give when there is neither a plan nor a state before', () => {
    expect(() => summarize(undefined, undefined)).toThrow('neither');
  });

  it('denies a change of a disk that Kubernetes would refuse', () => {
    const before = rendered(withDatabase());
    const verdicts = (overrides: object) =>
      summarize(plan(withDatabase(overrides)), before).verdicts;
    expect(verdicts({ size: '20Gi' })).toEqual([
      expect.objectContaining({ rule: 'disk-change', result: 'deny' }),
    ]);
    expect(verdicts({ version: '17' })).toEqual([
      expect.objectContaining({ rule: 'database-upgrade', result: 'warn' }),
    ]);
    expect(verdicts({ version: '16.4' })).toEqual([]);
  });
});

describe('headline', () => {
  const summaryOf = (environments = [summarize(plan(), undefined)]) => ({
    problems: [],
    files: [
      { path: 'a', verb: 'create' as const },
      { path: 'b', verb: 'keep' as const },
    ],
    environments,
    totals: totals(environments),
  });

  it('says a plan in one line', () => {
    expect(headline(summaryOf())).toBe(
      '1 file · +11 ~0 −0 objects in 1 environment · €7.38 a month (+7.38)',
    );
  });

  it('leaves out a change of cost where there is none', () => {
    expect(headline(summaryOf([summarize(plan(), rendered())]))).toBe(
      '1 file · +0 ~0 −0 objects in 1 environment · €7.38 a month',
    );
  });

  it('counts problems and nothing else where there are any', () => {
    expect(
      headline({
        ...summaryOf(),
        problems: plan({ environment: 'nowhere' }).problems,
      }),
    ).toBe('1 problem');
  });
});
