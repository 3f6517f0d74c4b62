import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { Signatures } from './Signatures';

const NOW = 1_767_225_600_000;
const SECRET = 's'.repeat(32);
const OTHER = 't'.repeat(32);
const of = { organization: 'shop', service: 'pay' };
const PATH = '/v1alpha1/services/shop/pay/revisions';
const body = Buffer.from('{"revision":"x"}');
const sign = (
  secret: string,
  at = NOW / 1000,
  text: Buffer = body,
  path = PATH,
) => ({
  signature: `v1=${createHmac('sha256', secret)
    .update(`${at}\n${path}\n`)
    .update(text)
    .digest('hex')}`,
  timestamp: String(at),
  path,
  body: text,
});
/** For a request about this service, whoever has signed it. */
const verify = (
  by: Signatures,
  about: { organization: string; service: string },
  signed: ReturnType<typeof sign>,
) => by.verify(signed, async () => about);
const signatures = (
  more: Array<{ secret: string; name?: string; services?: string[] }>,
) =>
  Signatures.create({
    secrets: more.map(({ name = 'ci', ...rest }) => ({
      organization: 'shop',
      name,
      ...rest,
    })),
    now: () => NOW,
  });

describe('Signatures', () => {
  it('knows whose secret signed, while two are in use', async () => {
    const both = signatures([
      { secret: SECRET, name: 'old' },
      { secret: OTHER, name: 'new' },
    ]);
    expect((await verify(both, of, sign(SECRET))).name).toBe('old');
    expect(await verify(both, of, sign(OTHER))).toEqual({
      organization: 'shop',
      name: 'new',
    });
  });

  it.each<[string, object]>([
    ['another secret', sign(OTHER)],
    ['another body', { ...sign(SECRET), body: Buffer.from('{}') }],
    [
      'another path',
      { ...sign(SECRET), path: '/v1alpha1/services/shop/web/revisions' },
    ],
    [
      'a path of which the body took a part',
      {
        ...sign(SECRET),
        path: '/v1alpha1',
        body: Buffer.from(`/services/shop/pay/revisions\n${body}`),
      },
    ],
    ['another time', { ...sign(SECRET), timestamp: String(NOW / 1000 - 1) }],
    ['an old time', sign(SECRET, NOW / 1000 - 301)],
    ['a time ahead', sign(SECRET, NOW / 1000 + 301)],
    ['no time', { ...sign(SECRET), timestamp: '' }],
    [
      'no version',
      { ...sign(SECRET), signature: sign(SECRET).signature.slice(3) },
    ],
    [
      'another version',
      {
        ...sign(SECRET),
        signature: sign(SECRET).signature.replace('v1', 'v0'),
      },
    ],
    ['nothing', { ...sign(SECRET), signature: '' }],
  ])('refuses %s, and looks nothing up', async (_, signed) => {
    const subject = jest.fn(async () => of);
    await expect(
      signatures([{ secret: SECRET }]).verify(
        signed as ReturnType<typeof sign>,
        subject,
      ),
    ).rejects.toMatchObject({ name: 'AuthenticationError' });
    expect(subject).not.toHaveBeenCalled();
  });

  it('lets a secret tell only of its organization and its services', async () => {
    const one = signatures([{ secret: SECRET, services: ['pay'] }]);
    expect((await verify(one, of, sign(SECRET))).name).toBe('ci');
    for (const other of [
      { organization: 'shop', service: 'web' },
      { organization: 'acme', service: 'pay' },
    ])
      await expect(verify(one, other, sign(SECRET))).rejects.toThrow(
        'is not one for this service',
      );
  });

  it('takes nothing that was changed by a bit, and tells no secret', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        fc.nat(),
        fc.integer({ min: 0, max: 7 }),
        async (bytes, at, bit) => {
          const text = Buffer.from(bytes);
          const signed = sign(SECRET, NOW / 1000, text);
          const changed = Buffer.from(text);
          changed[at % changed.length] ^= 1 << bit;
          const one = signatures([{ secret: SECRET }]);
          let refusal: unknown;
          try {
            await verify(one, of, { ...signed, body: changed });
          } catch (error) {
            refusal = error;
          }
          expect(String(refusal)).toContain('is not one for');
          expect(String(refusal)).not.toContain(SECRET);
        },
      ),
    );
  });
});
