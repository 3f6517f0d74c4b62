import type { KubernetesObject } from '../../ports/Clusters';
import {
  containersOf,
  eventsOf,
  logLines,
  managersOf,
  readable,
} from './details';

const secret: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {
    name: 'db',
    annotations: {
      'kubectl.kubernetes.io/last-applied-configuration': '{"data":"hunter2"}',
      note: 'kept',
    },
    managedFields: [{ manager: 'kubectl-edit' }],
  },
  data: { password: 'aHVudGVyMg==' },
  stringData: { other: 'hunter2' },
};

describe('an opened object', () => {
  it('is shown without what only programs read, and never with what a Secret holds', () => {
    expect(readable(secret)).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'db', annotations: { note: 'kept' } },
      data: { password: '(hidden)' },
      stringData: { other: '(hidden)' },
    });
  });

  it('names who wrote to it, and how many fields each owns', () => {
    const metadata = {
      name: 'web',
      managedFields: [
        {
          manager: 'kubectl-edit',
          operation: 'Update',
          time: '2026-05-01T12:00:00Z',
          fieldsV1: {
            'f:spec': {
              'f:replicas': {},
              'f:list': { 'k:{"name":"a"}': { '.': {}, 'f:name': {} } },
            },
          },
        },
        { manager: 'broken', operation: 'Update', fieldsV1: 'no map' },
      ],
    };
    expect(managersOf({ apiVersion: 'v1', kind: 'X', metadata })).toEqual([
      {
        manager: 'kubectl-edit',
        tool: 'kubectl edit',
        operation: 'Update',
        time: '2026-05-01T12:00:00Z',
        fields: 2,
      },
    ]);
  });

  it('has containers only when it is a Pod, also those that have no status yet', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: {
        initContainers: [{ name: 'init' }],
        containers: [{ name: 'web' }],
      },
      status: {
        containerStatuses: [
          {
            name: 'web',
            ready: false,
            restartCount: 3,
            state: {
              waiting: { reason: 'CrashLoopBackOff', message: 'again' },
            },
          },
        ],
      },
    };
    expect(containersOf(pod)).toEqual([
      { name: 'init', init: true, state: 'waiting', ready: false, restarts: 0 },
      {
        name: 'web',
        init: false,
        state: 'waiting',
        ready: false,
        restarts: 3,
        message: 'CrashLoopBackOff: again',
      },
    ]);
    expect(containersOf({ ...pod, kind: 'Deployment' })).toBeUndefined();
  });

  it('has events of either kind, newest first', () => {
    const event = (more: object) =>
      ({
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name: 'e' },
        ...more,
      }) as KubernetesObject;
    expect(
      eventsOf([
        event({
          reason: 'Old',
          lastTimestamp: '2026-05-01T12:00:00Z',
          count: 4,
        }),
        event({
          type: 'Warning',
          reason: 'New',
          message: 'm',
          eventTime: '2026-05-01T13:00:00.123456Z',
          reportingComponent: 'kubelet',
        }),
        event({ reason: 'Timeless', lastTimestamp: 'nonsense' }),
      ]),
    ).toEqual([
      {
        type: 'Warning',
        reason: 'New',
        message: 'm',
        count: 1,
        firstSeen: '2026-05-01T13:00:00.123Z',
        lastSeen: '2026-05-01T13:00:00.123Z',
        source: 'kubelet',
      },
      {
        type: 'Normal',
        reason: 'Old',
        message: '',
        count: 4,
        lastSeen: '2026-05-01T12:00:00.000Z',
      },
      { type: 'Normal', reason: 'Timeless', message: '', count: 1 },
    ]);
  });

  it('has a log whose lines keep their time, and those without one as they are', () => {
    expect(
      logLines('2026-05-01T12:00:00.123456789Z hello  world\nplain\n\n'),
    ).toEqual([
      { at: '2026-05-01T12:00:00.123Z', text: 'hello  world' },
      { text: 'plain' },
      { text: '' },
    ]);
  });
});
