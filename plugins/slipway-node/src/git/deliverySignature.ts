import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether two texts are the same; how long it takes tells nothing of either, its length included.
 * @public
 */
export function isSameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

/**
 * Whether the signature is the HMAC-SHA256 of the body with the secret, in hexadecimal, with or without `sha256=`.
 * @public
 */
export function isSignedWith(
  secret: string,
  body: Buffer,
  signature: string | string[] | undefined,
): boolean {
  const wanted = createHmac('sha256', secret).update(body).digest('hex');
  const given = typeof signature === 'string' ? signature : '';
  return isSameSecret(given.replace(/^sha256=/, ''), wanted);
}

/**
 * The JSON object of a body that has been verified; undefined for what is none.
 * @public
 */
export function jsonOf(body: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
