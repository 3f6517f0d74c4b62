import type { PolicyPackInput } from '@slipway/plugin-slipway-common';
import { environmentClass, policyPack } from '../../__testUtils__/inputs';
import { DEFAULT_POLICIES } from '../defaultPolicies';
import { exportPolicies } from './exportPolicies';
import { ruleExport } from './exportable';

type Rule = PolicyPackInput['spec']['rules'][number];

const rule = (more: Partial<Rule>): Rule => ({
  name: 'rule',
  match: { kinds: ['Deployment'] },
  expression: 'true',
  messageExpression: "'no'",
  action: 'deny',
  ...more,
});
const judged = (more: Partial<Rule>) =>
  ruleExport(policyPack([rule(more)]).spec.rules[0]);
const reason = (expression: string) => judged({ expression }).reason;

describe('ruleExport', () => {
  it('exports the default packs but for three rules, and says why', () => {
    const left = DEFAULT_POLICIES.flatMap(({ spec }) => spec.rules)
      .map(one => [one.name, ruleExport(one)] as const)
      .filter(([, { exported }]) => !exported);
    expect(Object.fromEntries(left)).toEqual({
      'durable-cache': {
        exported: false,
        reason: expect.stringContaining('asks for emptyDir'),
      },
      replicas: {
        exported: false,
        reason:
          'Its match.condition asks for replicas, which the API server fills in before it asks; write .?replicas.orValue(1).',
      },
      'disruption-budget': {
        exported: false,
        reason:
          'It looks at the whole plan; the API server sees one object at a time.',
      },
    });
  });

  it.each([
    ['plan.class == "production"', 'Its expression uses `plan`'],
    ['timestamp("2020-01-01T00:00:00Z") > timestamp("x")', 'timestamp()'],
    ['object.spec.x.hex() == "a"', '.hex()'],
    ["object.x.matches('^(?=a)')", 'a group with (?'],
    ["object.x.matches('(a)\\\\1')", 'a reference back'],
    ["object.x.matches('[[:alpha:]]')", '[:alpha:]'],
    ["object.x.matches('\\\\s')", 'an escape'],
    ["object.x.matches('a{1001}')", 'a count above 999'],
    ['object.x.matches(object.y)', 'have to be written out'],
    ["object.x in [1, 'a']", 'different types'],
    ['object.spec.replicas >= 2', 'write .?replicas.orValue(1)'],
    ['object.spec.?replicas.orValue(2) >= 2', 'write .?replicas.orValue(1)'],
    ["object.spec[?'replicas'].orValue(2) >= 2", 'asks for replicas'],
    ["'replicas' in object.spec", 'asks for replicas'],
    ['has(object.spec.strategy)', 'asks for strategy'],
    ['object.spec.?clusterIP.orValue("") == ""', 'asks for clusterIP'],
    [
      "object.c.?resources.?limits.?memory.orValue('') == '1Gi'",
      'reads memory as text',
    ],
    ['1 + 1', 'yields int and never bool'],
    ['object.', "can't be read"],
  ])('says why it leaves out %s', (expression, expected) => {
    expect(judged({ expression }).exported).toBe(false);
    expect(reason(expression)).toContain(expected);
  });

  it.each([
    'object.spec.?replicas.orValue(1) >= 2',
    "object.spec[?'replicas'].orValue(1) >= 2",
    "object.spec.?strategy.?type.orValue('RollingUpdate') == 'Recreate'",
    "object.x.type == 'RuntimeDefault'",
    "object.x.matches('^[a-z0-9._-]+:(?:v[0-9]+|[0-9a-f]{7,40})$')",
    "quantity(object.c.?resources.?limits.?memory.orValue('0')).isLessThan(quantity('1Gi'))",
    'object.c.?resources.?limits.?memory.hasValue()',
  ])('exports %s', expression => {
    expect(judged({ expression })).toEqual({ exported: true });
  });

  it('asks about no object that Slipway does not render into the namespace', () => {
    expect(judged({ match: { kinds: ['Pod'] } })).toEqual({
      exported: false,
      reason:
        'None of its kinds is in the namespace of an environment: Slipway renders no such object.',
    });
    expect(judged({ match: { kinds: ['Application'] } }).reason).toContain(
      'where Argo CD is',
    );
    expect(judged({ match: { kinds: ['Deployment', 'Secret'] } })).toEqual({
      exported: true,
      reason:
        'Not for Secret: a Secret holds in the cluster what it does not hold in Git.',
    });
  });
});

describe('exportPolicies', () => {
  const pack = policyPack(
    [
      rule({
        name: 'one',
        description: 'Why.',
        match: {
          kinds: ['Deployment', 'Service'],
          condition: "object.metadata.name != 'x'",
        },
        expression: 'object.spec.ok',
        messageExpression: 'object.metadata.name',
        fix: 'Do.',
      }),
      rule({ name: 'two', action: 'warn' }),
      rule({ name: 'three', action: 'allow' }),
      rule({ name: 'four', scope: 'plan' }),
    ],
    'pack',
  );

  it('binds each rule to the namespaces of the classes that use its pack', () => {
    const objects = exportPolicies(
      [pack],
      ['b', 'c', 'a'].map(name =>
        environmentClass({ policies: name === 'c' ? [] : ['pack'] }, name),
      ),
    );
    expect(
      objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    ).toEqual(
      ['one', 'two', 'three'].flatMap(name => [
        `ValidatingAdmissionPolicy ${name}.pack.policies.slipway.dev`,
        `ValidatingAdmissionPolicyBinding ${name}.pack.policies.slipway.dev`,
      ]),
    );
    expect(objects[1].spec).toEqual({
      policyName: 'one.pack.policies.slipway.dev',
      validationActions: ['Deny'],
      matchResources: {
        namespaceSelector: {
          matchExpressions: [
            { key: 'slipway.dev/class', operator: 'In', values: ['a', 'b'] },
          ],
        },
      },
    });
    expect(objects[3].spec).toMatchObject({
      validationActions: ['Warn', 'Audit'],
    });
    expect(objects[5].spec).toMatchObject({ validationActions: ['Audit'] });
    expect(exportPolicies([pack], [])).toEqual([]);
  });

  it('keeps condition, message and fix, and says types that only show when it runs', () => {
    const [policy] = exportPolicies(
      [pack],
      [environmentClass({ policies: ['pack'] })],
    );
    expect(policy.metadata.annotations).toEqual({
      'slipway.dev/description': 'Why.',
      'slipway.dev/fix': 'Do.',
    });
    expect(policy.spec).toMatchObject({
      failurePolicy: 'Fail',
      matchConditions: [
        { name: 'not-by-a-controller' },
        { name: 'not-going' },
        { name: 'applies', expression: "object.metadata.name != 'x'" },
      ],
      validations: [
        {
          expression: '(object.spec.ok) ? true : false',
          messageExpression: "'' + (object.metadata.name)",
          message: "Rule one doesn't hold.",
        },
      ],
    });
  });
});
