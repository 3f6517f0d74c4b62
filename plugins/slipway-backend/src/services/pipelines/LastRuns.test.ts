import { mockServices } from '@backstage/backend-test-utils';
import type {
  HostedPipelineEngine,
  PipelineRunItem,
  RepositoryRuns,
} from '@slipway/plugin-slipway-node';
import type { KeptRuns } from '../../ports/PipelineRunStore';
import { declared, SHOP, SPY } from './__testUtils__/pipelinesOn';
import { LastRuns } from './LastRuns';
import { PipelineReads } from './PipelineReads';

const SOURCE = 'github-actions github.com/acme/shop';

const run = (id: string, more: Partial<PipelineRunItem> = {}) => ({
  id,
  name: id,
  state: 'failed' as const,
  byUs: false,
  startedAt: id,
  steps: [],
  ...more,
});

describe('the last runs of a service', () => {
  let known: RepositoryRuns | undefined;
  let kept: Map<string, KeptRuns>;
  let writes: number;
  let failing: boolean;
  let last: LastRuns;
  const logger = mockServices.logger.mock();

  beforeEach(() => {
    kept = new Map();
    writes = 0;
    failing = false;
    const engine = {
      type: 'github-actions',
      title: 'GitHub Actions',
      hosting: 'repository',
      runs: () => known,
    } as unknown as HostedPipelineEngine;
    last = new LastRuns({
      reads: new PipelineReads(
        [engine],
        { items: () => [] },
        {
          hosts: { github: ['github.com'] },
        },
      ),
      index: { clusters: () => [] },
      states: { current: async () => declared, at: async () => declared },
      store: {
        list: async () => {
          if (failing) throw new Error('The database is away');
          // As it comes from a database.
          return [...kept.values()].map(it => ({
            ...it,
            runs: JSON.parse(JSON.stringify(it.runs)),
          }));
        },
        save: async (_, source, runs) => {
          writes++;
          kept.set(source, { source, runs, seenAt: new Date(0) });
        },
      },
      logger,
    });
  });

  async function keep(): Promise<void> {
    last.follow([SHOP]);
    await last.stop();
  }
  const ids = () => kept.get(SOURCE)?.runs.map(({ run: { id } }) => id);

  it('are kept without credentials, ten of them, and written only when they change', async () => {
    const message = 'fetching https://ci:s3cr3t@git.example.com/acme/shop';
    const failed = { id: 's', name: 's', state: 'failed' as const, logs: true };
    known = {
      state: 'live',
      asOf: 'now',
      runs: Array.from({ length: 12 }, (_, i) =>
        run(`r${10 + i}`, { message, steps: [{ ...failed, message }] }),
      ),
    };
    await keep();
    await keep();
    expect(writes).toBe(1);
    expect(ids()).toHaveLength(10);
    expect(ids()![0]).toBe('r21');
    expect(JSON.stringify([...kept])).toContain('git.example.com');
    expect(JSON.stringify([...kept])).not.toContain('s3cr3t');
    known.runs.push(run('r99'));
    await keep();
    expect(writes).toBe(2);
    expect(ids()![0]).toBe('r99');
  });

  it.each<RepositoryRuns['state']>(['stale', 'unreachable', 'unknown'])(
    'stay what they were while their place is %s',
    async state => {
      known = { state: 'live', asOf: 'now', runs: [run('a')] };
      await keep();
      known = { state, runs: [] };
      await keep();
      expect(ids()).toEqual(['a']);
    },
  );

  it('are none when their place says so', async () => {
    known = { state: 'live', asOf: 'now', runs: [run('a')] };
    await keep();
    known = { state: 'live', asOf: 'now', runs: [] };
    await keep();
    expect(ids()).toEqual([]);
  });

  it('speak for a place only until it has answered, and only to who sees it', async () => {
    known = { state: 'live', asOf: 'now', runs: [run('a')] };
    await keep();
    expect(await last.of(declared, SHOP)).toEqual([]);
    known = { state: 'unknown', runs: [] };
    expect(await last.of(declared, SHOP)).toMatchObject([
      { run: { id: 'a' }, seenAt: new Date(0) },
    ]);
    expect(await last.of(declared, SPY)).toEqual([]);
  });

  it('are looked at again when they change, should the database have been away', async () => {
    known = { state: 'live', asOf: 'now', runs: [run('a')] };
    failing = true;
    await keep();
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('The database is away'),
    );
    failing = false;
    await keep();
    expect(ids()).toEqual(['a']);
  });
});
