import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { Signatures } from './Signatures';

const NOW = 1_767_225_600_000;
const SECRET = 's'.repeat(32);
const OTHER = 't'.repeat(32);
const of = { organization: 'shop', service: 'pay' };
const body = Buffer.from('{"revision":"x"}');
const sign = (secret: string, at = NOW / 1000, text: Buffer = body) => ({
  signature: `v1=${createHmac('sha256', secret)
    .update(`${at}.`)
    .update(text)
    .digest('hex')}`,
  timestamp: String(at),
  body: text,
});
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
  it('knows whose secret signed, while two are in use', () => {
    const both = signatures([
      { secret: SECRET, name: 'old' },
      { secret: OTHER, name: 'new' },
    ]);
    expect(both.verify(of, sign(SECRET)).name).toBe('old');
    expect(both.verify(of, sign(OTHER))).toEqual({
      organization: 'shop',
      name: 'new',
    });
  });

  it.each<[string, object]>([
    ['another secret', sign(OTHER)],
    ['another body', { ...sign(SECRET), body: Buffer.from('{}') }],
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
  ])('refuses %s', (_, signed) => {
    expect(() =>
      signatures([{ secret: SECRET }]).verify(
        of,
        signed as ReturnType<typeof sign>,
      ),
    ).toThrow(expect.objectContaining({ name: 'AuthenticationError' }));
  });

  it('lets a secret tell only of its organization and its services', () => {
    const one = signatures([{ secret: SECRET, services: ['pay'] }]);
    expect(one.verify(of, sign(SECRET)).name).toBe('ci');
    for (const other of [
      { organization: 'shop', service: 'web' },
      { organization: 'acme', service: 'pay' },
    ])
      expect(() => one.verify(other, sign(SECRET))).toThrow('is not one of');
  });

  it('takes nothing that was changed by a bit, and tells no secret', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        fc.nat(),
        fc.integer({ min: 0, max: 7 }),
        (bytes, at, bit) => {
          const text = Buffer.from(bytes);
          const signed = sign(SECRET, NOW / 1000, text);
          const changed = Buffer.from(text);
          changed[at % changed.length] ^= 1 << bit;
          const one = signatures([{ secret: SECRET }]);
          let refusal: unknown;
          try {
            one.verify(of, { ...signed, body: changed });
          } catch (error) {
            refusal = error;
          }
          expect(String(refusal)).toContain('is not one of');
          expect(String(refusal)).not.toContain(SECRET);
        },
      ),
    );
  });
});
