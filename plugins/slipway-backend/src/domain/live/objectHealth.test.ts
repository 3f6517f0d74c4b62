import type { KubernetesObject } from '../../ports/Clusters';
import { objectHealth } from './objectHealth';

const object = (
  kind: string,
  more: object = {},
  metadata: object = {},
): KubernetesObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'web', ...metadata },
  ...more,
});

const waiting = (reason: string, message?: string, more: object = {}) =>
  object('Pod', {
    status: {
      phase: 'Pending',
      containerStatuses: [
        {
          name: 'app',
          image: 'shop/web:1',
          state: { waiting: { reason, message } },
          ...more,
        },
      ],
    },
  });

describe('objectHealth', () => {
  it.each<[string, KubernetesObject, string, string | undefined]>([
    [
      'a ready Pod',
      object('Pod', {
        status: {
          phase: 'Running',
          conditions: [{ type: 'Ready', status: 'True' }],
        },
      }),
      'Healthy',
      undefined,
    ],
    [
      'a Pod that is done',
      object('Pod', { status: { phase: 'Succeeded' } }),
      'Healthy',
      undefined,
    ],
    [
      'a Pod that starts',
      object('Pod', { status: { phase: 'Pending' } }),
      'Progressing',
      'Pod web is starting',
    ],
    [
      'a Pod that is not ready',
      object('Pod', {
        status: {
          phase: 'Running',
          conditions: [{ type: 'Ready', status: 'False' }],
        },
      }),
      'Progressing',
      'Pod web is not ready yet',
    ],
    [
      'a Pod without its image',
      waiting('ImagePullBackOff', 'Back-off pulling image'),
      'Degraded',
      "Pod web: the image shop/web:1 can't be pulled (ImagePullBackOff: Back-off pulling image)",
    ],
    [
      'a Pod that crashes',
      waiting('CrashLoopBackOff', undefined, {
        restartCount: 5,
        lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
      }),
      'Degraded',
      'Pod web: the container app keeps stopping with OOMKilled, exit code 137 (CrashLoopBackOff, 5 restarts)',
    ],
    [
      'a Pod without its Secret',
      waiting('CreateContainerConfigError', 'secret "db" not found'),
      'Degraded',
      'Pod web: the container app can\'t be started (CreateContainerConfigError: secret "db" not found)',
    ],
    [
      'a Pod without a node',
      object('Pod', {
        status: {
          phase: 'Pending',
          conditions: [
            {
              type: 'PodScheduled',
              status: 'False',
              message: '0/3 nodes are available: 3 Insufficient cpu.',
            },
          ],
        },
      }),
      'Degraded',
      "Pod web can't be scheduled: 0/3 nodes are available: 3 Insufficient cpu.",
    ],
    [
      'an evicted Pod',
      object('Pod', {
        status: {
          phase: 'Failed',
          reason: 'Evicted',
          message: 'low on memory',
        },
      }),
      'Degraded',
      'Pod web: Evicted: low on memory',
    ],
    [
      'a Pod on its way out',
      object('Pod', {}, { deletionTimestamp: 'x' }),
      'Progressing',
      'Pod web is being deleted',
    ],
    [
      'a Deployment in full',
      object(
        'Deployment',
        {
          spec: { replicas: 2 },
          status: {
            observedGeneration: 3,
            replicas: 2,
            updatedReplicas: 2,
            availableReplicas: 2,
          },
        },
        { generation: 3 },
      ),
      'Healthy',
      undefined,
    ],
    [
      'a Deployment that nobody looked at',
      object(
        'Deployment',
        { status: { observedGeneration: 2 } },
        { generation: 3 },
      ),
      'Progressing',
      'Deployment web is being rolled out',
    ],
    [
      'a Deployment with one of two',
      object('Deployment', {
        spec: { replicas: 2 },
        status: { replicas: 2, updatedReplicas: 2, availableReplicas: 1 },
      }),
      'Progressing',
      'Deployment web: 1 of 2 available',
    ],
    [
      'a Deployment with an old Pod left',
      object('Deployment', {
        spec: { replicas: 1 },
        status: { replicas: 2, updatedReplicas: 1, availableReplicas: 1 },
      }),
      'Progressing',
      'Deployment web: 1 of 1 available',
    ],
    [
      'a paused Deployment',
      object('Deployment', { spec: { paused: true } }),
      'Suspended',
      'Deployment web is paused',
    ],
    [
      'a Deployment that does not get on',
      object('Deployment', {
        status: {
          conditions: [
            {
              type: 'Progressing',
              status: 'False',
              reason: 'ProgressDeadlineExceeded',
              message: 'timed out',
            },
          ],
        },
      }),
      'Degraded',
      'Deployment web does not get on: timed out',
    ],
    [
      'a Deployment beyond the quota',
      object('Deployment', {
        status: {
          conditions: [
            {
              type: 'ReplicaFailure',
              status: 'True',
              message: 'pods "web-1" is forbidden: exceeded quota: limits',
            },
          ],
        },
      }),
      'Degraded',
      'Deployment web: the quota is used up (pods "web-1" is forbidden: exceeded quota: limits)',
    ],
    [
      'a StatefulSet with none of one',
      object('StatefulSet', { spec: { replicas: 1 }, status: {} }),
      'Progressing',
      'StatefulSet web: 0 of 1 ready',
    ],
    [
      'a StatefulSet in full',
      object('StatefulSet', {
        spec: { replicas: 1 },
        status: { readyReplicas: 1 },
      }),
      'Healthy',
      undefined,
    ],
    [
      'a Job that failed',
      object('Job', {
        status: {
          conditions: [
            { type: 'Failed', status: 'True', message: 'too often' },
          ],
        },
      }),
      'Degraded',
      'Job web: too often',
    ],
    [
      'a Job that is done',
      object('Job', {
        status: { conditions: [{ type: 'Complete', status: 'True' }] },
      }),
      'Healthy',
      undefined,
    ],
    [
      'a suspended CronJob',
      object('CronJob', { spec: { suspend: true } }),
      'Suspended',
      'CronJob web is suspended',
    ],
    [
      'a claim without a volume',
      object('PersistentVolumeClaim', { status: { phase: 'Pending' } }),
      'Progressing',
      'PersistentVolumeClaim web waits for a volume',
    ],
    [
      'a claim that lost its volume',
      object('PersistentVolumeClaim', { status: { phase: 'Lost' } }),
      'Degraded',
      'PersistentVolumeClaim web has lost its volume',
    ],
    [
      'a load balancer without an address',
      object('Service', { spec: { type: 'LoadBalancer' } }),
      'Progressing',
      'Service web waits for an address',
    ],
    ['a Service', object('Service', { spec: {} }), 'Healthy', undefined],
    ['a kind that nobody knows', object('Widget'), 'Healthy', undefined],
  ])('calls %s by its state', (_what, found, health, message) => {
    const { reason, ...said } = objectHealth(found);
    expect(said).toEqual(
      message === undefined ? { health } : { health, message },
    );
    expect(reason !== undefined).toBe(message !== undefined);
  });

  it.each<[string, KubernetesObject, string]>([
    ['ImagePullBackOff', waiting('ImagePullBackOff'), 'ImagePullBackOff'],
    ['CrashLoopBackOff', waiting('CrashLoopBackOff'), 'CrashLoopBackOff'],
    [
      'the memory that it ran out of, rather than the restarts',
      waiting('CrashLoopBackOff', undefined, {
        lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
      }),
      'OOMKilled',
    ],
    [
      'a node that is missing',
      object('Pod', {
        status: {
          phase: 'Pending',
          conditions: [{ type: 'PodScheduled', status: 'False' }],
        },
      }),
      'Unschedulable',
    ],
    [
      'a quota that is used up',
      object('ReplicaSet', {
        status: {
          conditions: [
            {
              type: 'ReplicaFailure',
              status: 'True',
              message: 'pods is forbidden: exceeded quota: small',
            },
          ],
        },
      }),
      'QuotaUsedUp',
    ],
  ])('gives as the reason %s', (_what, found, reason) => {
    expect(objectHealth(found).reason).toBe(reason);
  });
});
