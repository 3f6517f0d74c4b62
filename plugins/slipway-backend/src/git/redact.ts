/** What stands where a secret was. */
const MASK = '***';

/**
 * Takes credentials out of a text that a person or a log may see: the user info of every URL in it, the value of
 * authorization headers, and every secret that the caller knows.
 *
 * Git repeats the URL that it was given in nearly each of its messages, so this stands between Git and every error.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let result = text
    // Up to the last "@" of the word: a password that was not encoded may hold "/" and "@" itself.
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s'"]*@/gi, '$1')
    // `user:password@host` without a scheme; `git@host:path` has no colon before its "@" and stays.
    .replace(/(^|[\s'"])[^\s'"]*:[^\s'"]*@/g, `$1${MASK}@`)
    .replace(/(authorization:\s*)(?:\S+[ \t]+)?\S+/gi, `$1${MASK}`);
  for (const secret of secrets) {
    // Short "secrets" (an empty password, a user called `x`) would blank out ordinary words.
    if (secret.length >= 4) {
      result = result.split(secret).join(MASK);
    }
  }
  return result;
}
