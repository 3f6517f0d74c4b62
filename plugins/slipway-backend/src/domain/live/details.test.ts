import type { KubernetesObject } from '../../ports/Clusters';
import {
  containersOf,
  eventsOf,
  logLines,
  managersOf,
  readable,
  readableField,
} from './details';

const HIDDEN = '(hidden)';

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

  it.each([
    'PASSWORD',
    'DB_PASSWORD',
    'POSTGRES_PASSWD',
    'GITHUB_TOKEN',
    'client-secret',
    'AWS_SECRET_ACCESS_KEY',
    'API_KEY',
    'PRIVATE_KEY',
    'app.credentials',
  ])('hides what the variable %s of a container holds', name => {
    const env = [{ name, value: 'hunter2' }];
    const pod = {
      containers: [{ name: 'web', env }],
      initContainers: [{ env }],
    };
    const object = (kind: string, spec: object) =>
      JSON.stringify(
        readable({ apiVersion: 'v1', kind, metadata: { name: 'web' }, spec }),
      );
    for (const shown of [
      object('Pod', pod),
      object('Deployment', { template: { spec: pod } }),
      object('CronJob', { jobTemplate: { spec: { template: { spec: pod } } } }),
    ]) {
      expect(shown).toContain(name);
      expect(shown).not.toContain('hunter2');
    }
  });

  it('shows the other variables, but for passwords in their addresses', () => {
    const env = [
      { name: 'TOKENIZER', value: 'fast' },
      { name: 'PASSAGE', value: 'north' },
      { name: 'DATABASE_URL', value: 'postgres://web:hunter2@db:5432/web' },
      {
        name: 'PASSWORD',
        valueFrom: { secretKeyRef: { name: 'db', key: 'p' } },
      },
    ];
    expect(
      readable({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web' },
        spec: { containers: [{ env }] },
      }).spec,
    ).toEqual({
      containers: [
        {
          env: [
            env[0],
            env[1],
            { name: 'DATABASE_URL', value: 'postgres://***@db:5432/web' },
            env[3],
          ],
        },
      ],
    });
  });

  it.each<[string, unknown, unknown]>([
    ['spec.containers[name=web].env[name=API_TOKEN].value', 'hunter2', HIDDEN],
    ['spec.containers[name=web].env[name=MODE].value', 'fast', 'fast'],
    [
      'spec.containers[name=web].env[name=API_TOKEN]',
      { name: 'API_TOKEN', value: 'hunter2' },
      { name: 'API_TOKEN', value: HIDDEN },
    ],
    [
      'spec.containers[name=web].env',
      [{ name: 'API_TOKEN', value: 'hunter2' }],
      [{ name: 'API_TOKEN', value: HIDDEN }],
    ],
    [
      'spec.containers',
      [{ env: [{ name: 'API_TOKEN', value: 'hunter2' }] }],
      [{ env: [{ name: 'API_TOKEN', value: HIDDEN }] }],
    ],
    ['spec.replicas', 3, 3],
  ])(
    'hides in a field that differs what it hides in the object: %s',
    (path, value, shown) => {
      expect(readableField({ path, wanted: value, found: value })).toEqual({
        path,
        wanted: shown,
        found: shown,
      });
      expect(readableField({ path, found: value })).toEqual({
        path,
        found: shown,
      });
    },
  );

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
