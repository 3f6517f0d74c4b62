import { NotFoundError } from '@backstage/errors';
import {
  foundByRepository,
  type PipelineCluster,
  type PipelinePart,
  type WatchedObject,
} from '@slipway/plugin-slipway-node';
import { gzipSync } from 'node:zlib';
import { ArgoWorkflowsEngine } from './ArgoWorkflowsEngine';
import { podNameOf } from './podName';
import type { WorkflowNode } from './workflow';

const OURS = {
  'slipway.dev/organization': 'acme',
  'slipway.dev/service': 'shop',
};

function workflow(
  status: object = {},
  { spec = {}, ...metadata }: { spec?: object; [field: string]: unknown } = {},
): WatchedObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: {
      name: 'build-x',
      namespace: 'org-acme',
      uid: 'run-uid',
      labels: OURS,
      ...metadata,
    },
    spec: { entrypoint: 'main', ...spec },
    status,
  };
}

const node = (id: string, more: Partial<WorkflowNode> = {}): WorkflowNode => ({
  id,
  name: `build-x.${id}`,
  displayName: id,
  type: 'Pod',
  templateName: 'work',
  phase: 'Succeeded',
  ...more,
});

const byId = (...nodes: WorkflowNode[]) =>
  Object.fromEntries(nodes.map(one => [one.id, one]));

const engine = ArgoWorkflowsEngine.create({
  runUrl: 'https://argo.example.com/workflows/{namespace}/{name}',
});

function trimmed(object: WatchedObject) {
  const part = engine.kinds[0].trim(object)!.value as unknown as PipelinePart;
  return (part as PipelinePart & { part: 'run' }).run;
}

