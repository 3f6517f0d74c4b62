import { Body, Target, namespaceFor, until } from '../../../conformance/target';
import { Sandbox, startSandbox } from '../..';

describe('the stand-in for Tekton', () => {
  let sandbox: Sandbox;
  let target: Target;
  let path: string;
  let namespace: string;

  beforeAll(async () => {
    sandbox = await startSandbox({
      clusters: [{ name: 'one' }],
      timings: { podStartMs: 20, podStopMs: 20, workMs: 30 },
    });
    const [{ url, token }] = sandbox.clusters;
    target = Target.to(url, token);
    namespace = await namespaceFor(target, 'pipelines');
    path = `/apis/tekton.dev/v1/namespaces/${namespace}`;
  });

  afterAll(() => sandbox.stop());

  const step = (tag: string) => ({
    taskSpec: { steps: [{ name: 'work', image: `registry.test/work:${tag}` }] },
  });
  const run = (name: string, spec: object, annotations: object = {}) =>
    target.post(`${path}/pipelineruns`, {
      apiVersion: 'tekton.dev/v1',
      kind: 'PipelineRun',
      metadata: { name, annotations },
      spec,
    });
  const ended = (name: string) =>
    until(
      () => target.get(`${path}/pipelineruns/${name}`),
      reply => reply.body.status?.completionTime !== undefined,
    );

  it('runs the tasks of a pipeline in their order, to success', async () => {
    await target.post(`${path}/pipelines`, {
      apiVersion: 'tekton.dev/v1',
      kind: 'Pipeline',
      metadata: { name: 'build' },
      spec: {
        tasks: [
          { name: 'test', runAfter: ['clone'], ...step('1') },
          { name: 'clone', ...step('1') },
        ],
        finally: [{ name: 'report', ...step('1') }],
      },
    });
    await run('good', { pipelineRef: { name: 'build' } });
    const { body } = await ended('good');
    expect(body.status.conditions).toEqual([
      expect.objectContaining({
        type: 'Succeeded',
        status: 'True',
        reason: 'Succeeded',
      }),
    ]);
    expect(
      body.status.childReferences.map((one: Body) => one.pipelineTaskName),
    ).toEqual(['clone', 'test', 'report']);
    const tasks = (
      await target.get(`${path}/taskruns`, {
        labelSelector: 'tekton.dev/pipelineRun=good',
      })
    ).body.items;
    const times = Object.fromEntries(
      tasks.map((one: Body) => [
        one.metadata.labels['tekton.dev/pipelineTask'],
        one.status,
      ]),
    );
    expect(times.test.startTime >= times.clone.completionTime).toBe(true);
    const log = await target.send(
      'GET',
      `/api/v1/namespaces/${namespace}/pods/${times.clone.podName}/log`,
      undefined,
      { query: { container: 'step-work' } },
    );
    expect(log.text).toContain('[sandbox]');
  }, 20_000);

  it('fails where a step fails, and starts nothing that waits for it', async () => {
    await run('bad', {
      pipelineSpec: {
        tasks: [
          { name: 'clone', ...step('crash') },
          { name: 'test', runAfter: ['clone'], ...step('1') },
        ],
      },
    });
    const { body } = await ended('bad');
    expect(body.status.conditions[0]).toMatchObject({
      status: 'False',
      reason: 'Failed',
    });
    expect(
      body.status.childReferences.map((one: Body) => one.pipelineTaskName),
    ).toEqual(['clone']);
  }, 20_000);

  describe('told to fail by annotations', () => {
    const fails = {
      'sandbox.slipway.dev/fails': 'test/unit',
      'sandbox.slipway.dev/fails-with':
        '--- FAIL: TestTotal\n    total_test.go:12: got 41, want 42',
      'sandbox.slipway.dev/fails-once': 'true',
    };
    const spec = {
      pipelineSpec: {
        tasks: [
          { name: 'clone', ...step('1') },
          {
            name: 'test',
            runAfter: ['clone'],
            taskSpec: {
              steps: ['prepare', 'unit', 'report'].map(name => ({
                name,
                image: 'registry.test/go:1',
              })),
            },
          },
        ],
      },
    };

    it('fails in that step with that log, and skips the steps behind it', async () => {
      await run('told', spec, fails);
      const { body } = await ended('told');
      expect(body.status.conditions[0]).toMatchObject({ reason: 'Failed' });
      const task = await target.get(`${path}/taskruns/told-test`);
      expect(task.body.status.conditions[0].message).toMatch(
        /"step-unit" exited with code 1/,
      );
      expect(
        task.body.status.steps.map((one: Body) => [
          one.name,
          one.terminated.exitCode,
          one.terminationReason,
        ]),
      ).toEqual([
        ['prepare', 0, 'Completed'],
        ['unit', 1, 'Error'],
        ['report', 1, 'Skipped'],
      ]);
      const log = await target.send(
        'GET',
        `/api/v1/namespaces/${namespace}/pods/${task.body.status.podName}/log`,
        undefined,
        { query: { container: 'step-unit' } },
      );
      expect(log.text).toContain('total_test.go:12: got 41, want 42');
      expect(log.text).toContain('[sandbox]');
    }, 20_000);

    it('succeeds when it is run again, where it should fail once', async () => {
      await run('told-again', spec, {
        ...fails,
        'slipway.dev/rerun-of': 'some-uid',
      });
      const { body } = await ended('told-again');
      expect(body.status.conditions[0]).toMatchObject({ reason: 'Succeeded' });
    }, 20_000);
  });

  it('says when the pipeline is not there', async () => {
    await run('none', { pipelineRef: { name: 'nothing' } });
    const { body } = await ended('none');
    expect(body.status.conditions[0]).toMatchObject({
      status: 'False',
      reason: 'CouldntGetPipeline',
    });
  });

  it('plays a step for tasks that only a resolver could fetch', async () => {
    await run('resolved', {
      pipelineSpec: {
        tasks: [{ name: 'clone', taskRef: { resolver: 'hub', params: [] } }],
      },
    });
    const { body } = await ended('resolved');
    expect(body.status.conditions[0].status).toBe('True');
  }, 20_000);
});
