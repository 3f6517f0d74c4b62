import type {
  ObjectIdentity,
  PolicyPack,
  PolicyRule,
  Verdict,
} from '@slipway/plugin-slipway-common';
import type { KubernetesObject, RenderedObject } from '../types';
import { compile, toCel, type Program } from './cel';

/**
 * What rules of scope `plan` see beside the objects.
 *
 * @public
 */
export interface PolicyContext {
  organization: string;
  service: string;
  environment: string;
  class: string;
  cluster: string;
}

/** What rules look at: an object and where it comes from. @public */
export type PolicySubject = Pick<RenderedObject, 'object' | 'source'>;

interface CompiledRule {
  condition?: Program;
  expression: Program;
  message: Program;
}

/** Packs are read again and again in one process, their rules seldom change. */
const compiled = new WeakMap<PolicyRule, CompiledRule | Error>();

/**
 * Checks rendered objects with the rules of packs. Every failure is a verdict
 * with the rule's action; a rule that can't be evaluated is a verdict `error`,
 * which blocks like deny. A rule without any of these is one verdict `pass`.
 *
 * Expressions are bounded in size, not in time: run packs that others wrote
 * where they can be stopped, such as in a worker.
 *
 * @public
 */
export function evaluatePolicies(
  objects: readonly PolicySubject[],
  packs: readonly PolicyPack[],
  context: PolicyContext,
): Verdict[] {
  const subjects = objects.map(subject => ({
    ...subject,
    cel: toCel(subject.object),
  }));
  const plan = { ...context, objects: subjects.map(({ cel }) => cel) };
  return packs.flatMap(pack =>
    pack.spec.rules.flatMap(rule => {
      const about = { pack: pack.metadata.name, rule: rule.name };
      const program = compileRule(rule);
      const verdicts =
        program instanceof Error
          ? [broken(about, rule, program)]
          : evaluateRule(about, rule, program, subjects, plan);
      return verdicts.length > 0
        ? verdicts
        : [{ ...about, result: 'pass' as const, message: 'The rule holds.' }];
    }),
  );
}

type About = Pick<Verdict, 'pack' | 'rule'>;
type Subject = PolicySubject & { cel: unknown };

function evaluateRule(
  about: About,
  rule: PolicyRule,
  program: CompiledRule,
  subjects: Subject[],
  plan: unknown,
): Verdict[] {
  if (rule.scope === 'plan') {
    return check(about, rule, program, { plan });
  }
  return subjects
    .filter(({ object }) => matches(rule, object))
    .flatMap(subject =>
      check(about, rule, program, { object: subject.cel, plan }, subject),
    );
}

function check(
  about: About,
  rule: PolicyRule,
  program: CompiledRule,
  variables: Record<string, unknown>,
  subject?: PolicySubject,
): Verdict[] {
  const where = subject && {
    object: identityOf(subject.object),
    ...(subject.source && { source: subject.source }),
  };
  try {
    if (
      program.condition &&
      !truth(program.condition(variables), 'match.condition')
    ) {
      return [];
    }
    if (truth(program.expression(variables), 'expression')) {
      return [];
    }
  } catch (error) {
    return [{ ...broken(about, rule, error as Error), ...where }];
  }
  return [
    {
      ...about,
      result: rule.action,
      message: messageOf(rule, program, variables),
      ...(rule.fix !== undefined && { fix: rule.fix }),
      ...where,
    },
  ];
}

/** CEL has no truthiness, and neither may a rule. */
function truth(value: unknown, what: string): boolean {
  if (typeof value !== 'boolean') {
    throw new Error(`${what} answers ${describe(value)} and not true or false`);
  }
  return value;
}

function messageOf(
  rule: PolicyRule,
  program: CompiledRule,
  variables: Record<string, unknown>,
): string {
  try {
    const message = program.message(variables);
    if (typeof message === 'string' && message.trim() !== '') {
      return message;
    }
    return `Rule ${rule.name} doesn't hold (its message is ${describe(message)}).`;
  } catch (error) {
    return `Rule ${rule.name} doesn't hold (its message can't be evaluated: ${(error as Error).message}).`;
  }
}

function broken(about: About, rule: PolicyRule, error: Error): Verdict {
  return {
    ...about,
    result: 'error',
    message: `Rule ${rule.name} can't be evaluated: ${error.message}.`,
    fix: 'Correct the rule in its policy pack; until then it blocks.',
  };
}

function describe(value: unknown): string {
  if (value === null || value === undefined) {
    return 'nothing';
  }
  return typeof value === 'bigint' ? 'a number' : `a ${typeof value}`;
}

function matches(rule: PolicyRule, object: KubernetesObject): boolean {
  const { kinds, apiGroups } = rule.match;
  const [group, version] = object.apiVersion.split('/');
  return (
    (kinds.length === 0 || kinds.includes(object.kind)) &&
    (apiGroups.length === 0 ||
      apiGroups.includes(version === undefined ? '' : group))
  );
}

function compileRule(rule: PolicyRule): CompiledRule | Error {
  const known = compiled.get(rule);
  if (known) {
    return known;
  }
  const result = readRule(rule);
  compiled.set(rule, result);
  return result;
}

function readRule(rule: PolicyRule): CompiledRule | Error {
  try {
    return {
      ...(rule.match.condition !== undefined && {
        condition: compile(rule.match.condition),
      }),
      expression: compile(rule.expression),
      message: compile(rule.messageExpression),
    };
  } catch (error) {
    return error as Error;
  }
}

/** @internal */
export function identityOf(object: KubernetesObject): ObjectIdentity {
  const { name, namespace } = object.metadata;
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    name,
    ...(namespace !== undefined && { namespace }),
  };
}
