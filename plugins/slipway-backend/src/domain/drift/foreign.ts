import { FieldNode, isMap, parse } from './fieldTree';
import { isIgnored } from './ignored';
import { matches, nodeAt } from './lists';
import { latest, ownerIn } from './owners';
import { field, Found, item, member, Place, position, ROOT } from './place';
import type { Comparison } from './types';

/**
 * Fields that somebody owns whom nobody allowed, and who isn't joined by anybody who is: a variable added by
 * `kubectl set env`, an annotation by a script. An item of a list that they added is one finding, not one a field.
 */
export function foreignFields(
  comparison: Comparison,
  liveTree: FieldNode,
  appliedTree: FieldNode,
): Found[] {
  const { live, wanted, allowed, applier } = comparison;
  const found: Found[] = [];

  const isOurs = (at: Place, node: FieldNode) =>
    node.owners.some(
      ({ manager }) => manager === applier || allowed(manager),
    ) ||
    (nodeAt(appliedTree, at.keys)?.owners ?? []).some(
      ({ manager }) => manager === applier,
    );

  const visit = (
    at: Place,
    node: FieldNode,
    value: unknown,
    git: unknown,
  ): void => {
    if (value === undefined) return;
    if (isIgnored(at.segments, live, git !== undefined)) return;
    const strangers = node.owners.filter(
      ({ manager }) => manager !== applier && !allowed(manager),
    );
    const isItem = at.keys.at(-1)?.startsWith('k:') ?? false;
    const isWhole = node.children.size === 0 || isItem;
    if (isWhole && strangers.length > 0 && !isOurs(at, node)) {
      found.push({
        place: at,
        drift: {
          path: at.path,
          segments: at.segments,
          found: value,
          why: 'foreign',
          ...ownerIn(latest(strangers)),
        },
      });
      return;
    }
    for (const [key, child] of node.children) {
      const next = step(at, key, value, git);
      if (next) visit(next.at, child, next.value, next.git);
    }
  };

  visit(ROOT, liveTree, live, wanted);
  return found;
}

function step(
  at: Place,
  key: string,
  value: unknown,
  git: unknown,
): { at: Place; value: unknown; git: unknown } | undefined {
  const rest = key.slice(2);
  if (key.startsWith('f:')) {
    if (!isMap(value)) return undefined;
    return {
      at: field(at, rest),
      value: value[rest],
      git: isMap(git) ? git[rest] : undefined,
    };
  }
  if (!Array.isArray(value)) return undefined;
  const list = Array.isArray(git) ? git : [];
  if (key.startsWith('k:')) {
    const index = value.findIndex(one => matches(one, key));
    if (index < 0) return undefined;
    return {
      at: item(at, key, index),
      value: value[index],
      git: list.find(one => matches(one, key)),
    };
  }
  if (key.startsWith('v:')) {
    const one = parse(rest);
    const index = value.indexOf(one);
    if (index < 0) return undefined;
    return {
      at: member(at, one, index),
      value: one,
      git: list.includes(one) ? one : undefined,
    };
  }
  const index = Number(rest);
  return { at: position(at, index), value: value[index], git: list[index] };
}
