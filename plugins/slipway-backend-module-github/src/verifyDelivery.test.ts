import { ConfigReader } from '@backstage/config';
import { createHmac } from 'node:crypto';
import { secretsOf, verifyDelivery } from './verifyDelivery';

const body = Buffer.from('{"ref":"refs/heads/main"}');
const sign = (secret: string) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

const fail = jest.fn();
const auditor = {
  createEvent: jest.fn(async () => ({ success: async () => {}, fail })),
};
beforeEach(() => jest.clearAllMocks());

async function rejected(
  headers: Record<string, string>,
  raw = body,
): Promise<unknown> {
  const reject = jest.fn();
  await verifyDelivery(['old', 'new'], auditor)(
    { body: {}, headers, raw: { body: raw, encoding: 'utf8' } },
    { reject },
  );
  return reject.mock.calls[0]?.[0];
}

it('knows the secrets of webhooks, and those of apps', () => {
  const config = (data: object) => new ConfigReader(data as never);
  const app = { clientId: 'c', clientSecret: 's', privateKey: 'k' };
  expect(
    secretsOf(
      config({
        events: {
          modules: { github: { webhookSecret: 'a', webhookSecrets: ['b'] } },
        },
        integrations: {
          github: [
            {
              host: 'github.com',
              apps: [
                { ...app, appId: 1, webhookSecret: 'c' },
                { ...app, appId: 2, webhookSecret: 'd' },
              ],
            },
          ],
        },
      }),
    ),
  ).toEqual(['a', 'b', 'c', 'd']);
  expect(secretsOf(config({}))).toEqual([]);
});

it.each(['old', 'new'])('takes what was signed with the %s one', async it_ => {
  expect(await rejected({ 'x-hub-signature-256': sign(it_) })).toBeUndefined();
  expect(auditor.createEvent).not.toHaveBeenCalled();
});

it.each([
  ['without a signature', {}],
  ['with an empty one', { 'x-hub-signature-256': '' }],
  ['with one of another secret', { 'x-hub-signature-256': sign('other') }],
  [
    'with the older kind of signature alone',
    { 'x-hub-signature': sign('new') },
  ],
])('refuses and audits a delivery %s', async (_, headers) => {
  expect(await rejected(headers)).toMatchObject({ status: 403 });
  expect(auditor.createEvent).toHaveBeenCalledWith({
    eventId: 'webhook-delivery',
    severityLevel: 'medium',
    meta: { topic: 'github' },
  });
  expect(fail).toHaveBeenCalledTimes(1);
});

it('refuses a body that was changed on its way', async () => {
  expect(
    await rejected(
      { 'x-hub-signature-256': sign('new') },
      Buffer.from('{"ref":"refs/heads/x"}'),
    ),
  ).toMatchObject({ status: 403 });
});
