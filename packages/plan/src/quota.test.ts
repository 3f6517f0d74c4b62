import {
  environmentClass,
  planInput,
  quotaProfile,
  serviceSpec,
  workload,
} from './__testUtils__/inputs';
import { planEnvironment } from './planEnvironment';
import type { PlanInput } from './types';

const plan = (
  overrides: Parameters<typeof workload>[0],
  more: Partial<PlanInput> = {},
) =>
  planEnvironment(
    planInput({
      spec: serviceSpec({ workloads: [workload(overrides)] }),
      ...more,
    }),
  );

const hard = (limits: Parameters<typeof quotaProfile>[0] & object) => ({
  quota: quotaProfile({ limits: undefined, ...limits }),
});

const rules = ({ verdicts }: ReturnType<typeof plan>) =>
  verdicts.map(({ rule, result }) => `${result} ${rule}`);

describe('quota', () => {
  it('adds up exactly, to the limit and one billionth more', () => {
    const resources = { cpu: '0.1', memory: '100Mi' };
    const fits = plan(
      { resources, replicas: 3 },
      hard({ hard: { 'requests.cpu': '0.4', 'requests.memory': '400Mi' } }),
    );
    expect(fits.quota.slice(0, 2)).toEqual([
      {
        resource: 'requests.cpu',
        before: '0',
        after: '300m',
        limit: '400m',
        fits: true,
      },
      {
        resource: 'requests.memory',
        before: '0',
        after: '300Mi',
        limit: '400Mi',
        fits: true,
      },
    ]);
    expect(rules(fits)).toEqual([]);
    const tooMuch = plan(
      { resources, replicas: 3 },
      hard({ hard: { 'requests.memory': '314572799' } }),
    );
    expect(rules(tooMuch)).toEqual(['deny quota']);
  });

  it('counts an autoscaler at its most', () => {
    const { quota } = plan({ autoscaling: { min: 1, max: 7 } });
    expect(quota.find(({ resource }) => resource === 'pods')?.after).toBe('7');
  });

  it('warns when nothing is left for the Pod that a rollout starts first', () => {
    const full = plan({ replicas: 2 }, hard({ hard: { pods: 2 } }));
    expect(rules(full)).toEqual(['warn quota-rollout']);
    expect(full.quota.every(({ fits }) => fits)).toBe(true);
    const disk = { path: '/data', kind: 'disk', size: '1Gi' } as const;
    expect(
      rules(plan({ volumes: [disk] }, hard({ hard: { pods: 1 } }))),
    ).toEqual([]);
  });

  it('counts the default limit of the profile for containers without one', () => {
    const { quota } = plan(
      { replicas: 2 },
      {
        quota: quotaProfile({
          hard: { 'limits.memory': '4Gi' },
          limits: { default: { memory: '1Gi' } },
        }),
      },
    );
    expect(
      quota.find(({ resource }) => resource === 'limits.memory')?.after,
    ).toBe('2Gi');
  });

  it('hears now what the LimitRange would say to every Pod', () => {
    const limits = {
      quota: quotaProfile({
        hard: {},
        limits: {
          default: { memory: '256Mi' },
          min: { cpu: '50m' },
          max: { cpu: '2' },
        },
      }),
    };
    const messages = (cpu: string, memory: string, limit?: string) =>
      plan(
        {
          resources: {
            cpu,
            memory,
            ...(limit && { limits: { cpu: limit } }),
          },
        },
        limits,
      ).verdicts.map(({ message }) => message);
    expect(messages('100m', '512Mi')).toEqual([
      'web requests 512Mi of memory, more than its limit of 256Mi.',
    ]);
    expect(messages('100m', '1Mi', '3')).toEqual([
      'web may use 3 of cpu, but quota medium allows a container 2.',
    ]);
    expect(messages('10m', '1Mi')).toEqual([
      'web requests 10m of cpu, but quota medium asks for at least 50m.',
    ]);
    expect(messages('100m', '1Mi', '2')).toEqual([]);
  });

  it('hears it for databases, too, and for what a patch wrote', () => {
    const max = quotaProfile({
      hard: {},
      limits: { default: { memory: '128Mi' }, max: { memory: '128Mi' } },
    });
    const { verdicts } = planEnvironment(
      planInput({
        quota: max,
        spec: serviceSpec({
          workloads: [
            workload({
              patches: [
                {
                  target: { kind: 'Deployment', name: 'web' },
                  patch: [
                    {
                      op: 'add',
                      path: '/spec/template/spec/containers/0/resources/limits',
                      value: { memory: '1Gi' },
                    },
                  ],
                },
              ],
            }),
          ],
          databases: [
            { name: 'orders', engine: 'postgres', version: '16', size: '1Gi' },
          ],
        }),
      }),
    );
    expect(verdicts.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      expect.stringMatching(
        /^container-limits: orders may use \S+ of memory, but quota medium allows a container 128Mi/,
      ),
      'container-limits: web may use 1Gi of memory, but quota medium allows a container 128Mi.',
    ]);
  });

  it('denies a container without what the quota counts, as Kubernetes does', () => {
    const counted = (limits?: object, replicas = 1) =>
      plan(
        { replicas },
        { quota: quotaProfile({ hard: { 'limits.cpu': '4' }, limits }) },
      );
    expect(counted().verdicts.map(({ message }) => message)).toEqual([
      'web says nothing of limits.cpu, which quota medium counts; its Pods would be refused.',
    ]);
    // Where no Pod is made, none is refused.
    expect(rules(counted(undefined, 0))).toEqual([]);
    // A LimitRange with a maximum gives that to whoever says nothing.
    const most = counted({ max: { cpu: '2' } });
    expect(rules(most)).toEqual([]);
    expect(
      most.quota.find(({ resource }) => resource === 'limits.cpu')?.after,
    ).toBe('2');
  });

  it('denies a disk that several Pods would want', () => {
    const disk = { path: '/data', kind: 'disk', size: '1Gi' } as const;
    expect(rules(plan({ volumes: [disk], replicas: 2 }))).toEqual([
      'deny shared-disk',
    ]);
    expect(rules(plan({ volumes: [disk] }))).toEqual([]);
  });
});

describe('cost', () => {
  it('rounds each line once, half up, and adds what is shown', () => {
    const { cost } = plan({
      resources: { cpu: '100m', memory: '128Mi' },
      replicas: 3,
    });
    // 3 × (0.1 × 2000 + 0.125 × 300) = 712.5
    expect(cost.lines).toEqual([
      { item: 'environment', detail: 'base', cents: 500 },
      { item: 'web', detail: '3 × 100m CPU, 128Mi memory', cents: 713 },
    ]);
    expect(cost).toMatchObject({ currency: 'EUR', cents: 1213 });
  });

  it('takes autoscalers at their fewest, and nothing for what is scaled to none', () => {
    const cents = (overrides: Parameters<typeof workload>[0]) =>
      plan(overrides).cost.cents - 500;
    expect(cents({ autoscaling: { min: 2, max: 9 } })).toBe(475);
    expect(cents({ replicas: 0 })).toBe(0);
  });

  it('leaves out a base in another currency, and says so', () => {
    const other = plan(
      {},
      {
        class: environmentClass({
          cost: { base: { cents: 1, currency: 'CHF' } },
        }),
      },
    );
    expect(other.cost.lines).toHaveLength(1);
    expect(rules(other)).toEqual(['warn currency']);
  });
});
