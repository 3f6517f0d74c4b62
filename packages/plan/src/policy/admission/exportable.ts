import type { ASTNode } from '@marcbachmann/cel-js';
import type { PolicyRule } from '@slipway/plugin-slipway-common';
import { parseRule, typeOf } from '../cel';
import { filledIn } from './filledIn';
import { ELSEWHERE, EXPORTED_KINDS, type ServedKind } from './kinds';
import { differenceInPattern } from './pattern';

/** Whether a rule can be handed to the API server. @public */
export interface RuleExport {
  exported: boolean;
  /** Why not, or what of it is left out. */
  reason?: string;
}

/** Functions of CEL itself and of Kubernetes 1.30 that mean the same as ours; tested one by one on a real API server. */
const FUNCTIONS = [
  'has',
  'size',
  'string',
  'int',
  'bool',
  'dyn',
  'quantity',
  'isQuantity',
];
const METHODS = [
  'all',
  'exists',
  'exists_one',
  'filter',
  'map',
  'contains',
  'startsWith',
  'endsWith',
  'matches',
  'size',
  'lowerAscii',
  'upperAscii',
  'trim',
  'indexOf',
  'lastIndexOf',
  'substring',
  'split',
  'join',
  'compareTo',
  'isLessThan',
  'isGreaterThan',
  'hasValue',
  'value',
  'or',
  'orValue',
];

/** Amounts that the API server writes its own way: 0.5 becomes 500m. */
const AMOUNTS = ['cpu', 'memory', 'storage', 'ephemeral-storage', 'sizeLimit'];

/** The kinds that an exported rule is asked about. @internal */
export function kindsOf(rule: PolicyRule): ServedKind[] {
  const { kinds, apiGroups } = rule.match;
  return EXPORTED_KINDS.filter(
    ({ kind, group }) =>
      (kinds.length === 0 || kinds.includes(kind)) &&
      (apiGroups.length === 0 || apiGroups.includes(group)),
  );
}

/**
 * Whether a rule can be exported as a ValidatingAdmissionPolicy that refuses
 * the same objects with the same words. When in doubt it can't, and says why.
 *
 * @public
 */
export function ruleExport(rule: PolicyRule): RuleExport {
  const reason =
    scopeReason(rule) ?? kindsReason(rule) ?? expressionReason(rule);
  if (reason !== undefined) {
    return { exported: false, reason };
  }
  const left = rule.match.kinds.filter(kind =>
    kindsOf(rule).every(other => other.kind !== kind),
  );
  return left.length === 0
    ? { exported: true }
    : {
        exported: true,
        reason: `Not for ${left.join(', ')}: ${whyNot(left)}.`,
      };
}

function scopeReason({ scope }: PolicyRule): string | undefined {
  return scope === 'plan'
    ? 'It looks at the whole plan; the API server sees one object at a time.'
    : undefined;
}

function kindsReason(rule: PolicyRule): string | undefined {
  return kindsOf(rule).length === 0
    ? `None of its kinds is in the namespace of an environment: ${whyNot(rule.match.kinds)}.`
    : undefined;
}

function whyNot(kinds: string[]): string {
  if (kinds.some(kind => ELSEWHERE.includes(kind))) {
    return 'what Argo CD reads lives where Argo CD is, beside that of others';
  }
  return kinds.includes('Secret')
    ? 'a Secret holds in the cluster what it does not hold in Git'
    : 'Slipway renders no such object';
}

function expressionReason(rule: PolicyRule): string | undefined {
  const expressions = [
    ['match.condition', rule.match.condition, 'bool'],
    ['expression', rule.expression, 'bool'],
    ['messageExpression', rule.messageExpression, 'string'],
  ] as const;
  for (const [where, text, type] of expressions) {
    if (text === undefined) continue;
    const found = textReason(text, type);
    if (found) return `Its ${where} ${found}.`;
  }
  return undefined;
}

function textReason(text: string, wanted: string): string | undefined {
  try {
    const found = walk(parseRule(text), []);
    const type = typeOf(text);
    return (
      found ??
      (type === 'dyn' || type === wanted
        ? undefined
        : `yields ${type ?? 'nothing'} and never ${wanted}`)
    );
  } catch (error) {
    return `can't be read: ${(error as Error).message}`;
  }
}

type Path = readonly ASTNode[];

