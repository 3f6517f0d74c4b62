import { Environment, type ASTNode } from '@marcbachmann/cel-js';
import {
  compareQuantities,
  isQuantity,
  parseQuantity,
  type Quantity,
} from '@slipway/plugin-slipway-common';

/**
 * Bounds of one expression. They are far above what a rule that people can
 * read needs, and keep a hostile one from being large before it is run; how
 * long it runs is bounded by whoever evaluates packs that aren't their own.
 */
const LIMITS = {
  maxAstNodes: 2_000,
  maxDepth: 50,
  maxListElements: 200,
  maxMapEntries: 200,
  maxCallArguments: 16,
};

/** A Kubernetes quantity as CEL sees it. */
class CelQuantity {
  constructor(readonly quantity: Quantity) {}
}

type Compare = (a: CelQuantity, b: CelQuantity) => number;

const compare: Compare = (a, b) => compareQuantities(a.quantity, b.quantity);

/**
 * The variables that a rule can use. As in a ValidatingAdmissionPolicy the
 * object is `object`; `plan` is there for rules over the whole plan. Of the
 * functions that Kubernetes adds to CEL, those for quantities are here.
 */
function createEnvironment() {
  return new Environment({
    unlistedVariablesAreDyn: false,
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
    limits: LIMITS,
  })
    .registerVariable('object', 'dyn')
    .registerVariable('plan', 'dyn')
    .registerType('kubernetes.Quantity', CelQuantity)
    .registerFunction(
      'quantity(string): kubernetes.Quantity',
      (text: string) => new CelQuantity(parseQuantity(text)),
    )
    .registerFunction('isQuantity(string): bool', (text: string) =>
      isQuantity(text),
    )
    .registerFunction(
      'kubernetes.Quantity.compareTo(kubernetes.Quantity): int',
      (a: CelQuantity, b: CelQuantity) => BigInt(compare(a, b)),
    )
    .registerFunction(
      'kubernetes.Quantity.isLessThan(kubernetes.Quantity): bool',
      (a: CelQuantity, b: CelQuantity) => compare(a, b) < 0,
    )
    .registerFunction(
      'kubernetes.Quantity.isGreaterThan(kubernetes.Quantity): bool',
      (a: CelQuantity, b: CelQuantity) => compare(a, b) > 0,
    );
}

let environment: ReturnType<typeof createEnvironment> | undefined;

/** An expression that can be run. @internal */
export type Program = (variables: Record<string, unknown>) => unknown;

/**
 * Reads an expression. Throws an Error with one line that says what is wrong.
 *
 * @internal
 */
export function compile(expression: string): Program {
  const program = read(expression);
  return variables => guarded(() => program(variables));
}

/** What an expression consists of. Throws like {@link compile}. @internal */
export function parseRule(expression: string): ASTNode {
  return read(expression).ast;
}

/** The type of what an expression yields, `dyn` where that shows only when it is run. @internal */
export function typeOf(expression: string): string | undefined {
  return guarded(() => read(expression).check().type);
}

function read(expression: string) {
  // Made on first use: most of those who import a plan never run a policy.
  environment ??= createEnvironment();
  const known = environment;
  return guarded(() => known.parse(expression));
}

function guarded<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new Error(firstLine(error), { cause: error });
  }
}

/** The library draws the expression below its message. */
function firstLine(error: unknown): string {
  const { summary, message } = error as { summary?: string; message?: string };
  return (summary ?? message ?? String(error)).split('\n')[0];
}

/**
 * A value of JSON as CEL expects it: whole numbers as `int`, so that
 * `object.spec.replicas >= 2` compares numbers of one type.
 *
 * @internal
 */
export function toCel(value: unknown): unknown {
  if (typeof value === 'number' && Number.isSafeInteger(value)) {
    return BigInt(value);
  }
  if (Array.isArray(value)) {
    // Not value.map: lists of another realm would stay lists of that realm.
    return Array.from(value, toCel);
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, field]) => [key, toCel(field)]),
    );
  }
  return value;
}
