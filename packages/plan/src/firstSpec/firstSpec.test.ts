import {
  parseFile,
  stringifyResource,
  type ServiceSpec,
} from '@slipway/plugin-slipway-common';
import { MANIFEST_MAX_FILES, manifestCandidates } from './candidates';
import { proposeFirstSpec } from './propose';
import type { FirstSpec, FirstSpecInput } from './types';

const INPUT: Omit<FirstSpecInput, 'files'> = {
  organization: 'shop',
  service: 'cart',
  owner: 'group:default/shop',
  source: { repository: 'shop/cart', branch: 'main' },
  registry: 'registry.example.com/shop',
  secretStore: { provider: 'vault' },
};

const propose = (
  files: Record<string, string>,
  more: Partial<FirstSpecInput> = {},
): FirstSpec =>
  proposeFirstSpec({
    ...INPUT,
    ...more,
    files: Object.entries(files).map(([path, content]) => ({ path, content })),
  });

/** `line what – why` of all that was left. */
const left = (spec: FirstSpec): string[] =>
  spec.notTaken.map(
    ({ file, line, what, why }) => `${file}:${line} ${what} – ${why}`,
  );

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  strategy: { type: Recreate }
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      serviceAccountName: web
      hostNetwork: true
      containers:
        - name: web
          image: registry.example.com/shop/web:v1.2
          command: [/bin/web]
          args: [--verbose]
          ports:
            - { name: web, containerPort: 8080 }
            - { name: dns, containerPort: 53, protocol: UDP }
          env:
            - { name: LOG_LEVEL, value: info }
            - { name: API_TOKEN, value: hunter2hunter2 }
            - name: DB_PASSWORD
              valueFrom: { secretKeyRef: { name: db, key: password } }
            - name: THEME
              valueFrom: { configMapKeyRef: { name: web, key: theme } }
            - name: POD_IP
              valueFrom: { fieldRef: { fieldPath: status.podIP } }
            - { name: DB_HOST, value: "db.prod.svc:5432" }
          readinessProbe:
            httpGet: { path: /ready, port: web }
            periodSeconds: 5
          resources:
            requests: { cpu: 250m, memory: 256Mi }
            limits: { memory: 512Mi, nvidia.com/gpu: 1 }
          volumeMounts:
            - { name: cache, mountPath: /var/cache }
            - { name: data, mountPath: /data }
            - { name: config, mountPath: /etc/web }
        - name: sidecar
          image: envoy:v1
      volumes:
        - { name: cache, emptyDir: { sizeLimit: 1Gi } }
        - { name: data, persistentVolumeClaim: { claimName: data } }
        - { name: config, configMap: { name: web } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: web }
data: { theme: dark }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec: { resources: { requests: { storage: 5Gi } } }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: LoadBalancer
  selector: { app: web }
  ports: [{ port: 80, targetPort: web }]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec:
  tls: [{ hosts: [shop.example.com] }]
  rules:
    - host: shop.example.com
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  scaleTargetRef: { kind: Deployment, name: web }
  minReplicas: 2
  maxReplicas: 6
  metrics:
    - { type: Resource, resource: { name: cpu, target: { averageUtilization: 70 } } }
    - { type: Resource, resource: { name: memory, target: { averageUtilization: 70 } } }
---
apiVersion: v1
kind: Secret
metadata: { name: db }
stringData: { password: hunter2 }
`;

const DATABASE = `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  template:
    spec:
      containers:
        - { name: db, image: "postgres:16-alpine", volumeMounts: [{ name: data, mountPath: /var/lib/postgresql/data }] }
  volumeClaimTemplates:
    - { metadata: { name: data }, spec: { resources: { requests: { storage: 20Gi } } } }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly-report }
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - { name: report, image: "registry.example.com/shop/report:latest" }
`;

const COMPOSE = `services:
  web:
    build: { context: ./web, dockerfile: Containerfile }
    ports: ["8080:3000", "127.0.0.1:9090:9090/udp"]
    environment:
      LOG_LEVEL: \${LOG_LEVEL:-info}
      REGION: \${REGION}
      SECRET_KEY: abcdefgh12345678
      DATABASE_URL: postgres://db/app
    env_file: .env
    depends_on: [db]
    volumes:
      - ./src:/src
      - uploads:/uploads
    healthcheck:
      test: curl -f http://localhost:3000/
      interval: 1m30s
    deploy:
      replicas: 2
      resources: { limits: { cpus: "0.5", memory: 256M } }
    networks: [back]
  db:
    image: postgres:16
    volumes: ["data:/var/lib/postgresql/data"]
  jobs:
    image: acme/jobs:2
    command: bundle exec sidekiq
