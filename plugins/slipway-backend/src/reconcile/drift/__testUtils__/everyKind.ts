import { service } from './DriftWorld';

/** A service `web` that has an object of every kind that every API server knows. */
export function everyKind(organization: string): string {
  const { spec, ...rest } = JSON.parse(
    service(organization, {
      replicas: undefined,
      autoscaling: { min: 2, max: 3 },
      domains: [`${organization}.example.com`],
    }),
  );
  const image = { repository: 'registry.example.com/shop/web', revision: 'v1' };
  const resources = { cpu: '100m', memory: '128Mi' };
  return JSON.stringify({
    ...rest,
    spec: {
      ...spec,
      workloads: [
        ...spec.workloads,
        { name: 'job', kind: 'CronJob', schedule: '@daily', image, resources },
        {
          name: 'indexer',
          kind: 'Worker',
          image,
          resources,
          volumes: [{ path: '/data', kind: 'disk', size: '1Gi' }],
        },
      ],
      databases: [
        { name: 'orders', engine: 'postgres', version: '16', size: '1Gi' },
      ],
    },
  });
}
