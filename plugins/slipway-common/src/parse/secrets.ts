/**
 * Words that, at the end of a name, say that its value is a secret. Only the
 * end counts: `TOKEN_URL` and `PASSWORD_FILE` say where one is.
 */
const SECRET_WORDS =
  /(^|_)(PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|SECRET|SECRETS|TOKEN|BEARER|API_?KEY|ACCESS_?KEY|ACCOUNT_?KEY|SECRET_?KEY|PRIVATE_?KEY|ENCRYPTION_?KEY|SIGNING_?KEY|MASTER_?KEY|CREDENTIAL|CREDENTIALS|AUTHORIZATION|PIN)(_?[0-9]+)?$/;

/** Names that end like a secret's but aren't one. */
const HARMLESS_NAMES = /^(PWD|OLDPWD)$/;

/*
 * What a credential of a well-known make looks like. Each pattern is linear:
 * a run of characters that it may repeat can't hold its own beginning without
 * being a match.
 */
const CREDENTIALS: ReadonlyArray<readonly [RegExp, string]> = [
  [/-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----/, 'a private key'],
  [/\b(AKIA|ASIA)[A-Z0-9]{16}\b/, 'an AWS access key'],
  [/\bgh[pousr]_[A-Za-z0-9]{36,}/, 'a GitHub token'],
  [/\bgithub_pat_[A-Za-z0-9_]{22,}/, 'a GitHub token'],
  [/\bglpat-[A-Za-z0-9_-]{20,}/, 'a GitLab token'],
  [/\bxox[abeoprs]-[A-Za-z0-9-]{10,}/, 'a Slack token'],
  [/\b[rs]k_live_[A-Za-z0-9]{16,}/, 'a Stripe key'],
  [/\bsk-[A-Za-z0-9_-]{32,}/, 'an API key'],
  [/\bAIza[A-Za-z0-9_-]{35}/, 'a Google API key'],
  [/\bnpm_[A-Za-z0-9]{36}/, 'an npm token'],
  [/\bhv[sbr]\.[A-Za-z0-9_-]{20,}/, 'a Vault token'],
  [/\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/, 'a SendGrid key'],
  [/\bAGE-SECRET-KEY-1[A-Z0-9]{20,}/, 'an age key'],
  [
    /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/,
    'a JSON Web Token',
  ],
  [/\bAccountKey=[A-Za-z0-9+/=]{16,}/, 'an Azure account key'],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9+/=_.-]{16,}/, 'an authorization header'],
];

const URL_WITH_PASSWORD =
  /[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/?#:@]*:([^\s/?#@]+)@/i;

/** The same, wherever in a text they stand and however often. */
const EVERYWHERE = [
  new RegExp(URL_WITH_PASSWORD.source, 'gi'),
  ...CREDENTIALS.map(([pattern]) => new RegExp(pattern.source, 'g')),
];

/** Text that only stands for a value: `$(VAR)`, `${VAR}`, `<password>`, `***`. */
const PLACEHOLDER =
  /^(\$\([A-Za-z0-9_]+\)|\$\{[^}]*\}|\$[A-Z_][A-Z0-9_]*|<[^>]*>|\*+|)$/;

const HARMLESS_VALUE = /^(true|false|yes|no|on|off|none|null)?$/i;

const SECRET_FLAG = /^--?([A-Za-z][A-Za-z0-9-]*)[= ](.+)$/s;

/**
 * Whether a value is a secret that must not be written down, judged by the
 * name that it is given and by what it looks like. Answers what it looks like,
 * without the value, or undefined.
 *
 * @public
 */
export function looksLikeSecret(
  value: string,
  name?: string,
): string | undefined {
  const credential = CREDENTIALS.find(([pattern]) => pattern.test(value));
  if (credential) {
    return credential[1];
  }
  const password = URL_WITH_PASSWORD.exec(value)?.[1];
  if (password !== undefined && !PLACEHOLDER.test(password)) {
    return 'a URL with a password';
  }
  const flag = SECRET_FLAG.exec(value);
  if (flag && isSecretName(flag[1]) && isRealValue(flag[2])) {
    return 'a password on a command line';
  }
  return name !== undefined && isSecretName(name) && isRealValue(value)
    ? 'the value of a secret'
    : undefined;
}

/**
 * Takes everything that looks like a credential out of a text, as the last
 * guard before a message leaves.
 *
 * @internal
 */
export function withoutCredentials(text: string): string {
  return EVERYWHERE.reduce(
    (safe, pattern) => safe.replace(pattern, '(not shown)'),
    text,
  );
}

/**
 * Whether a name says that its value is a secret, as `DB_PASSWORD` does.
 *
 * @public
 */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[-. ]/g, '_')
    .toUpperCase();
  return SECRET_WORDS.test(words) && !HARMLESS_NAMES.test(words);
}

function isRealValue(value: string): boolean {
  const trimmed = value.trim();
  return !PLACEHOLDER.test(trimmed) && !HARMLESS_VALUE.test(trimmed);
}
