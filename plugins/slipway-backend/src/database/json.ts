function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, child]) => [key, sortKeys(child)]),
  );
}

/** JSON with sorted keys, so that equal values are equal texts and a comparison tells whether anything changed. */
export function toJson(value: unknown): string {
  return JSON.stringify(sortKeys(value));
}

/** The same, with null for what isn't there. */
export function toOptionalJson(value: unknown): string | null {
  return value === undefined || value === null ? null : toJson(value);
}

/** A value as it was stored by {@link toJson}. */
export function fromJson<T>(text: string): T {
  return JSON.parse(text) as T;
}

/** A nullable value as it was stored by {@link toOptionalJson}. */
export function fromOptionalJson<T>(text: string | null): T | undefined {
  return text === null ? undefined : fromJson<T>(text);
}
