import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  type HostedPipelineEngine,
  pipelineEnginesExtensionPoint,
} from '@slipway/plugin-slipway-node';
import { GithubEmulator } from './__testUtils__/githubEmulator';
import slipwayModuleGithubActions from './index';

const ACTOR = 'user:default/ann';

async function until<T>(
  probe: () => T | undefined | false,
  timeoutMs = 45_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = probe();
    if (value) return value;
    if (Date.now() > deadline)
      throw new Error(`It did not happen within ${timeoutMs} ms.`);
    await new Promise(done => setTimeout(done, 20));
  }
}

describe('GitHub Actions, against an emulator of its REST API', () => {
  let github: GithubEmulator;
  let engine: HostedPipelineEngine;
  let key: string;
  let events: ReturnType<typeof mockServices.events.mock>;
  let onEvent: (payload: unknown) => Promise<void>;
  const changed: string[][] = [];
  let declared: string[] = [];
  let pollSeconds = 5;

  const items = () => engine.runs(key)?.runs ?? [];
  const item = (number: number) =>
    items().find(({ name }) => name === `CI #${number}`);
  /** Without waiting for the poll. */
  const hear = () =>
    onEvent({ repository: { html_url: `${github.url}/acme/shop` } });

  beforeEach(async () => {
    github = await GithubEmulator.start();
    const { host } = new URL(github.url);
    key = `${host}/acme/shop`;
    declared = [key];
    changed.length = 0;
    events = mockServices.events.mock({
      subscribe: async options => {
        onEvent = payload =>
          options.onEvent({
            topic: 'github.workflow_run',
            eventPayload: payload,
          });
      },
    });
    await startTestBackend({
      extensionPoints: [
        [
          pipelineEnginesExtensionPoint,
          {
            addEngine: (added: unknown) => {
              engine = added as HostedPipelineEngine;
            },
          },
        ],
      ],
      features: [
        slipwayModuleGithubActions,
        events.factory,
        mockServices.rootConfig.factory({
          data: {
            integrations: {
              github: [
                {
                  host,
                  apiBaseUrl: github.url,
                  token: GithubEmulator.TOKEN,
                },
              ],
            },
            slipway: {
              githubActions: { pollSeconds, activePollSeconds: 2, runs: 3 },
            },
          },
        }),
      ],
    });
    github.run({ id: 1 });
    github.jobs.set(1, [
      {
        id: 11,
        name: 'test',
        status: 'completed',
        conclusion: 'success',
        started_at: '2026-11-21T10:00:02Z',
        completed_at: '2026-11-21T10:01:00Z',
        steps: [
          {
            number: 1,
            name: 'Run tests',
            status: 'completed',
            conclusion: 'success',
          },
        ],
      },
    ]);
    github.run({ id: 2, conclusion: 'failure', head_branch: 'topic' });
    github.jobs.set(2, [
      {
        id: 21,
        name: 'test',
        status: 'completed',
        conclusion: 'failure',
        started_at: '2026-11-21T10:00:02Z',
        completed_at: '2026-11-21T10:01:00Z',
        steps: [
          {
            number: 1,
            name: 'Set up job',
            status: 'completed',
            conclusion: 'success',
            started_at: '2026-11-21T10:00:02Z',
            completed_at: '2026-11-21T10:00:04Z',
          },
          {
            number: 2,
            name: 'Run tests',
            status: 'completed',
            conclusion: 'failure',
            started_at: '2026-11-21T10:00:05Z',
            completed_at: '2026-11-21T10:00:30Z',
          },
          {
            number: 3,
            name: 'Upload',
            status: 'completed',
            conclusion: 'skipped',
          },
        ],
      },
      { id: 22, name: 'deploy', status: 'completed', conclusion: 'skipped' },
    ]);
    github.annotations.set(21, [
      {
        annotation_level: 'failure',
        message: 'Process completed with exit code 4.',
      },
      { annotation_level: 'warning', message: 'Node 16 is old.' },
    ]);
    github.logs.set(
      21,
      [
        '2026-11-21T10:00:03.0000000Z Current runner version: 2.330.0',
        '2026-11-21T10:00:05.1000000Z ##[group]Run npm test',
        '2026-11-21T10:00:06.0000000Z ::add-mask::hunter2',
        '2026-11-21T10:00:20.0000000Z \u001b[31mFAIL\u001b[0m total.test.ts token ***',
        'expected 42, got 41',
        '2026-11-21T10:00:30.5000000Z ##[error]Process completed with exit code 4.',
        '2026-11-21T10:00:40.0000000Z Cleaning up orphan processes',
      ].join('\n'),
    );
    engine.start({
      repositories: async () =>
        declared.map(one => ({ key: one, url: `http://${one}` })),
      changed: keys => void changed.push(keys),
    });
  });

  afterEach(async () => {
    await engine.stop();
    await github.stop();
  });

  it('gives runs with jobs and steps in the words of every engine, newest first', async () => {
    await until(() => engine.runs(key)?.state === 'live');
    expect(items().map(({ name, state }) => `${name} ${state}`)).toEqual([
      'CI #2 failed',
      'CI #1 succeeded',
    ]);
    expect(item(2)).toMatchObject({
      branch: 'topic',
      trigger: 'push',
      pipeline: 'CI',
      attempt: 1,
      byUs: false,
      url: 'https://github.com/acme/shop/actions/runs/2',
      finishedAt: '2026-11-21T10:05:00Z',
    });
    expect(
      item(2)!.steps.map(
        ({ task, name, state, exitCode, message, logs }) =>
          `${task}/${name} ${state} ${exitCode ?? '-'} ${message ?? '-'} ${logs}`,
      ),
    ).toEqual([
      'test/Set up job succeeded - - true',
      'test/Run tests failed 4 Process completed with exit code 4. true',
      'test/Upload skipped - - false',
      'deploy/deploy skipped - - false',
    ]);
    expect(engine.runs(key)!.asOf).toBeDefined();
    expect(changed[0]).toEqual([key]);
  });

  it('asks about repositories that are declared, and forgets those that are not any more', async () => {
    await until(() => items().length === 2);
    expect(engine.runs('github.com/acme/other')).toBeUndefined();
    declared = [];
    await until(() => engine.runs(key) === undefined);
    const { length } = github.asked;
    await new Promise(done => setTimeout(done, 1_200));
    expect(github.asked).toHaveLength(length);
  });

  describe('polled so rarely that only webhooks tell', () => {
    beforeAll(() => {
      pollSeconds = 3_600;
    });
    afterAll(() => {
      pollSeconds = 5;
    });

    it('asks with what it knows, so that an unchanged answer costs nothing, and asks no jobs of runs that have ended', async () => {
      await until(() => items().length === 2);
      github.asked.length = 0;
      await hear();
      await until(() => github.asked.length > 0);
      await new Promise(done => setTimeout(done, 200));
      expect(github.asked).toEqual(['GET /repos/acme/shop/actions/runs 304']);
    });

    it('sees what a webhook told of at the next moment, not at the next poll', async () => {
      await until(() => items().length === 2);
      github.run({ id: 3, status: 'in_progress', conclusion: null });
      await hear();
      await until(() => item(3)?.state === 'running');
      expect(items()).toHaveLength(3);
    });
  });

  it('gives the lines of the time of a step, without masks and colours', async () => {
    await until(() => items().length === 2);
    const [, failed] = item(2)!.steps;
    const log = await engine.readLog(key, item(2)!, {
      step: failed.id,
      tail: 100,
    });
    expect(log).toEqual({
      lines: [
        { at: '2026-11-21T10:00:05.100Z', text: '##[group]Run npm test' },
        {
          at: '2026-11-21T10:00:20.000Z',
          text: 'FAIL total.test.ts token ***',
        },
        { text: 'expected 42, got 41' },
        {
          at: '2026-11-21T10:00:30.500Z',
          text: '##[error]Process completed with exit code 4.',
        },
      ],
      truncated: false,
    });
    const end = await engine.readLog(key, item(2)!, {
      step: failed.id,
      tail: 1,
    });
    expect(end).toMatchObject({ truncated: true });
    expect(end.lines[0].text).toMatch(/exit code 4/);
  });

  it('does not hand its token to the store of logs, and says when a log is gone', async () => {
    await until(() => items().length === 2);
    const [step] = item(2)!.steps;
    await engine.readLog(key, item(2)!, { step: step.id, tail: 1 });
    expect(github.storeSaw).toEqual([undefined]);
    github.logs.clear();
    await expect(
      engine.readLog(key, item(2)!, { step: step.id, tail: 1 }),
    ).rejects.toThrow(NotFoundError);
    await expect(
      engine.readLog(key, item(2)!, { step: '../x', tail: 1 }),
    ).rejects.toThrow(NotFoundError);
  });

  it('runs the failed jobs again once for a key, in place, and shows it at once', async () => {
    await until(() => items().length === 2);
    const run = item(2)!;
    const again = () => engine.rerun(key, run, { key: 'k', actor: ACTOR });
    const answers = await Promise.all([again(), again()]);
    expect(answers).toEqual([{ id: run.id }, { id: run.id }]);
    expect(item(2)).toMatchObject({ state: 'queued', attempt: 2 });
    const wishes = github.asked.filter(one => one.startsWith('POST'));
    expect(wishes).toEqual([
      'POST /repos/acme/shop/actions/runs/2/rerun-failed-jobs 201',
    ]);
    // Another replica, which still knows the first attempt, and another key: it has been done.
    await expect(
      engine.rerun(key, run, { key: 'other', actor: ACTOR }),
    ).resolves.toEqual({ id: run.id });
    expect(github.asked.filter(one => one.startsWith('POST'))).toHaveLength(1);
  });

  it('runs all of a run that succeeded again', async () => {
    await until(() => items().length === 2);
    await engine.rerun(key, item(1)!, { key: 'k', actor: ACTOR });
    expect(github.asked).toContain(
      'POST /repos/acme/shop/actions/runs/1/rerun 201',
    );
  });

  it('does not run again what has not ended', async () => {
    github.run({ id: 3, status: 'in_progress', conclusion: null });
    const run = await until(() => item(3));
    await expect(
      engine.rerun(key, run, { key: 'k', actor: ACTOR }),
    ).rejects.toThrow(ConflictError);
  });

  it('keeps what it knows when GitHub fails, says so, and heals', async () => {
    await until(() => items().length === 2);
    github.failure = { status: 502 };
    await hear();
    const stale = await until(() => {
      const now = engine.runs(key)!;
      return now.state === 'stale' && now;
    });
    expect(stale.message).toMatch(/GitHub answered 502/);
    expect(stale.runs).toHaveLength(2);
    github.failure = undefined;
    await hear();
    await until(() => engine.runs(key)!.state === 'live');
    expect(engine.runs(key)!.message).toBeUndefined();
  });

  it('leaves GitHub alone for as long as it wants to be', async () => {
    await until(() => items().length === 2);
    github.failure = {
      status: 403,
      headers: {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.ceil(Date.now() / 1_000) + 3_600),
      },
    };
    await hear();
    await until(() => engine.runs(key)!.message?.includes('rate limit'));
    const { length } = github.asked;
    await hear();
    await new Promise(done => setTimeout(done, 1_500));
    expect(github.asked).toHaveLength(length);
  });

  it('shows of a run whose jobs it may not annotate what it may', async () => {
    github.annotations.clear();
    await until(() => items().length === 2);
    expect(item(2)!.steps[1]).toMatchObject({ state: 'failed' });
  });
});
