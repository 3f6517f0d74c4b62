import { pointerSteps } from './trace';

/** One operation of a JSON patch (RFC 6902) that a spec may hold. @internal */
export interface PatchOperation {
  op: 'add' | 'remove' | 'replace' | 'test';
  path: string;
  value?: unknown;
}

type Container = unknown[] | Record<string, unknown>;

/** Keys that lead out of the object and into JavaScript. */
const FORBIDDEN = ['__proto__', 'constructor', 'prototype'];

/**
 * Applies a patch to a copy. Throws an Error that says which operation failed
 * and why; then nothing is changed.
 *
 * @internal
 */
export function applyPatch<T>(target: T, operations: PatchOperation[]): T {
  return operations.reduce((value, operation, index) => {
    try {
      return apply(value, operation);
    } catch (error) {
      throw new Error(
        `operation ${index + 1} (${operation.op} ${operation.path}) ${(error as Error).message}`,
        { cause: error },
      );
    }
  }, clone(target));
}

/** A copy of JSON. Not structuredClone, which not every browser test has. */
function clone<T>(value: T): T {
  if (Array.isArray(value)) {
    return Array.from(value, clone) as T;
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, field]) => [key, clone(field)]),
    ) as T;
  }
  return value;
}

function apply<T>(target: T, operation: PatchOperation): T {
  const steps = pointerSteps(operation.path);
  const forbidden = steps.find(step => FORBIDDEN.includes(step));
  if (forbidden !== undefined) {
    throw new Error(`must not touch ${forbidden}`);
  }
  const last = steps.pop();
  if (last === undefined) {
    throw new Error('must not replace the whole object');
  }
  let parent: unknown = target;
  for (const step of steps) {
    parent = member(container(parent, step), step);
  }
  change(container(parent, last), last, operation);
  return target;
}

function container(value: unknown, step: string): Container {
  if (value === null || typeof value !== 'object') {
    throw new Error(`finds no map or list that could hold ${step}`);
  }
  return value as Container;
}

function member(parent: Container, step: string): unknown {
  const key = existingKey(parent, step);
  return Array.isArray(parent) ? parent[Number(key)] : parent[key];
}

function existingKey(parent: Container, step: string): string {
  const there = Array.isArray(parent)
    ? isIndex(step) && Number(step) < parent.length
    : Object.hasOwn(parent, step);
  if (!there) {
    throw new Error(
      Array.isArray(parent)
        ? `finds no item ${step}; the list has ${parent.length}`
        : `finds no field ${step}; there are ${Object.keys(parent).join(', ') || 'none'}`,
    );
  }
  return step;
}

function change(
  parent: Container,
  step: string,
  { op, value }: PatchOperation,
): void {
  if (op !== 'remove' && value === undefined) {
    throw new Error('has no value');
  }
  switch (op) {
    case 'test':
      if (!same(member(parent, step), value)) {
        throw new Error('finds another value');
      }
      break;
    case 'remove':
      remove(parent, existingKey(parent, step));
      break;
    case 'replace':
      set(parent, existingKey(parent, step), value);
      break;
    default:
      add(parent, step, value);
  }
}

function add(parent: Container, step: string, value: unknown): void {
  if (!Array.isArray(parent)) {
    set(parent, step, value);
    return;
  }
  const index = step === '-' ? parent.length : Number(step);
  if ((step !== '-' && !isIndex(step)) || index > parent.length) {
    throw new Error(
      `can't add at ${step}; allowed are 0 to ${parent.length} and -`,
    );
  }
  parent.splice(index, 0, clone(value));
}

function set(parent: Container, key: string, value: unknown): void {
  if (Array.isArray(parent)) {
    parent[Number(key)] = clone(value);
  } else {
    parent[key] = clone(value);
  }
}

function remove(parent: Container, key: string): void {
  if (Array.isArray(parent)) {
    parent.splice(Number(key), 1);
  } else {
    delete parent[key];
  }
}

function isIndex(step: string): boolean {
  return /^(0|[1-9][0-9]*)$/.test(step);
}

function same(a: unknown, b: unknown): boolean {
  if (a === b) {
    return true;
  }
  if (
    a === null ||
    b === null ||
    typeof a !== 'object' ||
    typeof b !== 'object' ||
    Array.isArray(a) !== Array.isArray(b)
  ) {
    return false;
  }
  const left = Object.entries(a);
  return (
    left.length === Object.keys(b).length &&
    left.every(
      ([key, value]) =>
        Object.hasOwn(b, key) &&
        same(value, (b as Record<string, unknown>)[key]),
    )
  );
}
