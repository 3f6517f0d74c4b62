import { NotFoundError } from '@backstage/errors';
import {
  foundById,
  foundByRepository,
  foundByRun,
  type PipelineCluster,
  type PipelinePart,
  type WatchedObject,
} from '@slipway/plugin-slipway-node';
import { TektonEngine } from './TektonEngine';

const OURS = {
  'slipway.dev/organization': 'acme',
  'slipway.dev/service': 'shop',
};

function run(
  status: object = {},
  { spec = {}, ...metadata }: { spec?: object; [field: string]: unknown } = {},
): WatchedObject {
  return {
    apiVersion: 'tekton.dev/v1',
    kind: 'PipelineRun',
    metadata: {
      name: 'build-x',
      namespace: 'org-acme',
      uid: 'run-uid',
      labels: OURS,
      ...metadata,
    },
    spec: { pipelineRef: { name: 'build' }, ...spec },
    status,
  };
}

function task(
  status: object,
  metadata: Partial<WatchedObject['metadata']> = {},
): WatchedObject {
  return {
    apiVersion: 'tekton.dev/v1',
    kind: 'TaskRun',
    metadata: {
      name: 'build-x-test',
      namespace: 'org-acme',
      uid: 'task-uid',
      labels: { ...OURS, 'tekton.dev/pipelineTask': 'test' },
      ownerReferences: [
        {
          apiVersion: 'tekton.dev/v1',
          kind: 'PipelineRun',
          name: 'build-x',
          uid: 'run-uid',
        },
      ],
      ...metadata,
    },
    status,
  };
}

const succeeded = (status: string, reason = '', message?: string) => ({
  conditions: [{ type: 'Succeeded', status, reason, message }],
});

const engine = TektonEngine.create();
const [runs, tasks] = engine.kinds;

function trimmedRun(object: WatchedObject) {
  const { part, ...rest } = runs.trim(object)!
    .value as unknown as PipelinePart & { part: 'run' };
  expect(part).toBe('run');
  return rest.run;
}

function trimmedTask(object: WatchedObject) {
  return tasks.trim(object)!.value as unknown as PipelinePart & {
    part: 'task';
  };
}

describe('what is kept of a PipelineRun', () => {
  it.each([
    [{}, 'queued'],
    [{ startTime: 't', ...succeeded('Unknown', 'Running') }, 'running'],
    [succeeded('True', 'Succeeded'), 'succeeded'],
    [succeeded('False', 'Failed', 'build failed'), 'failed'],
    [succeeded('False', 'PipelineRunTimeout'), 'failed'],
    [succeeded('False', 'Cancelled'), 'cancelled'],
    [{ startTime: 't', completionTime: 't' }, 'unknown'],
  ])('is the state that %j means: %s', (status, state) => {
    expect(trimmedRun(run(status)).state).toBe(state);
  });

  it('is queued while somebody holds it back', () => {
    const object = run(
      { startTime: 't' },
      { spec: { status: 'PipelineRunPending' } },
    );
    expect(trimmedRun(object).state).toBe('queued');
  });

  it('names pipeline, revision, branch and trigger, and what it repeats', () => {
    const object = run(
      {},
      {
        labels: {
          ...OURS,
          'triggers.tekton.dev/trigger': 'on-push',
        },
        spec: {
          params: [
            { name: 'revision', value: 'abc' },
            { name: 'branch', value: 'main' },
          ],
        },
      },
    );
    expect(trimmedRun(object)).toMatchObject({
      id: 'run-uid',
      byUs: true,
      pipeline: 'build',
      revision: 'abc',
      branch: 'main',
      trigger: 'on-push',
    });
    const again = run(
      {},
      {
        annotations: {
          'slipway.dev/rerun-of': 'old',
          'slipway.dev/rerun-by': 'user:default/ann',
        },
      },
    );
    expect(trimmedRun(again)).toMatchObject({
      rerunOf: 'old',
      trigger: 're-run by user:default/ann',
    });
  });

  it('has one step a task in the order of the pipeline, also for those that have not begun', () => {
    const status = {
      startTime: 't',
      ...succeeded('Unknown'),
      pipelineSpec: {
        tasks: [{ name: 'clone' }, { name: 'lint' }, { name: 'test' }],
        finally: [{ name: 'report' }],
      },
      skippedTasks: [
        { name: 'lint', reason: 'When Expressions evaluated to false' },
      ],
      childReferences: [
        { kind: 'TaskRun', name: 'x-test', pipelineTaskName: 'test' },
        { kind: 'TaskRun', name: 'x-clone', pipelineTaskName: 'clone' },
      ],
    };
    expect(
      trimmedRun(run(status)).steps.map(({ id, state }) => `${id} ${state}`),
    ).toEqual([
      'x-clone unknown',
      'lint skipped',
      'x-test unknown',
      'report queued',
    ]);
    const over = { ...status, ...succeeded('False', 'Failed') };
    expect(trimmedRun(run(over)).steps.at(-1)).toMatchObject({
      id: 'report',
      state: 'skipped',
    });
  });

  it('takes the tasks of a run that succeeded for done, also those that tell nothing', () => {
    const status = {
      ...succeeded('True'),
      childReferences: [
        { kind: 'CustomRun', name: 'x-approve', pipelineTaskName: 'approve' },
      ],
    };
    expect(trimmedRun(run(status)).steps).toEqual([
      expect.objectContaining({ id: 'x-approve', state: 'succeeded' }),
    ]);
  });

  it('links to a configured dashboard, else to what Pipelines as Code says, if that is a page', () => {
    const configured = TektonEngine.create({
      runUrl: 'https://tekton.example.com/#/{namespace}/{name}',
    });
    expect(configured.kinds[0].trim(run())!.value).toMatchObject({
      run: { url: 'https://tekton.example.com/#/org-acme/build-x' },
    });
    const annotated = (url: string) =>
      trimmedRun(
        run({}, { annotations: { 'pipelinesascode.tekton.dev/log-url': url } }),
      ).url;
    expect(annotated('https://ci.example.com/1')).toBe(
      'https://ci.example.com/1',
    );
    // eslint-disable-next-line no-script-url -- what must not become a link
    expect(annotated('javascript:alert(1)')).toBeUndefined();
  });

  it('is kept under what it is found by, and nothing is kept of a run that nobody can be told of', () => {
    const id = run({}, { labels: { 'backstage.io/kubernetes-id': 'shop' } });
    expect(runs.trim(id)).toMatchObject({
      owner: foundById('org-acme', 'shop'),
      value: { run: { byUs: false } },
    });
    const repository = run(
      {},
      {
        labels: {},
        spec: {
          params: [{ name: 'repo-url', value: 'https://g.example/a/b' }],
        },
      },
    );
    expect(runs.trim(repository)!.owner).toEqual(
      foundByRepository('g.example/a/b'),
    );
    expect(runs.trim(run({}, { labels: {} }))).toBeUndefined();
  });
});

