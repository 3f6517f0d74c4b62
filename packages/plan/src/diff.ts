import type { FieldChange } from '@slipway/plugin-slipway-common';
import { escapePointer } from './trace';
import type { KubernetesObject } from './types';

type Fields = Record<string, unknown>;

/** Stands for values that nobody may see. */
const HIDDEN = '(hidden)';

/**
 * What differs between two states of an object, field by field. Items of a
 * list that have names are compared by name, so that one more variable is one
 * change. Values of Secrets are hidden.
 *
 * @public
 */
export function diffObjects(
  before: KubernetesObject,
  after: KubernetesObject,
): FieldChange[] {
  const changes: FieldChange[] = [];
  compare('', before, after, changes);
  return after.kind === 'Secret' ? changes.map(hide) : changes;
}

function hide(change: FieldChange): FieldChange {
  if (!/^\/(data|stringData)(\/|$)/.test(change.pointer)) {
    return change;
  }
  return {
    pointer: change.pointer,
    ...('before' in change && { before: HIDDEN }),
    ...('after' in change && { after: HIDDEN }),
  };
}

function compare(
  pointer: string,
  before: unknown,
  after: unknown,
  changes: FieldChange[],
): void {
  if (Array.isArray(before) && Array.isArray(after)) {
    compareLists(pointer, before, after, changes);
  } else if (isMap(before) && isMap(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    for (const key of [...keys].sort()) {
      compare(
        `${pointer}/${escapePointer(key)}`,
        before[key],
        after[key],
        changes,
      );
    }
  } else if (before !== after) {
    changes.push({
      pointer,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    });
  }
}

function compareLists(
  pointer: string,
  before: unknown[],
  after: unknown[],
  changes: FieldChange[],
): void {
  const left = byName(before);
  const right = byName(after);
  if (!left || !right) {
    const length = Math.max(before.length, after.length);
    for (let index = 0; index < length; index += 1) {
      compare(`${pointer}/${index}`, before[index], after[index], changes);
    }
    return;
  }
  for (const [name, { index, item }] of right) {
    compare(`${pointer}/${index}`, left.get(name)?.item, item, changes);
  }
  for (const [name, { index, item }] of left) {
    if (!right.has(name)) {
      compare(`${pointer}/${index}`, item, undefined, changes);
    }
  }
}

/** Items by name, when every item has one and no two the same. */
function byName(
  list: unknown[],
): Map<string, { index: number; item: unknown }> | undefined {
  const items = new Map<string, { index: number; item: unknown }>();
  list.forEach((item, index) => {
    if (isMap(item) && typeof item.name === 'string') {
      items.set(item.name, { index, item });
    }
  });
  return items.size === list.length ? items : undefined;
}

function isMap(value: unknown): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
