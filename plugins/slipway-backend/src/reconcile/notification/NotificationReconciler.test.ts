import { mockServices } from '@backstage/backend-test-utils';
import {
  ROAD,
  type Condition,
  type ConditionType,
} from '@slipway/plugin-slipway-common';
import type { Knex } from 'knex';
import { createTestClock, TestClock } from '../../database/__testUtils__/clock';
import {
  createTestDatabases,
  DATABASES,
} from '../../database/__testUtils__/databases';
import { createStores, Stores } from '../../database/createStores';
import { EPISODE_KINDS, EpisodeKind } from '../../domain/episodes';
import type { PlatformState } from '../../domain/platform/PlatformState';
import type { Notice } from '../../ports/Notifier';
import { notingStores } from '../../wiring/noting';
import { ReconcileEngine } from '../engine';
import { runUntilIdle } from '../engine/__testUtils__/runUntilIdle';
import { stopAtEveryStep } from '../engine/__testUtils__/stopAtEveryStep';
import { NotificationReconciler } from './NotificationReconciler';

const databases = createTestDatabases();
const logger = mockServices.logger.mock();
logger.child.mockReturnValue(logger);

const KEY = 'shop/checkout/production';
const DELAY_MS = 30_000;

const states = {
  current: async () =>
    ({
      service: () => ({ spec: { owner: 'group:default/payments' } }),
      organization: () => undefined,
      class: () => ({
        spec: { approval: { groups: ['group:default/leads'] } },
      }),
    }) as unknown as PlatformState,
};

const condition = (
  type: ConditionType,
  status: Condition['status'],
  reason: string,
): Condition => ({
  type,
  status,
  reason,
  message: `${type} is ${reason}.`,
  observedGeneration: 1,
  lastTransitionTime: '2026-01-01T00:00:00.000Z',
});

const FAILED = condition('PolicyPassed', 'False', 'PolicyDenied');
const WAITING = condition('Approved', 'False', 'ApprovalWanted');