describe('what is kept of a TaskRun', () => {
  const terminated = (exitCode: number, more: object = {}) => ({
    terminated: { exitCode, reason: exitCode ? 'Error' : 'Completed', ...more },
  });

  it('is its steps, in place of the step that stood for the task', () => {
    const kept = trimmedTask(
      task({
        podName: 'pod',
        ...succeeded(
          'False',
          'Failed',
          '"step-unit" exited with code 2: Error',
        ),
        steps: [
          { name: 'prepare', container: 'step-prepare', ...terminated(0) },
          { name: 'unit', container: 'step-unit', ...terminated(2) },
          {
            name: 'report',
            container: 'step-report',
            terminationReason: 'Skipped',
            ...terminated(2),
          },
        ],
      }),
    );
    expect(kept).toEqual({
      part: 'task',
      run: 'run-uid',
      replaces: 'build-x-test',
      steps: [
        {
          id: 'build-x-test/step-prepare',
          name: 'prepare',
          task: 'test',
          state: 'succeeded',
          exitCode: 0,
          logs: true,
        },
        {
          id: 'build-x-test/step-unit',
          name: 'unit',
          task: 'test',
          state: 'failed',
          exitCode: 2,
          logs: true,
        },
        {
          id: 'build-x-test/step-report',
          name: 'report',
          task: 'test',
          state: 'skipped',
          logs: false,
        },
      ],
    });
  });

  it('says more of a failed step than its exit code only where Tekton does', () => {
    const kept = trimmedTask(
      task({
        ...succeeded('False', 'TaskRunTimeout', 'failed to finish within "1m"'),
        steps: [{ name: 'a', ...terminated(1) }],
      }),
    );
    expect(kept.steps[0].message).toBe('failed to finish within "1m"');
    const killed = trimmedTask(
      task({
        ...succeeded('False', 'Failed', '"step-a" exited with code 137'),
        steps: [{ name: 'a', ...terminated(137, { reason: 'OOMKilled' }) }],
      }),
    );
    expect(killed.steps[0].message).toBe('OOMKilled');
  });

  it("doesn't take results for the reason of an end", () => {
    const kept = trimmedTask(
      task({
        ...succeeded('True'),
        steps: [
          {
            name: 'a',
            ...terminated(0, { message: '[{"key":"digest","value":"x"}]' }),
          },
        ],
      }),
    );
    expect(kept.steps[0].message).toBeUndefined();
  });

  it('tells why a task failed in which no step did', () => {
    const kept = trimmedTask(
      task(succeeded('False', 'TaskRunImagePullFailed', 'no such image')),
    );
    expect(kept.steps).toEqual([
      {
        id: 'build-x-test',
        name: 'test',
        task: 'test',
        state: 'failed',
        message: 'no such image',
        logs: false,
      },
    ]);
  });

  it('says what is running, and what waits for what', () => {
    const kept = trimmedTask(
      task({
        podName: 'pod',
        startTime: 't',
        ...succeeded('Unknown', 'Running'),
        steps: [
          { name: 'a', running: { startedAt: 't' } },
          { name: 'b', waiting: { reason: 'PodInitializing' } },
          { name: 'c', waiting: { reason: 'ImagePullBackOff' } },
        ],
      }),
    );
    expect(
      kept.steps.map(({ state, message, logs }) => [state, message, logs]),
    ).toEqual([
      ['running', undefined, true],
      ['queued', undefined, false],
      ['queued', 'ImagePullBackOff', false],
    ]);
  });

  it('is kept under its run where its labels tell nothing, and not at all without a run', () => {
    expect(tasks.trim(task({}, { labels: {} }))!.owner).toEqual(
      foundByRun('run-uid'),
    );
    expect(tasks.trim(task({}, { ownerReferences: [] }))).toBeUndefined();
  });
});

