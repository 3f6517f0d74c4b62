import type { KubernetesObject } from '../../ports/Clusters';
import { driftOf } from './compare';

const object = (
  labels: Record<string, string>,
  spec: object,
): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', labels },
  spec,
});

describe('driftOf', () => {
  const wanted = object({ app: 'web' }, { replicas: 2 });
  const paths = (live: KubernetesObject, applied: KubernetesObject) =>
    driftOf({
      wanted,
      live,
      applied,
      applier: 'argocd-controller',
      allowed: () => false,
    }).map(({ path }) => path);

  it('leaves alone what admission would add now and Git never asked for', () => {
    const applied = object(
      { app: 'web', 'example.com/cost': 'shop' },
      { replicas: 2, tolerations: [{ key: 'pool' }], dns: { policy: 'a' } },
    );
    expect(paths(wanted, applied)).toEqual([]);
  });

  it('finds what Git asks for and somebody took out', () => {
    expect(paths(object({}, {}), wanted)).toEqual([
      'metadata.labels.app',
      'spec.replicas',
    ]);
  });
});
