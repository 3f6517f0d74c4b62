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
    .replace(
      /([a-z][a-z0-9+.-]*:\/\/)[^\s/@'"]*@/gi,
      (_, scheme) => `${scheme}`,
    )
    .replace(/(authorization:\s*)(?:\S+[ \t]+)?\S+/gi, `$1${MASK}`);
  for (const secret of secrets) {
    // Short "secrets" (an empty password, a user called `x`) would blank out ordinary words.
    if (secret.length >= 4) {
      result = result.split(secret).join(MASK);
    }
  }
  return result;
}
