import { createHmac } from 'node:crypto';
import { verifyDelivery } from './verifyDelivery';

const body = Buffer.from('{"ref":"refs/heads/main"}');
const sign = (secret: string) =>
  createHmac('sha256', secret).update(body).digest('hex');

const fail = jest.fn();
const auditor = {
  createEvent: jest.fn(async () => ({ success: async () => {}, fail })),
};
beforeEach(() => jest.clearAllMocks());

async function rejected(
  headers: Record<string, string>,
  secrets = ['old', 'new'],
  raw = body,
): Promise<unknown> {
  const reject = jest.fn();
  await verifyDelivery(secrets, auditor)(
    { body: {}, headers, raw: { body: raw, encoding: 'utf8' } },
    { reject },
  );
  return reject.mock.calls[0]?.[0];
}

it.each(['old', 'new'])(
  'takes what was signed with the %s secret',
  async it_ => {
    expect(await rejected({ 'x-gitea-signature': sign(it_) })).toBeUndefined();
    expect(
      await rejected({ 'x-forgejo-signature': sign(it_) }),
    ).toBeUndefined();
  },
);

it.each([
  ['without a signature', {}],
  ['with an empty one', { 'x-gitea-signature': '' }],
  ['with one of another secret', { 'x-gitea-signature': sign('other') }],
])('refuses a delivery %s', async (_, headers) => {
  expect(await rejected(headers)).toMatchObject({ status: 403 });
});

it('audits what it refuses, without what was sent, and nothing else', async () => {
  await rejected({ 'x-gitea-signature': sign('new') });
  expect(auditor.createEvent).not.toHaveBeenCalled();
  await rejected({ 'x-gitea-signature': 'forged' });
  expect(auditor.createEvent).toHaveBeenCalledWith({
    eventId: 'webhook-delivery',
    severityLevel: 'medium',
    meta: { topic: 'gitea' },
  });
  expect(fail).toHaveBeenCalledTimes(1);
  expect(String(fail.mock.calls[0][0].error)).not.toContain('forged');
});

it('refuses a body that was changed on its way, and everything where no secret is set', async () => {
  const signed = { 'x-gitea-signature': sign('new') };
  expect(
    await rejected(signed, ['new'], Buffer.from('{"ref":"refs/heads/x"}')),
  ).toMatchObject({ status: 403 });
  expect(await rejected(signed, [])).toMatchObject({ status: 403 });
});
