import { planInput, serviceSpec, workload } from './__testUtils__/inputs';
import { planEnvironment } from './planEnvironment';

type Variable = { name: string; value?: string; valueFrom?: unknown };

function variables(
  overrides: Parameters<typeof workload>[0],
  ...more: Array<ReturnType<typeof workload>>
): Variable[] {
  const plan = planEnvironment(
    planInput({
      spec: serviceSpec({
        workloads: [workload(overrides), ...more],
        databases: [
          { name: 'order-log', engine: 'mysql', version: '8.0', size: '1Gi' },
        ],
      }),
    }),
  );
  const deployment = plan.objects.find(
    ({ object }) =>
      object.kind === 'Deployment' && object.metadata.name === 'web',
  )?.object as unknown as {
    spec: { template: { spec: { containers: [{ env?: Variable[] }] } } };
  };
  return deployment.spec.template.spec.containers[0].env ?? [];
}

const pairs = (list: Variable[]) =>
  Object.fromEntries(list.map(({ name, value }) => [name, value]));

describe('variables', () => {
  it('carry the address of a workload that is needed', () => {
    expect(
      pairs(
        variables(
          { needs: ['cart-api'] },
          workload({ name: 'cart-api', port: 9000 }),
        ),
      ),
    ).toEqual({
      CART_API_HOST: 'cart-api',
      CART_API_PORT: '9000',
      CART_API_ADDR: 'cart-api:9000',
      CART_API_URL: 'http://cart-api:9000',
    });
  });

  it('carry address, names and password of a database that is needed', () => {
    const list = variables({ needs: ['order-log'] });
    expect(pairs(list)).toEqual({
      ORDER_LOG_HOST: 'order-log',
      ORDER_LOG_PORT: '3306',
      ORDER_LOG_ADDR: 'order-log:3306',
      ORDER_LOG_URL: 'mysql://order-log:3306/order_log_db',
      ORDER_LOG_DATABASE: 'order_log_db',
      ORDER_LOG_USER: 'order_log_user',
      ORDER_LOG_PASSWORD: undefined,
    });
    expect(list.find(({ name }) => name === 'ORDER_LOG_PASSWORD')).toEqual({
      name: 'ORDER_LOG_PASSWORD',
      valueFrom: {
        secretKeyRef: { name: 'order-log-credentials', key: 'password' },
      },
    });
  });

  it('of the spec win over addresses', () => {
    const list = variables({
      needs: ['order-log'],
      env: [{ name: 'ORDER_LOG_HOST', value: 'elsewhere' }],
    });
    expect(pairs(list)).toMatchObject({ ORDER_LOG_HOST: 'elsewhere' });
    expect(list.filter(({ name }) => name === 'ORDER_LOG_HOST')).toHaveLength(
      1,
    );
  });

  it('come after those that they refer to, because Kubernetes fills in no others', () => {
    const list = variables({
      env: [
        { name: 'A', value: '$(C)/$(B)' },
        { name: 'B', value: '$(C)' },
        { name: 'C', value: 'c' },
        { name: 'LOOP', value: '$(POOL)' },
        { name: 'POOL', value: '$(LOOP)' },
      ],
    });
    expect(list.map(({ name }) => name)).toEqual([
      'C',
      'B',
      'A',
      'POOL',
      'LOOP',
    ]);
  });
});
