import {
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import { DatabaseWebhookStore } from '../../database/DatabaseWebhookStore';
import {
  CHECK_MS,
  PING_WAIT_MS,
  REFUSED_MS,
} from '../../domain/onboarding/decideWebhook';
import type { ReconcileContext } from '../engine';
import {
  BINDING,
  fakeHost,
  FILES,
  stateOf,
  urlOf,
} from './__testUtils__/webhookHost';
import { WebhookReconciler } from './WebhookReconciler';

const databases = createTestDatabases();

const URL_OF_HOOK = urlOf('shop', 'cart');

async function world() {
  const db = await databases.migrated('SQLITE_3');
  const webhooks = DatabaseWebhookStore.create({ db });
  const { told, hosts } = fakeHost();
  let files = FILES;
  const reconciler = new WebhookReconciler({
    states: { current: async () => stateOf(files) },
    webhooks,
    hosts,
    key: 'k'.repeat(32),
    urlOf,
    pollMs: 30_000,
  });
  /** Runs once; `stopAt` ends the process before the step of that number. */
  const run = (options: { afterMs?: number; stopAt?: number } = {}) => {
    let steps = 0;
    return reconciler.reconcile({
      key: 'webhook:shop/cart',
      now: new Date(Date.now() + (options.afterMs ?? 0)),
      logger: { warn() {} },
      async step(_name: string, work: () => Promise<unknown>) {
        steps += 1;
        if (steps === options.stopAt) throw new Error('The process ended');
        return work();
      },
    } as unknown as ReconcileContext);
  };
  return {
    told,
    webhooks,
    run,
    declare(change: Record<string, string | undefined>) {
      files = Object.fromEntries(
        Object.entries({ ...files, ...change }).filter(
          (entry): entry is [string, string] => entry[1] !== undefined,
        ),
      );
    },
    arrive: (digest: string) =>
      webhooks.receive('shop', 'cart', {
        digest,
        event: 'push',
        keepMs: 60_000,
      }),
    reasons: async () =>
      (await webhooks.get('shop', 'cart'))?.conditions.map(
        ({ reason }) => reason,
      ),
  };
}

const BINDING_PATH = 'organizations/shop/bindings/cart.yaml';

it('installs, waits for the ping, and says that it came', async () => {
  const it_ = await world();
  expect(await it_.run()).toMatchObject({ type: 'requeue' });
  expect(await it_.reasons()).toEqual(['WebhookInstalled', 'WebhookPinged']);
  expect(await it_.arrive('a')).toEqual({ isNew: true, answersPing: true });
  await it_.run();
  expect(await it_.reasons()).toEqual(['WebhookInstalled', 'WebhookAnswered']);
  expect(it_.told.pings).toBe(1);
});

it('ends with one webhook of one secret, wherever the process ended before', async () => {
  for (let stopAt = 1; stopAt <= 8; stopAt += 1) {
    const it_ = await world();
    await it_.run({ stopAt }).catch(() => {});
    const before = [...it_.told.hooks.values()];
    await it_.run();
    const after = [...it_.told.hooks.values()];
    expect(after).toHaveLength(1);
    expect(after).toEqual(before.length > 0 ? before : after);
    it_.declare({ [BINDING_PATH]: undefined });
    await it_.run({ stopAt: 1 }).catch(() => {});
    await it_.run({ stopAt: 2 }).catch(() => {});
    await it_.run();
    expect(it_.told.hooks.size).toBe(0);
    expect(await it_.webhooks.get('shop', 'cart')).toBeUndefined();
  }
});

it('says what the host got when two pings have not arrived', async () => {
  const it_ = await world();
  await it_.run();
  it_.told.answer = { status: 502 };
  await it_.run({ afterMs: PING_WAIT_MS + 1_000 });
  expect(it_.told.pings).toBe(2);
  expect(await it_.reasons()).toEqual(['WebhookInstalled', 'WebhookPinged']);
  await it_.run({ afterMs: 2 * PING_WAIT_MS + 2_000 });
  expect(await it_.reasons()).toEqual([
    'WebhookInstalled',
    'WebhookUnreachable',
  ]);
  const record = await it_.webhooks.get('shop', 'cart');
  expect(record?.answer).toEqual({ status: 502 });
  expect(record?.conditions[1].message).toContain('502');
});

it('asks an unreachable host ever more rarely, and says nothing else meanwhile', async () => {
  const it_ = await world();
  let afterMs = 0;
  const asked: number[] = [];
  const said: unknown[] = [];
  while (afterMs <= 3_600_000) {
    const outcome = await it_.run({ afterMs });
    if (it_.told.pings > asked.length) asked.push(afterMs / 1000);
    said.push((await it_.reasons())?.at(-1));
    // A millisecond more than it asked for: the clock of the run goes on.
    afterMs += Math.max(1_000, (outcome as { afterMs: number }).afterMs + 1);
  }
  expect(asked.map(Math.round).slice(0, 8)).toEqual([
    0, 30, 90, 210, 450, 930, 1530, 2130,
  ]);
  expect(asked.length).toBeLessThan(12);
  // One of each until it is said, and that alone from then on.
  const despaired = said.indexOf('WebhookUnreachable');
  expect(new Set(said.slice(0, despaired))).toEqual(new Set(['WebhookPinged']));
  expect(new Set(said.slice(despaired))).toEqual(
    new Set(['WebhookUnreachable']),
  );
});

it('names the right that the token lacks, and asks again later', async () => {
  const it_ = await world();
  for (const refusal of [
    new NotAllowedError('403.'),
    new NotFoundError('404.'),
  ]) {
    it_.told.refusal = refusal;
    expect(await it_.run()).toMatchObject({ type: 'requeue' });
    const record = await it_.webhooks.get('shop', 'cart');
    expect(record?.conditions).toMatchObject([
      {
        status: 'False',
        reason: 'WebhookForbidden',
        message: expect.stringContaining('write:repository'),
      },
    ]);
  }
  it_.told.isThere = false;
  await it_.run();
  expect(await it_.reasons()).toEqual(['RepositoryMissing']);
});

it('says that it is installed once the host tells of it again', async () => {
  const it_ = await world();
  await it_.run();
  await it_.arrive('a');
  await it_.run();
  it_.told.isForbidden = true;
  await it_.run({ afterMs: CHECK_MS + 1_000 });
  expect(await it_.reasons()).toEqual(['WebhookForbidden']);
  it_.told.isForbidden = false;
  await it_.run({ afterMs: CHECK_MS + REFUSED_MS + 1_000 });
  expect(await it_.reasons()).toEqual(['WebhookInstalled', 'WebhookAnswered']);
});

it('leaves it to the queue to try again while the host is away', async () => {
  const it_ = await world();
  it_.told.refusal = new ServiceUnavailableError('It is down.');
  await expect(it_.run()).rejects.toThrow('It is down.');
  it_.told.refusal = undefined;
  await it_.run();
  expect(it_.told.hooks.has(URL_OF_HOOK)).toBe(true);
});

it('takes nothing away for a file that can’t be read', async () => {
  const it_ = await world();
  await it_.run();
  it_.declare({ [BINDING_PATH]: 'kind: [' });
  await it_.run();
  it_.declare({
    [BINDING_PATH]: BINDING,
    'organizations/shop/organization.yaml': 'kind: [',
  });
  await it_.run();
  expect(it_.told.hooks.size).toBe(1);
});

it('counts a delivery that comes again once', async () => {
  const it_ = await world();
  await it_.run();
  await it_.arrive('a');
  expect(await it_.arrive('a')).toEqual({ isNew: false, answersPing: false });
  expect(await it_.arrive('b')).toEqual({ isNew: true, answersPing: false });
});
