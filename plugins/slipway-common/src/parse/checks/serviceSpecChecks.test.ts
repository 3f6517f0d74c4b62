import { parseFile } from '../parseFile';
import { changed, SERVICE, told } from '../__testUtils__/service';

const WEB_RESOURCES = `      resources:
        cpu: 100m
        memory: 128Mi
        limits:
          memory: 256Mi
`;

describe('what has to hold across a ServiceSpec', () => {
  it('has nothing against a sound one', () => {
    expect(told(SERVICE)).toEqual([]);
  });

  it.each([
    [
      'two workloads with one name',
      'name: api\n',
      'name: web\n',
      [
        'duplicate spec.workloads[1].name',
        'reference spec.workloads[0].needs[0]',
      ],
    ],
    [
      'a workload with the name of a database',
      'name: cleanup',
      'name: db',
      [
        'duplicate spec.databases[0].name',
        'reference spec.workloads[0].needs[1]',
        'reference spec.workloads[2].needs[0]',
      ],
    ],
    [
      'port beside ports',
      'port: 8080',
      'port: 8080\n      ports: [{ name: a, port: 1 }]',
      ['conflict spec.workloads[0].ports'],
    ],
    [
      'two ports with one name',
      '      autoscaling',
      '        - name: grpc\n          port: 1\n      autoscaling',
      ['duplicate spec.workloads[1].ports[1].name'],
    ],
    [
      'two ports with one number',
      '      autoscaling',
      '        - name: web\n          port: 9090\n      autoscaling',
      ['duplicate spec.workloads[1].ports[1].port'],
    ],
    [
      'a domain twice in a workload',
      '[shop.example.com]',
      '[shop.example.com, shop.example.com]',
      ['duplicate spec.workloads[0].domains[1]'],
    ],
    [
      'a domain of two workloads',
      '      autoscaling',
      '      domains: [shop.example.com]\n      autoscaling',
      [
        'duplicate spec.workloads[1].domains[0]',
        '~duplicate spec.workloads[1].domains',
      ],
    ],
    [
      'a domain that leads to no port',
      '      port: 8080\n',
      '',
      [
        'conflict spec.workloads[0].domains',
        'conflict spec.environments[0].overrides.workloads[0].domains',
        'missing spec.workloads[0].probes.readiness.port',
      ],
    ],
    [
      'a need that points nowhere',
      'needs: [api, db]',
      'needs: [apis, db]',
      ['reference spec.workloads[0].needs[0]'],
    ],
    [
      'a need that stands twice',
      'needs: [api, db]',
      'needs: [api, api]',
      ['duplicate spec.workloads[0].needs[1]'],
    ],
    [
      'a need of itself',
      'needs: [api, db]',
      'needs: [web]',
      ['reference spec.workloads[0].needs[0]'],
    ],
    [
      'a need of its own service',
      'needs: [api, db]',
      'needs: [acme/shop]',
      ['reference spec.workloads[0].needs[0]'],
    ],
    [
      'a need of its own service that points nowhere',
      'needs: [api, db]',
      'needs: [acme/shop/apis]',
      ['reference spec.workloads[0].needs[0]'],
    ],
    [
      'a need of a workload without a port',
      'needs: [api, db]',
      'needs: [cleanup]',
      ['reference spec.workloads[0].needs[0]'],
    ],
    [
      'a need with a port out of range',
      ':443',
      ':70000',
      ['range spec.workloads[2].needs[1]'],
    ],
    [
      'a need that is no need',
      'needs: [api, db]',
      'needs: [http://api]',
      ['format spec.workloads[0].needs[0]'],
    ],
    [
      'a variable that is set twice',
      'name: LOG_LEVEL',
      'name: API_TOKEN',
      [
        'duplicate spec.workloads[0].secrets[0].name',
        'literal-secret spec.workloads[0].env[0].value',
      ],
    ],
    [
      'autoscaling beside replicas',
      '      autoscaling',
      '      replicas: 2\n      autoscaling',
      ['conflict spec.workloads[1].replicas'],
    ],
    [
      'autoscaling that ends before it starts',
      'max: 4',
      'max: 1',
      ['range spec.workloads[1].autoscaling.max'],
    ],
    [
      'a limit below the request',
      'memory: 256Mi',
      'memory: 64Mi',
      ['range spec.workloads[0].resources.limits.memory'],
    ],
    [
      'resources of nothing',
      'cpu: 100m',
      'cpu: 0m',
      ['range spec.workloads[0].resources.cpu'],
    ],
    [
      'memory that was meant as Mi',
      'memory: 128Mi',
      "memory: '128'",
      ['~range spec.workloads[0].resources.memory'],
    ],
    [
      'a disk without a size',
      WEB_RESOURCES,
      `      volumes: [{ path: /data, kind: disk }]\n${WEB_RESOURCES}`,
      ['missing spec.workloads[0].volumes[0].size'],
    ],
    [
      'two volumes at one path',
      WEB_RESOURCES,
      `      volumes: [{ path: /a }, { path: /a }]\n${WEB_RESOURCES}`,
      ['duplicate spec.workloads[0].volumes[1].path'],
    ],
    [
      'a disk for several replicas',
      WEB_RESOURCES,
      `      replicas: 2\n      volumes: [{ path: /data, kind: disk, size: 1Gi }]\n${WEB_RESOURCES}`,
      ['~conflict spec.workloads[0].volumes[0]'],
    ],
    [
      'a CronJob without a schedule',
      "      schedule: '0 3 * * *'\n",
      '',
      ['missing spec.workloads[2].schedule'],
    ],
    [
      'a CronJob that is called',
      "schedule: '0 3 * * *'",
      "schedule: '0 3 * * *'\n      port: 80",
      ['conflict spec.workloads[2].port'],
    ],
    [
      'a schedule that is none',
      '0 3 * * *',
      '0 25 * * *',
      ['format spec.workloads[2].schedule'],
    ],
    [
      'a schedule of a Deployment',
      '      port: 8080',
      "      port: 8080\n      schedule: '@daily'",
      ['conflict spec.workloads[0].schedule'],
    ],
    [
      'a Worker with a domain',
      '- name: web\n',
      '- name: web\n      kind: Worker\n',
      [
        'conflict spec.workloads[0].domains',
        'conflict spec.environments[0].overrides.workloads[0].domains',
      ],
    ],
    [
      'a probe with fields of another type',
      '          path: /healthz',
      '          path: /healthz\n          service: x\n          command: [a]',
      [
        'conflict spec.workloads[0].probes.readiness.service',
        'conflict spec.workloads[0].probes.readiness.command',
      ],
    ],
    [
      'an exec probe without a command',
      'type: http\n          path: /healthz',
      'type: exec',
      ['missing spec.workloads[0].probes.readiness.command'],
    ],
    [
      'a liveness probe that asks for several successes',
      'readiness:',
      'liveness: { type: tcp, successThreshold: 2 }\n        readiness:',
      ['range spec.workloads[0].probes.liveness.successThreshold'],
    ],
    [
      'a secret from two places',
      'vault: shop/web#token',
      'vault: shop/web#token\n            store: vault',
      ['conflict spec.workloads[0].secrets[0].from'],
    ],
    [
      'a secret from half a place',
      'vault: shop/web#token',
      'store: vault',
      ['conflict spec.workloads[0].secrets[0].from'],
    ],
    [
      'credentials from nowhere',
      'size: 10Gi',
      'size: 10Gi\n      credentials: { key: a }',
      ['conflict spec.databases[0].credentials'],
    ],
    [
      'a database of no size',
      'size: 10Gi',
      "size: '0'",
      ['range spec.databases[0].size'],
    ],
    [
      'a digest without its revision',
      '      ports:',
      `        digest: sha256:${'a'.repeat(64)}\n      ports:`,
      ['conflict spec.workloads[1].image.digest'],
    ],
    [
      'a patch without a value',
      WEB_RESOURCES,
      `      patches: [{ target: { kind: Deployment }, patch: [{ op: add, path: /a }] }]\n${WEB_RESOURCES}`,
      ['missing spec.workloads[0].patches[0].patch[0].value'],
    ],
    [
      'an override of an unknown workload',
      '          - name: web\n',
      '          - name: wep\n',
      [
        'reference spec.environments[0].overrides.workloads[0].name',
        '~duplicate spec.workloads[0].domains',
      ],
    ],
    [
      'an override with a limit below the request',
      '            replicas: 2',
      '            resources: { limits: { memory: 1Mi } }',
      [
        'range spec.environments[0].overrides.workloads[0].resources.limits.memory',
      ],
    ],
    [
      'an override that needs nothing known',
      '            replicas: 2',
      '            needs: [nobody]',
      ['reference spec.environments[0].overrides.workloads[0].needs[0]'],
    ],
    [
      'an override of a kind',
      '            replicas: 2',
      '            kind: Worker',
      ['unknown-key spec.environments[0].overrides.workloads[0].kind'],
    ],
    [
      'an environment twice',
      '- name: production',
      '- name: staging',
      [
        'duplicate spec.environments[1].name',
        'cycle spec.environments[1].promoteFrom',
      ],
    ],
    [
      'a promotion from nowhere',
      'promoteFrom: staging',
      'promoteFrom: test',
      ['reference spec.environments[1].promoteFrom'],
    ],
    [
      'a promotion in a circle',
      'class: shared-staging',
      'class: shared-staging\n      promoteFrom: production',
      ['cycle spec.environments[0].promoteFrom'],
    ],
    [
      'a lifetime of nothing',
      'class: shared-staging',
      'class: shared-staging\n      ttl: 0s',
      ['range spec.environments[0].ttl'],
    ],
    [
      'the namespace of another organization',
      'name: shop\n',
      'name: shop\n  namespace: org-other\n',
      ['conflict metadata.namespace'],
    ],
  ])('tells of %s', (_, from, to, expected) => {
    expect(told(changed(from, to)).sort()).toEqual([...expected].sort());
  });

  it('warns of a domain that several environments would answer for', () => {
    const text = changed(
      '            domains: [staging.shop.example.com]\n',
      '',
    );
    expect(parseFile(text).problems).toMatchObject([
      {
        severity: 'warning',
        code: 'duplicate',
        path: 'spec.workloads[0].domains',
        found: 'staging, production',
      },
    ]);
    expect(parseFile(text).resources).toHaveLength(1);
  });

  it('tells a circle of promotions once, and says how it goes round', () => {
    const text = `${changed('class: shared-staging', 'class: shared-staging\n      promoteFrom: third')}    - name: third\n      class: production\n      promoteFrom: production\n`;
    expect(
      parseFile(text).problems.filter(({ code }) => code === 'cycle'),
    ).toMatchObject([
      { code: 'cycle', found: 'staging ← third ← production ← staging' },
    ]);
  });

  it('speaks up beside the errors of the schema', () => {
    const text = changed(
      'owner: group:default/shop',
      'owner: 5',
      changed('promoteFrom: staging', 'promoteFrom: x'),
    );
    expect(told(text)).toEqual([
      'type spec.owner',
      'reference spec.environments[1].promoteFrom',
    ]);
  });
});