describe.each(DATABASES)('NotificationReconciler on %s', id => {
  let db: Knex;
  let clock: TestClock;
  let stores: Stores;
  let sent: Notice[];

  beforeAll(async () => {
    db = await databases.migrated(id);
  });

  const prepare = async () => {
    for (const table of ['queue_items', 'episodes', 'environments', 'drifts'])
      await db(table).delete();
    clock = createTestClock();
    stores = notingStores(createStores({ db, clock }));
    sent = [];
    await stores.environments.ensure({
      organization: 'shop',
      service: 'checkout',
      name: 'production',
      class: 'production',
      namespace: 'shop--checkout--production',
      phase: 'queued',
    });
  };
  beforeEach(prepare);

  /** Records what a run of the environment found. */
  const found = async (...other: Condition[]) => {
    const { revision } = (await stores.environments.get(KEY))!;
    await stores.environments.save(KEY, revision, {
      conditions: ROAD.map(
        station =>
          other.find(({ type }) => type === station) ??
          condition(station, 'True', station),
      ),
    });
  };

  const drift = (state: 'none' | 'drifted') =>
    stores.drifts.save(
      {
        environment: KEY,
        state,
        changedAt: new Date(clock.ms),
        ...(state === 'drifted' && { since: new Date(clock.ms) }),
        drifted: [],
        checks: {},
      },
      {},
    );

  const reconciler = (
    options: {
      events?: readonly EpisodeKind[];
      send?: (notice: Notice) => Promise<void>;
    } = {},
  ) =>
    new NotificationReconciler({
      environments: stores.environments,
      drifts: stores.drifts,
      episodes: stores.episodes,
      states,
      notifier: {
        send: options.send ?? (async notice => void sent.push(notice)),
      },
      events: options.events ?? EPISODE_KINDS,
      delayMs: DELAY_MS,
    });

  const run = async (...reconcilers: NotificationReconciler[]) => {
    const engines = (reconcilers.length > 0 ? reconcilers : [reconciler()]).map(
      one =>
        ReconcileEngine.create({
          queue: stores.queue,
          reconcilers: [one],
          logger,
          settings: { pollMs: 10 },
        }),
    );
    try {
      await Promise.all(
        engines.map(engine => runUntilIdle(engine, stores.queue)),
      );
    } finally {
      await Promise.all(engines.map(engine => engine.stop()));
    }
  };

  const waitAndRun = async (...reconcilers: NotificationReconciler[]) => {
    await run(...reconcilers);
    clock.advance(DELAY_MS);
    await run(...reconcilers);
  };

  it('tells the owner of a failure once, with what the page says and a link to it', async () => {
    await found(FAILED);
    await waitAndRun();
    await found(FAILED, condition('Healthy', 'False', 'Degraded'));
    await waitAndRun();
    expect(sent).toEqual([
      {
        recipients: ['group:default/payments'],
        title: `${KEY}: stopped by policy`,
        description: expect.stringContaining('PolicyPassed is PolicyDenied.'),
        link: '/slipway/environments/shop/checkout/production',
        severity: 'high',
        topic: 'failed',
        scope: expect.any(String),
      },
    ]);
  });

  it('tells nobody of what heals by itself before the delay is over', async () => {
    await found(FAILED);
    await run();
    clock.advance(DELAY_MS - 1);
    await found();
    await waitAndRun();
    expect(sent).toEqual([]);
    expect(await stores.episodes.list(KEY)).toEqual([]);
  });

  it('replaces what it told when the episode is over, and tells the next one anew', async () => {
    await found(FAILED);
    await waitAndRun();
    await found(condition('Healthy', 'False', 'Progressing'));
    await waitAndRun();
    expect(sent).toHaveLength(1);
    await found();
    await waitAndRun();
    await found(FAILED);
    await waitAndRun();
    expect(sent.map(({ title }) => title)).toEqual([
      `${KEY}: stopped by policy`,
      `${KEY}: no longer stopped`,
      `${KEY}: stopped by policy`,
    ]);
    expect(sent[1].scope).toBe(sent[0].scope);
    expect(sent[2].scope).not.toBe(sent[0].scope);
    expect(await stores.episodes.list(KEY)).toHaveLength(1);
  });

  it('tells the owner of drift, and that it is over', async () => {
    await found();
    await drift('drifted');
    await waitAndRun();
    await drift('none');
    await waitAndRun();
    expect(sent).toMatchObject([
      { title: `${KEY}: drifted`, topic: 'drifted', severity: 'normal' },
      { title: `${KEY}: no longer drifted`, severity: 'low' },
    ]);
  });

  it('tells approvers at once, and everybody when it is approved', async () => {
    await found(WAITING);
    await run();
    await found(condition('Approved', 'True', 'Approved'));
    await run();
    expect(sent).toMatchObject([
      {
        recipients: ['group:default/leads'],
        title: `${KEY}: waiting for approval`,
      },
      {
        recipients: ['group:default/leads', 'group:default/payments'],
        title: `${KEY}: approved`,
      },
    ]);
  });

  it('says that the environment was removed when it is', async () => {
    await found(FAILED);
    await waitAndRun();
    const { revision } = (await stores.environments.get(KEY))!;
    await stores.environments.remove(KEY, revision);
    await waitAndRun();
    expect(sent.map(({ title }) => title)).toEqual([
      `${KEY}: stopped by policy`,
      `${KEY}: removed`,
    ]);
  });

  it('tells only of what the configuration names', async () => {
    await found(FAILED);
    await drift('drifted');
    await waitAndRun(reconciler({ events: ['drifted'] }));
    expect(sent.map(({ topic }) => topic)).toEqual(['drifted']);
  });

  it('forgets what it knew where it is switched off', async () => {
    await found(FAILED);
    await waitAndRun();
    await found();
    await run(
      new NotificationReconciler({
        environments: stores.environments,
        drifts: stores.drifts,
        episodes: stores.episodes,
        states,
        notifier: undefined,
        events: EPISODE_KINDS,
        delayMs: DELAY_MS,
      }),
    );
    expect(sent).toHaveLength(1);
    expect(await stores.episodes.list(KEY)).toEqual([]);
  });

  it('tells it once when two replicas run', async () => {
    await found(FAILED);
    await drift('drifted');
    await waitAndRun(reconciler(), reconciler());
    expect(sent.map(({ topic }) => topic).sort()).toEqual([
      'drifted',
      'failed',
    ]);
  });

  it('tries again when it could not be sent, and loses none', async () => {
    let failures = 2;
    await found(FAILED);
    const flaky = reconciler({
      send: async notice => {
        if (failures-- > 0) throw new Error('The bell is away.');
        sent.push(notice);
      },
    });
    await waitAndRun(flaky);
    for (let i = 0; i < 4; i++) {
      clock.advance(10_000);
      await run(flaky);
    }
    expect(sent).toHaveLength(1);
  });

  it('loses none and doubles none when the process stops at any step', async () => {
    const stops = await stopAtEveryStep({
      logger,
      prepare: async () => {
        await prepare();
        await found(FAILED);
        await run();
        clock.advance(DELAY_MS);
        return {
          queue: stores.queue,
          reconcilers: () => [reconciler()],
          expireLeases: () => clock.advance(60_000),
        };
      },
      check: async () => {
        // What is sent again replaces itself: Backstage keeps one notification a scope.
        const scopes = new Set(sent.map(({ scope }) => scope));
        expect(scopes.size).toBe(1);
        expect(sent.length).toBeLessThanOrEqual(2);
        expect(await stores.episodes.list(KEY)).toMatchObject([
          { toldAt: expect.any(Date) },
        ]);
      },
    });
    expect(stops.map(({ step, when }) => `${when} ${step}`)).toContain(
      'after send',
    );
  });

  it('takes back what may have been sent, when the process stopped and the episode ended meanwhile', async () => {
    await found(FAILED);
    await run();
    clock.advance(DELAY_MS);
    const [episode] = await stores.episodes.list(KEY);
    await stores.episodes.markTelling(episode.id);
    await found();
    await run();
    expect(sent.map(({ title }) => title)).toEqual([
      `${KEY}: no longer stopped`,
    ]);
  });

  it('notes nothing of a step that changes nothing for anybody', async () => {
    await found(condition('Synced', 'False', 'Syncing'));
    await run();
    await found(condition('Healthy', 'False', 'Progressing'));
    await found();
    expect(await stores.queue.stats()).toMatchObject({ due: 0, waiting: 0 });
    await found(FAILED);
    expect(await stores.queue.stats()).toMatchObject({ due: 1 });
    await run();
    expect(await stores.queue.stats()).toMatchObject({ due: 0 });
    await found();
    expect(await stores.queue.stats()).toMatchObject({ due: 1 });
  });

  it('notes the end of what a run that has begun to look may be about to begin', async () => {
    await found(FAILED);
    const [lease] = await stores.queue.claim(1);
    await found();
    await stores.queue.complete(lease, { type: 'done' });
    expect(await stores.queue.stats()).toMatchObject({ due: 1 });
  });

  it('notes nothing of a transition that is rolled back', async () => {
    await run();
    const { revision } = (await stores.environments.get(KEY))!;
    await expect(
      stores.transactions.run(async trx => {
        await stores.environments.save(
          KEY,
          revision,
          { conditions: [FAILED] },
          { trx },
        );
        throw new Error('The database is away.');
      }),
    ).rejects.toThrow('away');
    expect(await stores.queue.stats()).toMatchObject({ due: 0, waiting: 0 });
  });
});