describe('what is kept of a Workflow', () => {
  it.each([
    [{}, {}, 'queued'],
    [{ phase: 'Pending' }, {}, 'queued'],
    [{ phase: 'Running', startedAt: 't' }, {}, 'running'],
    [{ phase: 'Succeeded' }, {}, 'succeeded'],
    [{ phase: 'Failed' }, {}, 'failed'],
    [{ phase: 'Error' }, {}, 'failed'],
    [{ phase: 'Failed' }, { shutdown: 'Terminate' }, 'cancelled'],
  ])('is the state that %j with %j means: %s', (status, spec, state) => {
    expect(trimmed(workflow(status, { spec })).state).toBe(state);
  });

  it('names template, revision, trigger and page', () => {
    const object = workflow(
      { phase: 'Running', startedAt: 't' },
      {
        labels: { ...OURS, 'workflows.argoproj.io/cron-workflow': 'nightly' },
        spec: {
          workflowTemplateRef: { name: 'build' },
          arguments: { parameters: [{ name: 'revision', value: 'abc' }] },
        },
      },
    );
    expect(trimmed(object)).toMatchObject({
      pipeline: 'build',
      revision: 'abc',
      trigger: 'cron nightly',
      url: 'https://argo.example.com/workflows/org-acme/build-x',
    });
  });

  const tree = byId(
    node('build-x', { type: 'DAG', children: ['a'], phase: 'Failed' }),
    node('b', {
      phase: 'Failed',
      message: 'main: Error (exit code 3)',
      outputs: { exitCode: '3' },
      children: ['c'],
      startedAt: 't2',
    }),
    node('a', { children: ['b'], startedAt: 't1' }),
    node('c', { type: 'Skipped', phase: 'Omitted' }),
  );

  it('is its steps as they follow one another, groups left out', () => {
    const run = trimmed(workflow({ phase: 'Failed', nodes: tree }));
    expect(run.steps).toEqual([
      {
        id: 'a',
        name: 'a',
        task: 'work',
        state: 'succeeded',
        startedAt: 't1',
        logs: true,
      },
      {
        id: 'b',
        name: 'b',
        task: 'work',
        state: 'failed',
        startedAt: 't2',
        exitCode: 3,
        logs: true,
      },
      { id: 'c', name: 'c', task: 'work', state: 'skipped', logs: false },
    ]);
  });

  it('says more of a failed step than its exit code where Argo does', () => {
    const killed = node('k', {
      phase: 'Failed',
      message: 'OOMKilled (exit code 137)',
      outputs: { exitCode: '137' },
    });
    const lost = node('l', { phase: 'Error', message: 'pod deleted' });
    const { steps } = trimmed(
      workflow({ phase: 'Failed', nodes: byId(killed, lost) }),
    );
    expect(steps.map(({ message }) => message)).toEqual([
      'OOMKilled (exit code 137)',
      'pod deleted',
    ]);
  });

  it('is read from compressed nodes, too, and says so where they are elsewhere or broken', () => {
    const compressedNodes = gzipSync(JSON.stringify(tree)).toString('base64');
    expect(
      trimmed(workflow({ phase: 'Failed', compressedNodes })).steps,
    ).toHaveLength(3);
    expect(
      trimmed(workflow({ phase: 'Failed', offloadNodeStatusVersion: 'v' })),
    ).toMatchObject({ steps: [], message: expect.stringMatching(/database/) });
    expect(
      trimmed(workflow({ phase: 'Failed', compressedNodes: 'eA==' })),
    ).toMatchObject({
      steps: [],
      message: expect.stringMatching(/can't be read/),
    });
  });

  it('of thousands of steps is those that failed, and a part of the rest', () => {
    const many = Array.from({ length: 3_000 }, (_, i) =>
      node(`n${i}`, i > 2_990 ? { phase: 'Failed' } : {}),
    );
    const run = trimmed(workflow({ phase: 'Failed', nodes: byId(...many) }));
    expect(run.steps).toHaveLength(200);
    expect(run.steps.filter(({ state }) => state === 'failed')).toHaveLength(9);
    expect(run.message).toMatch(/200 of its 3000 steps/);
  });

  it('is found by its repository where it has no label', () => {
    const object = workflow(
      {},
      {
        labels: {},
        spec: {
          arguments: {
            parameters: [{ name: 'repo', value: 'git@g.example:a/b.git' }],
          },
        },
      },
    );
    expect(engine.kinds[0].trim(object)).toMatchObject({
      owner: foundByRepository('g.example/a/b'),
      value: { run: { byUs: false } },
    });
    expect(engine.kinds[0].trim(workflow({}, { labels: {} }))).toBeUndefined();
  });
});

describe('the name of a Pod', () => {
  it('is that of the workflow for its only step', () => {
    const object = workflow({}, { name: 'hello' });
    expect(podNameOf(object, node('id', { name: 'hello' }))).toBe('hello');
  });

  it("else ends in the FNV-1a of the node's name", () => {
    const object = workflow({}, { name: 'two-tasks' });
    // 0xbf9cf968, from the published test vectors.
    expect(podNameOf(object, node('id', { name: 'foobar' }))).toBe(
      'two-tasks-work-3214735720',
    );
  });

  it('is the id of the node where the workflow says so', () => {
    const object = workflow(
      {},
      { annotations: { 'workflows.argoproj.io/pod-name-format': 'v1' } },
    );
    expect(podNameOf(object, node('build-x-123'))).toBe('build-x-123');
  });
});

describe('logs and re-runs', () => {
  const objects = new Map<string, WatchedObject>();
  const created: WatchedObject[] = [];
  const cluster: PipelineCluster = {
    name: 'eu',
    get: async ({ name }) => objects.get(name),
    create: async object => {
      if (objects.has(object.metadata.name)) return false;
      created.push(object);
      objects.set(object.metadata.name, {
        ...object,
        metadata: { ...object.metadata, uid: `uid of ${object.metadata.name}` },
      });
      return true;
    },
    podLog: async ({ pod, container }) => ({
      lines: [{ text: `${pod} ${container}` }],
      truncated: false,
    }),
  };
  const request = { key: 'k', actor: 'user:default/ann' };

  beforeEach(() => {
    objects.clear();
    created.length = 0;
  });

  it("reads a step's log from its Pod, and that of a container set from the set's", async () => {
    const set = node('set', { type: 'Pod', name: 'build-x' });
    const inner = node('inner', { type: 'Container', boundaryID: 'set' });
    const object = workflow({ nodes: byId(set, inner) });
    objects.set('build-x', object);
    const log = (step: string) =>
      engine.readLog(cluster, trimmed(object), { step, tail: 5 });
    await expect(log('set')).resolves.toMatchObject({
      lines: [{ text: 'build-x main' }],
    });
    await expect(log('inner')).resolves.toMatchObject({
      lines: [{ text: 'build-x inner' }],
    });
    await expect(log('other')).rejects.toThrow(NotFoundError);
  });

  it('submits the same spec once for a key, without what ended the old one', async () => {
    const object = workflow(
      { phase: 'Failed' },
      {
        labels: {
          ...OURS,
          'workflows.argoproj.io/completed': 'true',
          'workflows.argoproj.io/phase': 'Failed',
        },
        spec: { shutdown: 'Stop', activeDeadlineSeconds: 0 },
      },
    );
    objects.set('build-x', object);
    const [one, two] = await Promise.all([
      engine.rerun(cluster, trimmed(object), request),
      engine.rerun(cluster, trimmed(object), request),
    ]);
    expect(one).toEqual(two);
    expect(created).toHaveLength(1);
    expect(created[0].spec).toEqual({ entrypoint: 'main' });
    expect(created[0].metadata.labels).toEqual({
      ...OURS,
      'workflows.argoproj.io/resubmitted-from-workflow': 'build-x',
    });
  });

  it('submits nothing in place of a workflow that is gone', async () => {
    await expect(
      engine.rerun(cluster, trimmed(workflow()), request),
    ).rejects.toThrow(NotFoundError);
  });
});
