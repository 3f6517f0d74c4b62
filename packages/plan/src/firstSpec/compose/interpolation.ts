import type { Found } from '../Found';
import type { Ledger } from '../Ledger';

/** A text with its variables filled in; undefined, and noted, where they have no default. */
export function filled(
  at: Found,
  owner: string,
  ledger: Ledger,
  variable?: string,
): string | undefined {
  const text = at.text();
  if (text === undefined) return undefined;
  const value = interpolate(text);
  if (value === undefined)
    ledger.leave(
      at,
      variable === undefined ? `${owner}: ${text.slice(0, 80)}` : owner,
      'its value comes from the shell that starts compose',
    );
  return value;
}

/** Compose's own way: `${NAME:-default}` and `${NAME-default}`; `$$` is a dollar. */
export function interpolate(text: string): string | undefined {
  let isWhole = true;
  const value = text.replace(
    /\$(?:\$|\{([A-Za-z_][A-Za-z0-9_]*)(?::?-([^}]*)|[^}]*)\}|[A-Za-z_][A-Za-z0-9_]*)/g,
    (
      match: string,
      _name: string | undefined,
      fallback: string | undefined,
    ) => {
      if (match === '$$') return '$';
      if (fallback === undefined) isWhole = false;
      return fallback ?? '';
    },
  );
  return isWhole ? value : undefined;
}
