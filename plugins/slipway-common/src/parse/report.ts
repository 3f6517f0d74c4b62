import { formatPath, type PathSegment, type Problem } from './problem';
import { isSecretName, looksLikeSecret, withoutCredentials } from './secrets';

/** What stands where a secret was found. */
const NOT_SHOWN = '(not shown)';

/** Longer values are cut: the position says where the rest is. */
const MAX_SHOWN = 80;

/** A problem before it is known where in a file it stands. @internal */
export type Finding = Omit<
  Problem,
  'file' | 'line' | 'column' | 'path' | 'segments' | 'severity'
> & {
  at: readonly PathSegment[];
  /** Points at the field's name instead of its value. */
  onKey?: boolean;
  severity?: Problem['severity'];
};

/** Takes findings as they are made. @internal */
export type Report = (finding: Finding) => void;

/** Makes a problem of a finding; positions are added by whoever has them. @internal */
export function toProblem({
  at,
  onKey: _onKey,
  severity = 'error',
  ...finding
}: Finding): Problem {
  const segments = at.map(segment =>
    typeof segment === 'string' && looksLikeSecret(segment)
      ? NOT_SHOWN
      : segment,
  );
  const { message, found, allowed, hint } = finding;
  return {
    severity,
    code: finding.code,
    path: formatPath(segments),
    segments,
    message: withoutCredentials(message),
    ...(found !== undefined && { found: withoutCredentials(found) }),
    ...(allowed !== undefined && { allowed: withoutCredentials(allowed) }),
    ...(hint !== undefined && { hint: withoutCredentials(hint) }),
  };
}

/**
 * Writes a value for a message. A secret is never shown, neither one that
 * looks like it nor one whose name, or the name beside it, says so.
 *
 * @internal
 */
export function show(value: unknown, ...names: unknown[]): string {
  if (value === null) {
    return 'nothing';
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? 'an empty list' : 'a list';
  }
  if (typeof value === 'object') {
    return 'a map';
  }
  const text = String(value);
  const secret =
    looksLikeSecret(text) !== undefined ||
    names.some(name => typeof name === 'string' && isSecretName(name));
  if (secret) {
    return NOT_SHOWN;
  }
  const cut = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
  return typeof value === 'string' ? JSON.stringify(cut) : cut;
}

/** A place for a message: the path, or a name for the whole. @internal */
export function nameOf(at: readonly PathSegment[]): string {
  return formatPath(at) || 'the document';
}

/** A list in words. @internal */
export function oneOf(values: readonly unknown[], limit = 30): string {
  const shown = values.slice(0, limit).map(String).join(', ');
  return values.length > limit ? `${shown}, …` : shown;
}
