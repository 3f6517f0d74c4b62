import { planInput, serviceSpec, workload } from './__testUtils__/inputs';
import { planEnvironment } from './planEnvironment';

const payments = serviceSpec(
  {
    workloads: [
      workload({ name: 'core', port: 7000 }),
      workload({ name: 'batch', kind: 'Worker', port: undefined }),
    ],
    environments: [
      { name: 'prod', class: 'production' },
      { name: 'qa', class: 'shared-staging' },
    ],
  },
  'payments',
);

const cart = (needs: string[], environment = 'prod', cluster?: string) =>
  serviceSpec({
    workloads: [workload({ needs })],
    environments: [{ name: environment, class: 'production', cluster }],
  });

/** Ingress and egress of a policy, and the warnings of the plan. */
function policy(
  name: string,
  ...[overrides]: Parameters<typeof planInput>
): { ingress: unknown[]; egress: unknown[]; warnings: string[] } {
  const plan = planEnvironment(planInput(overrides));
  const found = plan.objects.find(
    ({ object }) =>
      object.kind === 'NetworkPolicy' && object.metadata.name === name,
  );
  const spec = found?.object.spec as { ingress: unknown[]; egress: unknown[] };
  return {
    ingress: spec.ingress,
    egress: spec.egress,
    warnings: plan.verdicts.map(({ message }) => message),
  };
}

const namespaceOf = (service: string, environment: string) => ({
  matchLabels: {
    'slipway.dev/organization': 'shop',
    'slipway.dev/service': service,
    'slipway.dev/environment': environment,
  },
});
const pods = (name: string) => ({
  matchLabels: { 'slipway.dev/workload': name },
});

describe('needs', () => {
  it('open the way to another service, and that one opens it too', () => {
    const spec = cart(['shop/payments']);
    expect(policy('web', { spec, neighbours: [payments] }).egress).toEqual([
      {
        to: [
          {
            namespaceSelector: namespaceOf('payments', 'prod'),
            podSelector: pods('core'),
          },
        ],
        ports: [{ port: 7000, protocol: 'TCP' }],
      },
    ]);
    expect(
      policy('core', { spec: payments, neighbours: [spec] }).ingress,
    ).toEqual([
      {
        from: [
          {
            namespaceSelector: namespaceOf('cart', 'prod'),
            podSelector: pods('web'),
          },
        ],
        ports: [{ port: 7000, protocol: 'TCP' }],
      },
    ]);
  });

  it('of an environment that the other lacks go to its only one of the same class', () => {
    const spec = cart(['shop/payments'], 'live');
    const { egress } = policy('web', {
      spec,
      neighbours: [payments],
      environment: 'live',
    });
    expect(JSON.stringify(egress)).toContain(
      '"slipway.dev/environment":"prod"',
    );
    const other = policy('core', { spec: payments, neighbours: [spec] });
    expect(JSON.stringify(other.ingress)).toContain(
      '"slipway.dev/environment":"live"',
    );
    expect(
      policy('core', { spec: payments, neighbours: [spec], environment: 'qa' })
        .ingress,
    ).toEqual([]);
  });

  it.each([
    ['is unknown', 'shop/nobody', undefined, "isn't known here"],
    ['has no such workload', 'shop/payments/web', undefined, "doesn't exist"],
    ['listens on nothing', 'shop/payments/batch', undefined, 'no port'],
    ['runs elsewhere', 'shop/payments', 'us-1', 'and not on us-1'],
  ])('open nothing to what %s, and say so', (_, need, cluster, message) => {
    const neighbour = serviceSpec(
      {
        ...payments.spec,
        environments: [{ name: 'prod', class: 'production', cluster: 'fra-1' }],
      },
      'payments',
    );
    const { egress, warnings } = policy('web', {
      spec: cart([need], 'prod', cluster),
      neighbours: [neighbour],
    });
    expect(egress).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining(message)]);
  });

  it('of what this service does not have deny the plan', () => {
    const plan = planEnvironment(planInput({ spec: cart(['nobody']) }));
    expect(plan.verdicts).toEqual([
      expect.objectContaining({ rule: 'needs', result: 'deny' }),
    ]);
  });

  it('of a host open its port to public addresses only, and the summary says that', () => {
    const { egress } = policy('web', { spec: cart(['api.stripe.com:443']) });
    expect(egress).toEqual([
      {
        to: [
          {
            ipBlock: {
              cidr: '0.0.0.0/0',
              except: expect.arrayContaining(['10.0.0.0/8', '169.254.0.0/16']),
            },
          },
          {
            ipBlock: {
              cidr: '::/0',
              except: expect.arrayContaining(['fc00::/7']),
            },
          },
        ],
        ports: [{ port: 443, protocol: 'TCP' }],
      },
    ]);
    const plan = planEnvironment(
      planInput({ spec: cart(['api.stripe.com:443']) }),
    );
    expect(plan.objects.map(({ summary }) => summary)).toContain(
      'in: nobody; out: every public address on port 443 (for api.stripe.com)',
    );
  });
});
