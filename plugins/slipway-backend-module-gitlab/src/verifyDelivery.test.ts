import { verifyDelivery } from './verifyDelivery';

const fail = jest.fn();
const auditor = {
  createEvent: jest.fn(async () => ({ success: async () => {}, fail })),
};
beforeEach(() => jest.clearAllMocks());

async function rejected(
  headers: Record<string, string | string[]>,
): Promise<unknown> {
  const reject = jest.fn();
  await verifyDelivery(['old', 'new'], auditor)(
    { body: {}, headers, raw: { body: Buffer.from('{}'), encoding: 'utf8' } },
    { reject },
  );
  return reject.mock.calls[0]?.[0];
}

it.each(['old', 'new'])('takes what brings the %s secret', async secret => {
  expect(await rejected({ 'x-gitlab-token': secret })).toBeUndefined();
  expect(auditor.createEvent).not.toHaveBeenCalled();
});

it.each([
  ['without a token', {}],
  ['with an empty one', { 'x-gitlab-token': '' }],
  ['with another one', { 'x-gitlab-token': 'forged' }],
  ['with the beginning of one', { 'x-gitlab-token': 'ne' }],
  ['with two', { 'x-gitlab-token': ['new', 'new'] }],
])('refuses and audits a delivery %s', async (_, headers) => {
  expect(await rejected(headers)).toMatchObject({ status: 403 });
  expect(auditor.createEvent).toHaveBeenCalledWith({
    eventId: 'webhook-delivery',
    severityLevel: 'medium',
    meta: { topic: 'gitlab' },
  });
  expect(String(fail.mock.calls[0][0].error)).not.toContain('forged');
});
