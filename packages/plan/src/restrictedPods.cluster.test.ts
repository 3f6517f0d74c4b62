import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  apply,
  call,
  create,
  until,
  withCluster,
} from './__testUtils__/realCluster';
import type { KubernetesObject } from './types';

/**
 * Pods are refused when they are made, long after a Deployment was taken: so the controllers make them here, in
 * namespaces that enforce what Slipway's do. Nothing schedules them; admission is the matter.
 */
const GOLDEN = join(__dirname, '__golden__');

interface Template {
  metadata: object;
  spec: {
    runtimeClassName?: string;
    priorityClassName?: string;
    containers: object[];
  };
}
interface Spec {
  replicas?: number;
  template?: Template;
  jobTemplate?: { metadata: object; spec: { template: Template } };
}
interface Status {
  replicas?: number;
  active?: number;
  conditions?: Array<{ type: string; message: string }>;
}
const specOf = (object: KubernetesObject) => object.spec as Spec;

withCluster('Pods that controllers make, on a real API server', () => {
  const run = Date.now().toString(36);
  const made: string[] = [];

  afterAll(async () => {
    for (const path of made) await call('DELETE', path);
  });

  async function must(object: KubernetesObject): Promise<void> {
    const answer = await apply(object, { dryRun: false });
    expect(answer?.body.message).toBeUndefined();
  }

  /** What a golden case holds, in a namespace of its own. */
  function objectsOf(name: string): KubernetesObject[] {
    const objects = ['platform', 'workload'].flatMap(part =>
      readdirSync(join(GOLDEN, name, part))
        .filter(file => file.endsWith('.yaml'))
        .map(file =>
          parse(readFileSync(join(GOLDEN, name, part, file), 'utf8')),
        ),
    ) as KubernetesObject[];
    const own = objects.find(({ kind }) => kind === 'Namespace')!.metadata.name;
    made.push(`/api/v1/namespaces/pods-${run}-${name}`);
    return JSON.parse(
      JSON.stringify(objects).replaceAll(`"${own}"`, `"pods-${run}-${name}"`),
    );
  }

  /** Only those of Slipway's kinds on which a Pod depends. */
  async function prepare(objects: KubernetesObject[]): Promise<void> {
    for (const kind of [
      'Namespace',
      'ServiceAccount',
      'LimitRange',
      'ResourceQuota',
    ]) {
      for (const object of objects.filter(one => one.kind === kind))
        await must(object);
    }
    // What the platform team has to have before: classes that Pods name.
    for (const object of objects) {
      const spec = specOf(object);
      const template = spec?.template ?? spec?.jobTemplate?.spec.template;
      const { runtimeClassName: handler, priorityClassName: priority } =
        template?.spec ?? {};
      if (handler)
        await must(
          clusterScoped('node.k8s.io/v1', 'RuntimeClass', handler, { handler }),
        );
      if (priority)
        await must(
          clusterScoped('scheduling.k8s.io/v1', 'PriorityClass', priority, {
            value: 1,
          }),
        );
    }
  }

  function clusterScoped(
    apiVersion: string,
    kind: string,
    name: string,
    more: object,
  ): KubernetesObject {
    const folder = kind.toLowerCase().replace(/ss$/, 'sses');
    made.push(`/apis/${apiVersion}/${folder}/${name}`);
    return { apiVersion, kind, metadata: { name }, ...more };
  }

  /** What came of an object once its controller has made all its Pods, or has said why not. */
  async function outcome(object: KubernetesObject): Promise<string> {
    const { namespace, name } = object.metadata;
    const [group, folder, wanted] = {
      Deployment: ['apps', 'deployments', specOf(object).replicas ?? 1],
      StatefulSet: ['apps', 'statefulsets', 1],
      Job: ['batch', 'jobs', 1],
    }[object.kind] as [string, string, number];
    const path = `/apis/${group}/v1/namespaces/${namespace}/${folder}/${name}`;
    return until(async () => {
      const { body } = await call('GET', path);
      const { replicas, active, conditions } = (body.status ?? {}) as Status;
      const failure = conditions?.find(({ type }) => type === 'ReplicaFailure');
      if (failure) return failure.message;
      return (replicas ?? active ?? 0) >= wanted ? 'made' : undefined;
    }, `the Pods of ${object.kind} ${name}`);
  }

  /** A CronJob's next Job, without waiting for its time. */
  function jobOf(cronJob: KubernetesObject): KubernetesObject {
    const { metadata, spec } = specOf(cronJob).jobTemplate!;
    const { namespace, name } = cronJob.metadata;
    return {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { ...metadata, name: `${name}-now`, namespace },
      spec,
    };
  }

  it.each(readdirSync(GOLDEN))(
    'are admitted under Pod Security restricted, quota and limits: %s',
    async name => {
      const objects = objectsOf(name);
      await prepare(objects);
      const running = objects
        .filter(({ kind }) =>
          ['Deployment', 'StatefulSet', 'CronJob'].includes(kind),
        )
        .map(object => (object.kind === 'CronJob' ? jobOf(object) : object));
      for (const object of running) await must(object);
      for (const object of running) {
        expect(`${object.metadata.name} ${await outcome(object)}`).toBe(
          `${object.metadata.name} made`,
        );
      }
    },
    120_000,
  );

  it('are refused when somebody has patched one to be privileged', async () => {
    const objects = objectsOf('argoplat');
    await prepare(objects);
    const deployment = structuredClone(
      objects.find(({ kind }) => kind === 'Deployment')!,
    );
    deployment.metadata.name = 'privileged';
    specOf(deployment).template!.spec.containers = [
      {
        name: 'web',
        image: 'example.com/web:1',
        resources: { requests: { cpu: '1m', memory: '1Mi' } },
        securityContext: { privileged: true },
      },
    ];
    await create(deployment);
    expect(await outcome(deployment)).toMatch(
      /violates PodSecurity "restricted/,
    );
  }, 60_000);
});
