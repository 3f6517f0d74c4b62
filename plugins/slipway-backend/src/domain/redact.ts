/** `user:password@` of a URL, and what commonly carries a token in a message. */
const CREDENTIALS_IN_URL = /([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;
const BEARER = /\b(bearer|token|basic)\s+[A-Za-z0-9._~+/=-]{12,}/gi;

/** Removes credentials from a text that a person or a log will see. */
export function redact(text: string): string {
  return text.replace(CREDENTIALS_IN_URL, '$1***@').replace(BEARER, '$1 ***');
}
