/** A JSON object whose members are not known to the code that holds it. */
export type JsonObject = { [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Deep copy of plain JSON. */
export function clone<T>(value: T): T {
  if (Array.isArray(value)) return value.map(clone) as T;
  if (isObject(value)) {
    const out: JsonObject = {};
    for (const key of Object.keys(value)) {
      if (value[key] !== undefined) out[key] = clone(value[key]);
    }
    return out as T;
  }
  return value;
}

/** Deep equality of plain JSON; a member that is undefined counts as absent. */
export function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return (
      a.length === b.length && a.every((one, index) => equal(one, b[index]))
    );
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a).filter(key => a[key] !== undefined);
  const others = Object.keys(b).filter(key => b[key] !== undefined);
  return (
    keys.length === others.length && keys.every(key => equal(a[key], b[key]))
  );
}

/** The value at a path of object keys and list indexes, or undefined. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  let current: unknown = value;
  for (const step of path) {
    if (Array.isArray(current) && typeof step === 'number')
      current = current[step];
    else if (isObject(current)) current = current[step];
    else return undefined;
  }
  return current;
}

export function objectAt(
  value: unknown,
  ...path: (string | number)[]
): JsonObject | undefined {
  const found = at(value, ...path);
  return isObject(found) ? found : undefined;
}

export function listAt(
  value: unknown,
  ...path: (string | number)[]
): unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

export function objectsAt(
  value: unknown,
  ...path: (string | number)[]
): JsonObject[] {
  return listAt(value, ...path).filter(isObject);
}

export function stringAt(
  value: unknown,
  ...path: (string | number)[]
): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

export function numberAt(
  value: unknown,
  ...path: (string | number)[]
): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

/** JSON with the keys of every object in order, so that equal values have equal text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (isObject(value)) {
    const members = Object.keys(value)
      .sort()
      .map(key => `${JSON.stringify(key)}:${canonical(value[key])}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value);
}

/** Removes null members (Kubernetes' built-in types can't hold them). */
export function dropNulls<T>(value: T): T {
  if (Array.isArray(value))
    return value.filter(one => one !== null).map(dropNulls) as T;
  if (isObject(value)) {
    const out: JsonObject = {};
    for (const [key, member] of Object.entries(value)) {
      if (member !== null && member !== undefined) out[key] = dropNulls(member);
    }
    return out as T;
  }
  return value;
}
