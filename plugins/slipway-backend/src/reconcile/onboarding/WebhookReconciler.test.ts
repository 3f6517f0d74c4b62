import {
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  PullRequestHost,
  RepositoryHost,
} from '@slipway/plugin-slipway-node';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import { DatabaseWebhookStore } from '../../database/DatabaseWebhookStore';
import { PING_WAIT_MS } from '../../domain/onboarding/decideWebhook';
import {
  type PlatformResource,
  PlatformState,
  readPlatformFile,
} from '../../domain/platform/PlatformState';
import type { ReconcileContext } from '../engine';
import { WebhookReconciler } from './WebhookReconciler';

const databases = createTestDatabases();

const ORGANIZATION = `apiVersion: slipway.dev/v1alpha1
kind: Organization
metadata: { name: shop }
spec:
  owner: group:default/shop
  displayName: Shop
  gitHost: { integration: gitea, namespace: shop }
  pipelineEngine: tekton
  webhook: { domain: hooks.example.com }
  secretStore: { provider: vault, path: shop }
  registry: { url: registry.example.com/shop }
`;
const BINDING = `apiVersion: slipway.dev/v1alpha1
kind: RepoBinding
metadata: { name: cart, namespace: org-shop }
spec:
  organization: shop
  repository: { owner: shop, name: cart, branch: main }
  pipeline: { name: cart, template: node }
`;
const URL_OF_HOOK = 'https://portal.example.com/shop/cart';

/** A host that keeps webhooks, and does as it is told when it is asked. */
function fakeHost() {
  const hooks = new Map<string, { id: string; secret: string }>();
  let made = 0;
  const told = {
    hooks,
    pings: 0,
    answer: undefined as { status: number } | undefined,
    refusal: undefined as Error | undefined,
    isThere: true,
  };
  const refuse = () => {
    if (told.refusal) throw told.refusal;
  };
  const pulls = {
    async ensureWebhook(_: unknown, hook: { url: string; secret: string }) {
      refuse();
      const id = hooks.get(hook.url)?.id ?? String((made += 1));
      hooks.set(hook.url, { id, secret: hook.secret });
      return { id, url: hook.url };
    },
    async pingWebhook() {
      refuse();
      told.pings += 1;
    },
    async removeWebhook(_: unknown, url: string) {
      refuse();
      hooks.delete(url);
    },
  } as unknown as PullRequestHost;
  const repositories = {
    webhookRight: 'the scope write:repository',
    urlOf: () => 'https://git.example.com/shop/cart.git',
    async get() {
      if (!told.isThere) throw new NotFoundError('There is no shop/cart.');
      return {};
    },
    async findWebhook(_: unknown, url: string) {
      const found = hooks.get(url);
      return found && { id: found.id, url };
    },
    lastAnswer: async () => told.answer,
  } as unknown as RepositoryHost;
  const host = {
    type: 'gitea',
    host: 'git.example.com',
    hosts: ['git.example.com'],
    pulls,
    repositories,
  };
  return {
    told,
    hosts: {
      all: () => [host],
      of: () => host,
      withWebhooks: () => [host],
      withWebhooksOf: () => host,
    },
  };
}

async function world() {
  const db = await databases.migrated('SQLITE_3');
  const webhooks = DatabaseWebhookStore.create({ db });
  const { told, hosts } = fakeHost();
  let files: Record<string, string> = {
    'organizations/shop/organization.yaml': ORGANIZATION,
    'organizations/shop/bindings/cart.yaml': BINDING,
  };
  const state = () =>
    PlatformState.of(
      Object.entries(files).map(([path, text]): PlatformResource =>
        readPlatformFile(path, text),
      ),
    );
  const reconciler = new WebhookReconciler({
    states: { current: async () => state() },
    webhooks,
    hosts,
    key: 'k'.repeat(32),
    urlOf: (organization, name) =>
      `https://portal.example.com/${organization}/${name}`,
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

it('says what the host got when nothing arrives', async () => {
  const it_ = await world();
  await it_.run();
  it_.told.answer = { status: 502 };
  await it_.run({ afterMs: PING_WAIT_MS + 1_000 });
  expect(await it_.reasons()).toEqual([
    'WebhookInstalled',
    'WebhookUnreachable',
  ]);
  const record = await it_.webhooks.get('shop', 'cart');
  expect(record?.answer).toEqual({ status: 502 });
  expect(record?.conditions[1].message).toContain('502');
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