describe('logs and re-runs', () => {
  const created: WatchedObject[] = [];
  const objects = new Map<string, WatchedObject>();
  const cluster: PipelineCluster = {
    name: 'eu',
    get: async ({ kind, name }) => objects.get(`${kind}/${name}`),
    create: async object => {
      const id = `${object.kind}/${object.metadata.name}`;
      if (objects.has(id)) return false;
      created.push(object);
      objects.set(id, {
        ...object,
        metadata: { ...object.metadata, uid: `uid of ${id}` },
      });
      return true;
    },
    podLog: async ({ pod, container, tail }) => ({
      lines: [{ text: `${pod} ${container} ${tail}` }],
      truncated: false,
    }),
  };
  const item = trimmedRun(run());
  const request = { key: 'k', actor: 'user:default/ann' };

  beforeEach(() => {
    created.length = 0;
    objects.clear();
  });

  it("reads a step's log from the Pod that its TaskRun names", async () => {
    objects.set('TaskRun/build-x-test', task({ podName: 'the-pod' }));
    await expect(
      engine.readLog(cluster, item, {
        step: 'build-x-test/step-unit',
        tail: 10,
      }),
    ).resolves.toEqual({
      lines: [{ text: 'the-pod step-unit 10' }],
      truncated: false,
    });
  });

  it('says so when the Pod is gone', async () => {
    await expect(
      engine.readLog(cluster, item, { step: 'build-x-test/a', tail: 1 }),
    ).rejects.toThrow(/no Pod/);
    await expect(
      engine.readLog(cluster, item, { step: 'lint', tail: 1 }),
    ).rejects.toThrow(/no step that has a log/);
  });

  it('makes one run of the same spec, however often it is asked with the same key', async () => {
    objects.set(
      'PipelineRun/build-x',
      run(succeeded('False'), {
        generateName: 'build-',
        labels: { ...OURS, 'tekton.dev/pipeline': 'build' },
        spec: { status: 'Cancelled', timeouts: { pipeline: '1h' } },
      }),
    );
    const answers = await Promise.all([
      engine.rerun(cluster, item, request),
      engine.rerun(cluster, item, request),
    ]);
    expect(answers[0]).toEqual(answers[1]);
    expect(created).toHaveLength(1);
    expect(created[0]).toMatchObject({
      metadata: {
        name: expect.stringMatching(/^build-[0-9a-f]{10}$/),
        namespace: 'org-acme',
        labels: OURS,
        annotations: { 'slipway.dev/rerun-of': 'run-uid' },
      },
      spec: { pipelineRef: { name: 'build' }, timeouts: { pipeline: '1h' } },
    });
    expect(created[0].spec).not.toHaveProperty('status');
    expect(created[0].metadata.labels).not.toHaveProperty(
      'tekton.dev/pipeline',
    );
    await engine.rerun(cluster, item, { ...request, key: 'another' });
    expect(created).toHaveLength(2);
  });

  it('runs nothing in place of a run that is gone, or of another with its name', async () => {
    await expect(engine.rerun(cluster, item, request)).rejects.toThrow(
      NotFoundError,
    );
    objects.set('PipelineRun/build-x', run({}, { uid: 'another' }));
    await expect(engine.rerun(cluster, item, request)).rejects.toThrow(
      NotFoundError,
    );
    expect(created).toEqual([]);
  });
});
