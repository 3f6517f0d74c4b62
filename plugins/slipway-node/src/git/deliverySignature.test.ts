import { createHmac } from 'node:crypto';
import { isSameSecret, isSignedWith, jsonOf } from './deliverySignature';

const body = Buffer.from('{"ref":"refs/heads/main"}');
const hex = createHmac('sha256', 'right').update(body).digest('hex');

it.each([hex, `sha256=${hex}`])('takes the signature %s', signature => {
  expect(isSignedWith('right', body, signature)).toBe(true);
});

it.each([
  ['of another secret', 'wrong', body, hex],
  ['of another body', 'right', Buffer.from('{}'), hex],
  ['that is missing', 'right', body, undefined],
  ['that is empty', 'right', body, ''],
  ['that comes twice', 'right', body, [hex, hex]],
])('refuses a signature %s', (_, secret, sent, signature) => {
  expect(isSignedWith(secret, sent, signature)).toBe(false);
});

it('compares secrets of any length', () => {
  expect(isSameSecret('one', 'one')).toBe(true);
  expect(isSameSecret('one', 'longer')).toBe(false);
  expect(isSameSecret('', 'one')).toBe(false);
});

it('reads objects alone', () => {
  expect(jsonOf(body)).toEqual({ ref: 'refs/heads/main' });
  for (const text of ['', 'null', '[]', '1', '{'])
    expect(jsonOf(Buffer.from(text))).toBeUndefined();
});
