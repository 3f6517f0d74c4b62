import type { KubernetesObject } from '../../ports/Clusters';
import type { EnvironmentRecord } from '../../ports/EnvironmentStore';
import { checkObject } from './checkObject';
import { type DesiredObject, DriftRun } from './DriftRun';

const wanted: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'frontend', labels: { 'slipway.dev/service': 'store' } },
};
const live: KubernetesObject = {
  ...wanted,
  metadata: {
    ...wanted.metadata,
    labels: { ...wanted.metadata.labels, team: 'red' },
    managedFields: [
      {
        manager: 'kubectl',
        operation: 'Apply',
        apiVersion: 'v1',
        time: '2026-11-22T10:00:00Z',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:metadata': { 'f:labels': { 'f:team': {} } } },
      },
    ],
  } as KubernetesObject['metadata'],
};
const desired: DesiredObject = {
  key: 'v1 Namespace frontend',
  ref: { apiVersion: 'v1', kind: 'Namespace', name: 'frontend' },
  object: wanted,
  part: 'platform',
  cluster: 'eu',
  applier: 'slipway',
  wanted: 'hash',
};

/** What a look finds of the label `team`, in a namespace of this name. */
async function found(namespace: string) {
  const client = { get: async () => live, apply: async () => live };
  const run = new DriftRun(
    { clusters: { client: () => client }, allowed: () => false } as never,
    {} as never,
    {
      organization: 'shop',
      service: 'store',
      name: 'prod',
      namespace,
    } as EnvironmentRecord,
    undefined,
    {} as never,
  );
  const { drift } = await checkObject(run, desired);
  return drift?.fields.map(({ path, why }) => `${why} ${path}`);
}

it('leaves a team what it has written on a namespace that was adopted from it', async () => {
  expect(await found('frontend')).toBeUndefined();
});

it('finds what somebody has written on a namespace that Slipway made', async () => {
  expect(await found('shop--store--prod')).toEqual([
    'foreign metadata.labels.team',
  ]);
});
