import { ownerOf, trimApplication, trimObject } from './trim';

describe('trim', () => {
  it('knows whose an object is by its labels alone', () => {
    const labels = {
      'slipway.dev/organization': 'shop',
      'slipway.dev/service': 'web',
      'slipway.dev/environment': 'prod',
    };
    const object = (l?: Record<string, string>) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', labels: l },
    });
    expect(ownerOf(object(labels))).toEqual({
      organization: 'shop',
      service: 'web',
      environment: 'prod',
    });
    expect(
      ownerOf(
        object({
          'slipway.dev/organization': 'shop',
          'slipway.dev/service': 'web',
        }),
      ),
    ).toEqual({ organization: 'shop', service: 'web' });
    expect(ownerOf(object({ 'slipway.dev/service': 'web' }))).toBeUndefined();
    expect(ownerOf(object())).toBeUndefined();
  });

  it('keeps nothing of a Secret but that it is there', () => {
    const kept = trimObject({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 's',
        namespace: 'n',
        uid: 'u',
        annotations: { a: 'canary' },
        managedFields: [{}],
      },
      data: { password: 'Y2FuYXJ5' },
    });
    expect(kept).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      name: 's',
      namespace: 'n',
      uid: 'u',
      health: 'Healthy',
    });
  });

  it('keeps a quarter of an ordinary Application at most', () => {
    const resources = Array.from({ length: 20 }, (_, i) => ({
      group: 'apps',
      version: 'v1',
      kind: 'Deployment',
      namespace: 'shop--web--prod',
      name: `web-${i}`,
      status: i === 3 ? 'OutOfSync' : 'Synced',
      health: { status: 'Healthy' },
    }));
    const object = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        name: 'a',
        namespace: 'argocd',
        uid: 'u',
        managedFields: resources,
      },
      spec: { source: { path: 'p' }, project: 'x' },
      status: {
        sync: {
          status: 'OutOfSync',
          revision: 'abc',
          comparedTo: { source: { path: 'p' } },
        },
        health: { status: 'Healthy' },
        reconciledAt: '2026-01-01T00:00:00Z',
        operationState: {
          phase: 'Succeeded',
          message: 'ok',
          syncResult: { resources },
        },
        conditions: [
          { type: 'SharedResourceWarning', message: 'x' },
          { type: 'ComparisonError', message: 'y' },
        ],
        resources,
      },
    };
    const kept = trimApplication(object);
    expect(kept).toMatchObject({
      sync: 'OutOfSync',
      revision: 'abc',
      errors: ['ComparisonError: y'],
      resources: 20,
      selfHeals: false,
      troubled: [{ kind: 'Deployment', name: 'web-3', sync: 'OutOfSync' }],
    });
    expect(JSON.stringify(kept).length).toBeLessThan(
      JSON.stringify(object).length / 4,
    );
  });
});