volumes: { data: {}, uploads: {} }
`;

describe('a first spec of manifests', () => {
  const offered = () =>
    propose({ 'k8s/web.yaml': WEB, 'k8s/db.yaml': DATABASE });

  it('says in the spec’s own fields what the manifests say', () => {
    const { spec, from, read } = offered();
    expect(from).toBe('kubernetes');
    expect(read).toEqual(['k8s/db.yaml', 'k8s/web.yaml']);
    expect(spec.spec.workloads?.[0]).toEqual({
      name: 'web',
      kind: 'Deployment',
      image: { repository: 'registry.example.com/shop/web', revision: 'v1.2' },
      command: ['/bin/web'],
      args: ['--verbose'],
      ports: [{ name: 'web', port: 8080, protocol: 'http' }],
      domains: ['shop.example.com'],
      env: [
        { name: 'LOG_LEVEL', value: 'info' },
        { name: 'THEME', value: 'dark' },
        { name: 'DB_HOST', value: 'db.prod.svc:5432' },
      ],
      secrets: [
        { name: 'API_TOKEN', from: { vault: 'cart/cart#API_TOKEN' } },
        { name: 'DB_PASSWORD', from: { vault: 'cart/db#password' } },
      ],
      needs: ['db'],
      probes: {
        readiness: {
          type: 'http',
          path: '/ready',
          port: 8080,
          periodSeconds: 5,
        },
      },
      resources: { cpu: '250m', memory: '256Mi', limits: { memory: '512Mi' } },
      volumes: [
        { path: '/var/cache', kind: 'temp', size: '1Gi' },
        { path: '/data', kind: 'disk', size: '5Gi' },
      ],
      autoscaling: { min: 2, max: 6, cpu: 70 },
    });
  });

  it('takes a database for what it is, with the size of its disk', () => {
    expect(offered().spec.spec.databases).toEqual([
      { name: 'db', engine: 'postgres', version: '16-alpine', size: '20Gi' },
    ]);
  });

  it('makes a CronJob one, and takes no tag that moves', () => {
    expect(
      offered().spec.spec.workloads?.find(
        ({ name }) => name === 'nightly-report',
      ),
    ).toEqual({
      name: 'nightly-report',
      kind: 'CronJob',
      image: { repository: 'registry.example.com/shop/report' },
      schedule: '0 3 * * *',
      resources: { cpu: '100m', memory: '128Mi' },
    });
  });

  it('lists what it left, with file, line and why', () => {
    const lines = left(offered());
    const expected: Array<[number, string]> = [
      [6, 'Deployment web: strategy'],
      [11, 'Deployment web: serviceAccountName'],
      [12, 'Deployment web: hostNetwork'],
      [20, 'Deployment web: port 53'],
      [23, 'Deployment web: the value of API_TOKEN'],
      [24, 'Deployment web: the Secret behind DB_PASSWORD'],
      [28, 'Deployment web: variable POD_IP'],
      [36, 'Deployment web: nvidia.com/gpu'],
      [40, 'Deployment web: /etc/web'],
      [41, 'Deployment web: container sidecar'],
      [62, 'Service web: type LoadBalancer'],
      [70, 'Ingress web: tls'],
      [86, 'Deployment web: a metric of its autoscaler'],
      [88, 'Secret db'],
    ];
    for (const [line, what] of expected) {
      expect(lines).toContainEqual(
        expect.stringContaining(`k8s/web.yaml:${line} ${what} – `),
      );
    }
    expect(lines.join('\n')).not.toContain('hunter2');
  });

  it('refers to the store of the organization, where there is no Vault', () => {
    const { spec } = propose(
      { 'k8s/web.yaml': WEB },
      { secretStore: { provider: 'kubernetes' } },
    );
    expect(spec.spec.workloads?.[0].secrets?.[1]).toEqual({
      name: 'DB_PASSWORD',
      from: { store: 'org-shop', key: 'db', property: 'password' },
    });
  });

  it('takes the first of two objects of a name, and says so of the other', () => {
    const { spec, notTaken } = propose({ 'a.yaml': WEB, 'b.yaml': WEB });
    expect(spec.spec.workloads).toHaveLength(1);
    expect(notTaken).toContainEqual({
      file: 'b.yaml',
      line: 1,
      what: 'Deployment web',
      why: 'a.yaml declares one of this name; that one is taken',
    });
  });

  it.each([
    ['a template', 'kind: {{ .Values.kind }}\n', 1, 'render it'],
    ['broken YAML', 'a: 1\nb: [\n', 3, 'not valid YAML'],
    [
      'a bomb',
      `${['a: &a [x, x, x, x, x, x, x, x, x]', ...'bcdefghi'.split('').map((key, i) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(', ')}]`)].join('\n')}\n`,
      1,
      'too deeply',
    ],
  ])('does not read %s, and says so', (_, content, line, why) => {
    const { spec, notTaken } = propose({ 'x.yaml': content });
    expect(spec.spec.workloads).toEqual([]);
    expect(notTaken).toEqual([
      {
        file: 'x.yaml',
        line,
        what: 'the file',
        why: expect.stringContaining(why),
      },
    ]);
  });

  it('keeps what is right of a workload that the schema refuses in parts', () => {
    const { spec, notTaken } = propose({
      'x.yaml': WEB.replace('shop.example.com\n', 'Not_A_Host\n').replace(
        'cpu: 250m',
        'cpu: lots',
      ),
    });
    const [web] = spec.spec.workloads!;
    expect(web.domains ?? []).toEqual([]);
    expect(web.resources).toEqual({ cpu: '100m', memory: '128Mi' });
    expect(web.env).toHaveLength(3);
    expect(notTaken.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['web: domains[0]', 'web: resources']),
    );
  });
});