/** The first thing in an expression that isn't the same for the API server. `above` is nearest first. */
function walk(node: ASTNode, above: Path): string | undefined {
  const own = reasonAt(node, above);
  if (own !== undefined) return own;
  for (const child of childrenOf(node)) {
    const found = walk(child, [node, ...above]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isNode(value: unknown): value is ASTNode {
  return value !== null && typeof value === 'object' && 'op' in value;
}

function childrenOf(node: ASTNode): ASTNode[] {
  const flat = (value: unknown): ASTNode[] => {
    if (isNode(value)) return [value];
    return Array.isArray(value) ? value.flatMap(flat) : [];
  };
  return node.op === 'value' ? [] : flat(node.args);
}

function reasonAt(node: ASTNode, above: Path): string | undefined {
  switch (node.op) {
    case 'id':
      return node.args === 'plan'
        ? 'uses `plan`, which the API server does not have'
        : undefined;
    case 'call': {
      const [name] = node.args;
      return FUNCTIONS.includes(name)
        ? undefined
        : `uses ${name}(), which is not the same in Kubernetes' CEL`;
    }
    case 'rcall':
      return METHODS.includes(node.args[0])
        ? patternReason(node.args[0], node.args[2])
        : `uses .${node.args[0]}(), which is not the same in Kubernetes' CEL`;
    case 'list':
    case 'map':
      return mixed(node)
        ? "has a list or map of different types, which Kubernetes' CEL refuses"
        : undefined;
    default: {
      const read = fieldOf(node);
      return (
        read && (filledReason(node, read, above) ?? amountReason(read, above))
      );
    }
  }
}

function patternReason(
  method: string,
  [pattern]: readonly ASTNode[],
): string | undefined {
  if (method !== 'matches') return undefined;
  if (pattern?.op !== 'value' || typeof pattern.args !== 'string') {
    return "makes up a pattern for matches() as it goes; patterns are JavaScript's here and RE2's in Kubernetes, so they have to be written out";
  }
  const difference = differenceInPattern(pattern.args);
  return difference === undefined
    ? undefined
    : `has a pattern with ${difference}; patterns are JavaScript's here and RE2's in Kubernetes`;
}

function mixed(node: ASTNode & { op: 'list' | 'map' }): boolean {
  const columns: ASTNode[][] =
    node.op === 'list'
      ? [node.args]
      : [node.args.map(([key]) => key), node.args.map(([, item]) => item)];
  return columns.some(column => {
    const types = new Set(column.map(typeOfLiteral));
    types.delete('');
    return types.size > 1;
  });
}

/** Empty for what shows its type only when it is run. */
function typeOfLiteral({ op, args }: ASTNode): string {
  if (op === 'value') return typeof args;
  return op === 'list' || op === 'map' ? op : '';
}

interface Read {
  field: string;
  /** The name of the field that it is read from, where that is written. */
  parent?: string;
  optional: boolean;
}

/** The field that a node reads or asks for. */
function fieldOf(node: ASTNode): Read | undefined {
  const nameOf = (receiver: ASTNode) => fieldOf(receiver)?.field;
  switch (node.op) {
    case '.':
    case '.?':
      return {
        field: node.args[1],
        parent: nameOf(node.args[0]),
        optional: node.op === '.?',
      };
    case '[]':
    case '[?]': {
      const [receiver, key] = node.args;
      // An item of a list is no field: what is below it has no name above it.
      return key.op === 'value' && typeof key.args === 'string'
        ? {
            field: key.args,
            parent: nameOf(receiver),
            optional: node.op === '[?]',
          }
        : undefined;
    }
    case 'in': {
      const [key, receiver] = node.args;
      return key.op === 'value' &&
        typeof key.args === 'string' &&
        fieldOf(receiver) !== undefined
        ? { field: key.args, parent: nameOf(receiver), optional: false }
        : undefined;
    }
    default:
      return undefined;
  }
}

const SELECTS = ['.', '.?', '[]', '[?]'];

/** A field that the API server fills in may only be read in a way that makes no difference. */
function filledReason(
  node: ASTNode,
  { field, parent, optional }: Read,
  [next]: Path,
): string | undefined {
  const filled = filledIn(field, parent);
  if (!filled) return undefined;
  const says = `asks for ${field}, which the API server fills in before it asks`;
  if (filled === 'varies') return says;
  if (filled === 'object') {
    const deeper =
      optional &&
      next &&
      SELECTS.includes(next.op) &&
      childrenOf(next)[0] === node;
    return deeper
      ? undefined
      : `${says}; ask for what is below it, as in .?${field}.?…`;
  }
  const fallback =
    optional && next?.op === 'rcall' && next.args[0] === 'orValue'
      ? next.args[2][0]
      : undefined;
  return fallback?.op === 'value' && same(fallback.args, filled.value)
    ? undefined
    : `${says}; write .?${field}.orValue(${JSON.stringify(filled.value)})`;
}

function same(literal: unknown, wanted: string | number | boolean): boolean {
  return typeof literal === 'bigint'
    ? Number(literal) === wanted
    : literal === wanted;
}

/** An amount may be asked for and compared as a quantity, never as text. */
function amountReason({ field }: Read, above: Path): string | undefined {
  if (!AMOUNTS.includes(field)) return undefined;
  const [user] = above.filter(
    node =>
      !(
        node.op === 'rcall' && ['orValue', 'value', 'or'].includes(node.args[0])
      ),
  );
  const name =
    user?.op === 'call' || user?.op === 'rcall' ? user.args[0] : undefined;
  return name !== undefined &&
    ['quantity', 'isQuantity', 'has', 'hasValue'].includes(name)
    ? undefined
    : `reads ${field} as text, which the API server writes its own way; compare it as quantity(…)`;
}
