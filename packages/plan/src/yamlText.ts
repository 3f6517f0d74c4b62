import { stringify } from 'yaml';

/** How YAML is written. Kubernetes reads YAML 1.1, so what a 1.1 reader would take for something else is quoted. */
const OPTIONS = {
  compat: 'yaml-1.1',
  lineWidth: 0,
  aliasDuplicateObjects: false,
  indentSeq: false,
} as const;

/** Labels, kinds and names come again in every object and every environment; a text that is longer hardly ever does. */
const KEPT_LENGTH = 200;
const KEPT = 5_000;

const scalars = new Map<string, string>();
const keys = new Map<string, string>();

/**
 * A value as YAML: exactly what `stringify` of the library `yaml` writes with these options, without building its
 * document. A plan writes a dozen files, and building documents was half of what a plan took. How a text is quoted is
 * always the library's word; what has lines of its own is written by the library as a whole.
 *
 * @internal
 */
export function yamlText(value: unknown): string {
  const lines = isFilled(value) ? linesOf(value) : undefined;
  return lines ? `${lines.join('\n')}\n` : stringify(value, OPTIONS);
}

/** The lines of a collection that isn't empty; undefined where it holds something that is not plain. */
function linesOf(value: object): string[] | undefined {
  const lines: string[] = [];
  if (Array.isArray(value)) {
    for (const item of value) {
      const inner = isFilled(item) ? linesOf(item) : scalarLine(item);
      if (!inner) return undefined;
      inner.forEach((line, i) =>
        lines.push(i === 0 ? `- ${line}` : `  ${line}`),
      );
    }
    return lines;
  }
  for (const [name, item] of Object.entries(value)) {
    const key = keyText(name);
    if (key === undefined) return undefined;
    if (isFilled(item)) {
      const inner = linesOf(item);
      if (!inner) return undefined;
      lines.push(`${key}:`);
      const indent = Array.isArray(item) ? '' : '  ';
      for (const line of inner) lines.push(`${indent}${line}`);
    } else {
      const inner = scalarLine(item);
      if (!inner) return undefined;
      lines.push(`${key}: ${inner[0]}`);
    }
  }
  return lines;
}

function isFilled(value: unknown): value is object {
  return (
    value !== null &&
    typeof value === 'object' &&
    (Array.isArray(value) ||
      Object.getPrototypeOf(value) === Object.prototype) &&
    Object.keys(value).length > 0
  );
}

function scalarLine(value: unknown): [string] | undefined {
  if (typeof value === 'string') {
    const text = remembered(scalars, value, () => written({ k: value }, 'k: '));
    return text === undefined ? undefined : [text];
  }
  if (value === null || typeof value === 'boolean') return [String(value)];
  if (Number.isSafeInteger(value) && !Object.is(value, -0))
    return [String(value)];
  if (Array.isArray(value)) return value.length === 0 ? ['[]'] : undefined;
  return typeof value === 'object' &&
    Object.getPrototypeOf(value) === Object.prototype
    ? ['{}']
    : undefined;
}

function keyText(key: string): string | undefined {
  return remembered(keys, key, () => {
    const text = written({ [key]: 0 }, '');
    return text?.endsWith(': 0') && !text.startsWith('? ')
      ? text.slice(0, -': 0'.length)
      : undefined;
  });
}

/** What the library writes behind a prefix, where that is one line, and the same wherever it stands. */
function written(value: object, prefix: string): string | undefined {
  const text = stringify(value, OPTIONS);
  const line = text.slice(prefix.length, -1);
  return text.startsWith(prefix) && !line.includes('\n') ? line : undefined;
}

function remembered(
  kept: Map<string, string>,
  text: string,
  make: () => string | undefined,
): string | undefined {
  const known = kept.get(text);
  if (known !== undefined) return known;
  // What ends a document where it begins a line.
  if (/^(?:---|\.\.\.)/.test(text)) return undefined;
  const made = make();
  if (made !== undefined && text.length <= KEPT_LENGTH) {
    // Begun anew rather than aged: what comes again is soon there again.
    if (kept.size >= KEPT) kept.clear();
    kept.set(text, made);
  }
  return made;
}
