import type { KubernetesObject } from '../ports/Clusters';
import { foundByRun, type LiveKind } from '@slipway/plugin-slipway-node';
import { LiveStore } from './LiveStore';
import { WrittenObjects } from './WrittenObjects';

const MINUTES = 24 * 60;
const NAMESPACES = 20;

const labels = (service: string, environment: string) => ({
  'slipway.dev/organization': 'shop',
  'slipway.dev/service': service,
  'slipway.dev/environment': environment,
});

/** What one minute does to one environment: a rollout whose first Pod fails, a warning about it, and a run. */
function* minute(
  at: number,
  service: string,
  environment: string,
): Generator<{ put: KubernetesObject } | { remove: string }> {
  const namespace = `shop--${service}--${environment}`;
  const object = (
    apiVersion: string,
    kind: string,
    name: string,
    uid: string,
    more: object = {},
  ): KubernetesObject => ({
    apiVersion,
    kind,
    metadata: {
      name,
      namespace,
      uid,
      resourceVersion: String(at),
      labels: labels(service, environment),
    },
    ...more,
  });
  const id = `${namespace}-${at}`;
  yield { put: object('apps/v1', 'ReplicaSet', id, `rs-${id}`) };
  for (const pod of ['a', 'b']) {
    yield {
      put: object('v1', 'Pod', `${id}-${pod}`, `${id}-${pod}`, {
        status: {
          phase: 'Pending',
          containerStatuses: [
            {
              name: 'web',
              image: `web:${at}`,
              state: { waiting: { reason: 'ImagePullBackOff', message: id } },
            },
          ],
        },
      }),
    };
    yield {
      put: {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name: `${id}-${pod}`, namespace, uid: `e-${id}-${pod}` },
        involvedObject: { kind: 'Pod', name: `${id}-${pod}`, namespace },
        reason: 'Failed',
        message: id,
        count: 3,
        lastTimestamp: new Date(at * 60_000).toISOString(),
      },
    };
  }
  // An hour later the cluster forgets its events; the rollout before has gone long ago.
  const past = (ago: number) => `${namespace}-${at - ago}`;
  yield { remove: `rs-${past(1)}` };
  for (const pod of ['a', 'b']) {
    yield { remove: `${past(1)}-${pod}` };
    yield { remove: `e-${past(60)}-${pod}` };
  }
}

/** A run, which its engine prunes after an hour, and whose steps another object tells. */
const RUN: LiveKind = {
  apiVersion: 'tekton.dev/v1',
  kind: 'PipelineRun',
  plural: 'pipelineruns',
  trim: (object: KubernetesObject) => ({
    owner: foundByRun(object.metadata.uid!),
    value: { name: object.metadata.name },
  }),
} as unknown as LiveKind;
const pipelineRun = (at: number): KubernetesObject => ({
  apiVersion: RUN.apiVersion,
  kind: RUN.kind,
  metadata: { name: `run-${at}`, namespace: 'org-shop', uid: `run-${at}` },
});

/** A preview environment, which is there for an hour. */
const preview = (at: number): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: 'web',
    namespace: `shop--web--preview-${at}`,
    uid: `preview-${at}`,
    labels: labels('web', `preview-${at}`),
  },
});

describe('What the watches keep', () => {
  it('is as large after a day of rollouts, warnings, runs and previews as after two hours of them', () => {
    const store = new LiveStore(() => undefined, [RUN]);
    const written = WrittenObjects.create({ allowed: () => false });
    const sizes: Array<ReturnType<LiveStore['size']> & { written: number }> =
      [];
    const put = (object: KubernetesObject) => {
      store.upsert('eu', object);
      written.upsert('eu', object);
    };
    const remove = (uid: string) => {
      store.remove('eu', uid);
      written.remove('eu', uid);
    };
    for (let at = 0; at < MINUTES; at++) {
      for (let n = 0; n < NAMESPACES; n++)
        for (const change of minute(at, `service${n}`, 'prod'))
          if ('put' in change) put(change.put);
          else remove(change.remove);
      put(preview(at));
      remove(`preview-${at - 60}`);
      store.upsert('eu', pipelineRun(at));
      store.remove('eu', `run-${at - 60}`);
      if (at % 60 === 59)
        sizes.push({ ...store.size(), written: written.size() });
    }
    const [, settled] = sizes;
    const end = sizes.at(-1)!;
    expect(end.objects).toBe(settled.objects);
    expect(end.buckets).toBe(settled.buckets);
    expect(end.events).toBe(settled.events);
    expect(end.namespaces).toBe(settled.namespaces);
    expect(end.written).toBe(settled.written);
    expect(end.written).toBeGreaterThan(60);
    expect(end.events).toBeLessThanOrEqual(NAMESPACES * 20);
    // Words are shared up to a bound.
    expect(end.words).toBeLessThanOrEqual(10_000);
    expect(store.environmentsOf('shop/web')).toHaveLength(60);
  });
});
