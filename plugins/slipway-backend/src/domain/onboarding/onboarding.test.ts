import type { Organization, RepoBinding } from '@slipway/plugin-slipway-common';
import type { BindingWebhook } from '../../ports/WebhookStore';
import {
  CHECK_MS,
  decideWebhook,
  PING_AGAIN_MS,
  PING_WAIT_MS,
} from './decideWebhook';
import { isInside, obstacleOf } from './places';
import { keyId, webhookSecret } from './secret';

const NOW = new Date('2026-01-01T12:00:00Z');
const ago = (ms: number) => new Date(NOW.getTime() - ms);
const wanted = {
  host: 'gitea',
  repository: { url: 'https://git.example.com/shop/cart.git', branch: 'main' },
  url: 'https://portal.example.com/hook',
  keyId: 'one',
};
const known = (change: Partial<BindingWebhook> = {}): BindingWebhook => ({
  ...wanted,
  organization: 'shop',
  name: 'cart',
  nonce: 'n',
  webhookId: '1',
  checkedAt: ago(1_000),
  conditions: [],
  ...change,
});
const asked = (
  ms: number,
  { count = 1, answered }: { count?: number; answered?: number } = {},
): BindingWebhook =>
  known({
    pingAskedAt: ago(ms),
    pings: { count, lastAt: ago(ms) },
    ...(answered !== undefined && { pingAnsweredAt: ago(answered) }),
  });

describe('what a webhook needs next', () => {
  it.each<[string, string, BindingWebhook | undefined]>([
    ['install', 'is wanted and not noted', undefined],
    ['install', 'was noted before a crash', known({ webhookId: undefined })],
    ['install', 'was made with another key', known({ keyId: 'other' })],
    ['remove', 'delivers elsewhere', known({ url: 'https://old.example.com' })],
    ['remove', 'lies at another host', known({ host: 'github' })],
    ['ping', 'was never tried', known()],
    [
      'ping',
      'was to be pinged before a crash',
      known({ pingAskedAt: ago(1_000) }),
    ],
    [
      'ping',
      'was to be pinged again before a crash',
      { ...asked(60_000), pingAskedAt: ago(1_000) },
    ],
    ['wait', 'was pinged just now', asked(PING_WAIT_MS - 1)],
    ['ping', 'gave no answer to the first', asked(PING_WAIT_MS)],
    ['wait', 'was just pinged again', asked(1_000, { count: 2 })],
    ['despair', 'gave no answer to two', asked(PING_WAIT_MS, { count: 2 })],
    [
      'despair',
      'answered an older ping alone',
      asked(PING_WAIT_MS, { count: 2, answered: 90_000 }),
    ],
    ['ping', 'gave none for a minute', asked(60_000, { count: 2 })],
    ['despair', 'gave none to three', asked(60_000, { count: 3 })],
    [
      'despair',
      'gave none to many',
      asked(PING_AGAIN_MS - 1, { count: 1_000 }),
    ],
    ['ping', 'gave none for long', asked(PING_AGAIN_MS, { count: 1_000 })],
    ['rest', 'answered', asked(60_000, { answered: 59_000 })],
    ['rest', 'answered at once', asked(60_000, { answered: 60_000 })],
    [
      'rest',
      'answered before the host said that it was asked',
      known({ pingAskedAt: ago(60_000), pingAnsweredAt: ago(59_000) }),
    ],
    [
      'check',
      'was not looked at for long',
      known({ checkedAt: ago(CHECK_MS) }),
    ],
  ])('is to %s for one that %s', (expected, _, noted) => {
    const decision = decideWebhook({
      now: NOW,
      wanted,
      ...(noted && { known: noted }),
    });
    expect(decision.do).toBe(expected);
  });

  it('is to take away one that nobody wants, and nothing where there is none', () => {
    expect(decideWebhook({ now: NOW, known: known() }).do).toBe('remove');
    expect(decideWebhook({ now: NOW }).do).toBe('nothing');
  });
});

describe('the secret of a webhook', () => {
  const of = { organization: 'shop', name: 'cart', nonce: 'n' };

  it('is another one for each binding, nonce and key, and the same each time', () => {
    const all = [
      webhookSecret('key', of),
      webhookSecret('other', of),
      webhookSecret('key', { ...of, nonce: 'm' }),
      webhookSecret('key', { ...of, name: 'web' }),
      webhookSecret('key', { organization: 'shopc', name: 'art', nonce: 'n' }),
      keyId('key'),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(webhookSecret('key', of)).toBe(all[0]);
  });
});

describe('what is in the way of a webhook', () => {
  const organization = (integration = 'gitea') =>
    ({
      metadata: { name: 'shop' },
      spec: { gitHost: { integration, namespace: 'Shop' } },
    }) as unknown as Organization;
  const binding = (owner = 'shop') =>
    ({
      spec: { organization: 'shop', repository: { owner, name: 'cart' } },
    }) as unknown as RepoBinding;
  const has = { host: true, key: true, pollSeconds: 30 };

  it.each([
    ['WebhookWithoutOrganization', undefined, binding(), has],
    ['PollingUsed', organization('plain'), binding(), has],
    ['PollingUsed', organization(), binding(), { ...has, host: false }],
    ['RepositoryOfSomebodyElse', organization(), binding('bank'), has],
    ['WebhookKeyMissing', organization(), binding(), { ...has, key: false }],
    [undefined, organization(), binding(), has],
  ])('says %s', (reason, owner, bound, there) => {
    expect(obstacleOf(owner, bound, there)?.reason).toBe(reason);
  });

  it('knows the namespace, and groups below it, from those that begin like it', () => {
    expect(isInside('shop', 'shop/web')).toBe(true);
    expect(isInside('shop', 'SHOP')).toBe(true);
    expect(isInside('shop', 'shopping')).toBe(false);
    expect(isInside('shop/web', 'shop')).toBe(false);
  });
});