describe('a first spec of a compose file', () => {
  it('says in the spec’s own fields what the file says', () => {
    const { spec, from } = propose({ 'compose.yaml': COMPOSE });
    expect(from).toBe('compose');
    expect(spec.spec.databases).toEqual([
      { name: 'db', engine: 'postgres', version: '16', size: '1Gi' },
    ]);
    expect(spec.spec.workloads).toEqual([
      {
        name: 'web',
        kind: 'Deployment',
        source: {
          repository: 'shop/cart',
          branch: 'main',
          path: 'web',
          dockerfile: 'Containerfile',
        },
        image: { repository: 'registry.example.com/shop/cart/web' },
        port: 3000,
        replicas: 2,
        resources: {
          cpu: '0.5',
          memory: '256Mi',
          limits: { cpu: '0.5', memory: '256Mi' },
        },
        probes: {
          liveness: {
            type: 'exec',
            command: ['sh', '-c', 'curl -f http://localhost:3000/'],
            periodSeconds: 90,
          },
        },
        env: [
          { name: 'LOG_LEVEL', value: 'info' },
          { name: 'DATABASE_URL', value: 'postgres://db/app' },
        ],
        secrets: [
          { name: 'SECRET_KEY', from: { vault: 'cart/cart#SECRET_KEY' } },
        ],
        needs: ['db'],
        volumes: [{ path: '/uploads', kind: 'disk', size: '1Gi' }],
      },
      {
        name: 'jobs',
        kind: 'Worker',
        image: { repository: 'acme/jobs', revision: '2' },
        resources: { cpu: '100m', memory: '128Mi' },
        args: ['bundle', 'exec', 'sidekiq'],
      },
    ]);
  });

  it('lists what it left, with file, line and why', () => {
    const lines = left(propose({ 'compose.yaml': COMPOSE }));
    const expected: Array<[number, string]> = [
      [4, 'service web: port 9090'],
      [7, 'service web: variable REGION'],
      [8, 'service web: the value of SECRET_KEY'],
      [10, 'service web: env_file'],
      [13, 'service web: /src'],
      [14, 'service web: the size of /uploads'],
      [21, 'service web: networks'],
    ];
    for (const [line, what] of expected) {
      expect(lines).toContainEqual(
        expect.stringContaining(`compose.yaml:${line} ${what}`),
      );
    }
    expect(lines.join('\n')).not.toContain('abcdefgh12345678');
  });

  it('stands back behind manifests, unless it is asked for', () => {
    const files = { 'k8s/web.yaml': WEB, 'compose.yaml': COMPOSE };
    expect(propose(files).from).toBe('kubernetes');
    const chosen = propose(files, { from: 'compose' });
    expect(chosen.from).toBe('compose');
    expect(chosen.notTaken).toContainEqual(
      expect.objectContaining({ file: 'k8s/web.yaml', what: 'the file' }),
    );
  });
});

it('offers an empty spec where nothing runs, and it is a valid one', () => {
  const { spec, from, notTaken } = propose({ 'README.yaml': 'hello: world\n' });
  expect(from).toBeUndefined();
  expect(notTaken).toEqual([]);
  const { problems } = parseFile(stringifyResource(spec as ServiceSpec));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
});

describe('which files are read', () => {
  it('reads manifests and compose files, and none of a chart, of Kustomize or of tests', () => {
    const { read, left: others } = manifestCandidates([
      'src/main.ts',
      'app.yaml',
      'k8s/web.yaml',
      'compose.yaml',
      'compose.override.yml',
      'k8s/kustomization.yaml',
      'chart/Chart.yaml',
      'chart/values.yaml',
      'chart/templates/web.yaml',
      'tests/fixtures/web.yaml',
      '.github/workflows/ci.yaml',
    ]);
    expect(read).toEqual(['compose.yaml', 'k8s/web.yaml', 'app.yaml']);
    expect(others.map(({ path }) => path)).toEqual([
      'chart/templates/web.yaml',
      'compose.override.yml',
      'k8s/kustomization.yaml',
    ]);
  });

  it('reads so many at most, and names the rest', () => {
    const { read, left: others } = manifestCandidates(
      Array.from({ length: MANIFEST_MAX_FILES + 5 }, (_, i) => `k8s/${i}.yaml`),
    );
    expect(read).toHaveLength(MANIFEST_MAX_FILES);
    expect(others).toHaveLength(5);
  });
});
