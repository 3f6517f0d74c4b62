import type {
  HostedPipelineEngine,
  PipelineRunItem,
} from '@slipway/plugin-slipway-node';
import { AS_ANN, pipelinesOn, SHOP, SPY } from './__testUtils__/pipelinesOn';

const SHOP_AT_GITHUB = 'github.com/acme/shop';

describe('pipelines of an engine outside the clusters', () => {
  const run: PipelineRunItem = {
    id: 'gha-1',
    name: 'CI #7',
    state: 'failed',
    byUs: false,
    attempt: 1,
    startedAt: '2026-11-21T10:00:00Z',
    steps: [
      {
        id: '1.1',
        name: 'Set up',
        task: 'test',
        state: 'succeeded',
        logs: true,
      },
      {
        id: '1.2',
        name: 'Run',
        task: 'test',
        state: 'failed',
        exitCode: 1,
        logs: true,
      },
    ],
  };
  const keys: string[] = [];
  const engine: HostedPipelineEngine = {
    type: 'github-actions',
    title: 'GitHub Actions',
    hosting: 'repository',
    start: () => {},
    stop: async () => {},
    runs: repository =>
      repository === SHOP_AT_GITHUB
        ? {
            runs: [run],
            state: 'stale',
            asOf: 'then',
            message: 'GitHub is away',
          }
        : undefined,
    readLog: async (repository, { id }, { step }) => ({
      lines: [{ text: `${repository} ${id} ${step} bearer abcdefghijklmnop` }],
      truncated: false,
    }),
    rerun: async (_repository, { id }, { key }) => {
      keys.push(key);
      return { id };
    },
  };
  let portal: Awaited<ReturnType<typeof pipelinesOn>>;

  beforeEach(async () => {
    keys.length = 0;
    run.attempt = 1;
    portal = await pipelinesOn({ clusters: [], engines: [engine] });
  });
  afterEach(() => portal.stop());

  it('are shown to the service that is built from the repository, with the age of what is known', async () => {
    const { items, sources } = await portal.pipelines.list(SHOP);
    expect(items).toEqual([
      expect.objectContaining({
        id: 'gha-1',
        engine: 'github-actions',
        sandbox: false,
        failedStep: '1.2',
        message: 'Step Run of test failed with exit code 1.',
        rerun: { allowed: true },
      }),
    ]);
    expect(sources).toEqual([
      {
        name: 'GitHub Actions: github.com/acme/shop',
        state: 'stale',
        asOf: 'then',
        message: 'GitHub is away',
      },
    ]);
    expect(await portal.pipelines.list(SPY)).toEqual({
      items: [],
      sources: [],
    });
  });

  it('give the log of the failing step, without credentials', async () => {
    await expect(
      portal.pipelines.logs({ ...SHOP, id: 'gha-1' }, {}),
    ).resolves.toEqual({
      step: '1.2',
      lines: [{ text: 'github.com/acme/shop gha-1 1.2 bearer ***' }],
      truncated: false,
    });
  });

  it('are run again in place: without a key once an attempt, told once', async () => {
    const again = () =>
      portal.pipelines.rerun({ ...SHOP, id: 'gha-1' }, undefined, AS_ANN);
    expect(await again()).toBe('gha-1');
    await again();
    expect(new Set(keys).size).toBe(1);
    expect(portal.timeline).toHaveLength(1);
    run.attempt = 2;
    await again();
    expect(new Set(keys).size).toBe(2);
    expect(portal.timeline).toHaveLength(2);
  });
});
