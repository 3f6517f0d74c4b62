import type { PolicyPackInput } from '@slipway/plugin-slipway-common';
import { policyPack } from '../__testUtils__/inputs';
import { evaluatePolicies } from './evaluatePolicies';

type Rule = PolicyPackInput['spec']['rules'][number];

const CONTEXT = {
  organization: 'shop',
  service: 'cart',
  environment: 'prod',
  class: 'production',
  cluster: 'fra-1',
};

const object = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'ns' },
  spec: { replicas: 2, memory: '1.5Gi' },
};

const evaluate = (rule: Partial<Rule>) =>
  evaluatePolicies(
    [
      { object, source: { specPath: 'workloads[web]', line: 3 } },
      {
        object: { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' } },
      },
    ],
    [
      policyPack([
        {
          name: 'rule',
          match: { kinds: ['Deployment'] },
          expression: 'true',
          messageExpression: "'no'",
          action: 'deny',
          ...rule,
        },
      ]),
    ],
    CONTEXT,
  );

const results = (rule: Partial<Rule>) =>
  evaluate(rule).map(({ result }) => result);

describe('evaluatePolicies', () => {
  it('tells object, place, message and fix of what does not hold', () => {
    expect(
      evaluate({
        expression: 'object.spec.replicas >= 3',
        messageExpression:
          "object.metadata.name + ' runs ' + string(object.spec.replicas) + ' times'",
        fix: 'Run three.',
      }),
    ).toEqual([
      {
        pack: 'pack',
        rule: 'rule',
        result: 'deny',
        message: 'web runs 2 times',
        fix: 'Run three.',
        object: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'web',
          namespace: 'ns',
        },
        source: { specPath: 'workloads[web]', line: 3 },
      },
    ]);
  });

  it('answers one pass for a rule that holds, also when it matches nothing', () => {
    expect(results({ expression: 'object.spec.replicas == 2' })).toEqual([
      'pass',
    ]);
    expect(results({ match: { kinds: ['Pod'] }, expression: 'false' })).toEqual(
      ['pass'],
    );
  });

  it('matches by kind, by API group and by condition', () => {
    expect(
      results({ match: { apiGroups: [''] }, expression: 'false' }),
    ).toEqual(['deny']);
    expect(results({ match: {}, expression: 'false' })).toEqual([
      'deny',
      'deny',
    ]);
    expect(
      results({
        match: { condition: "object.metadata.name == 's'" },
        expression: 'false',
      }),
    ).toEqual(['deny']);
  });

  it('sees the whole plan in rules of that scope, once', () => {
    expect(
      evaluate({
        scope: 'plan',
        expression: "plan.class != 'production' || plan.objects.size() > 2",
        messageExpression:
          "plan.organization + '/' + plan.service + '/' + plan.environment + ' on ' + plan.cluster",
      }),
    ).toEqual([
      {
        pack: 'pack',
        rule: 'rule',
        result: 'deny',
        message: 'shop/cart/prod on fra-1',
      },
    ]);
  });

  it('compares quantities as Kubernetes does', () => {
    const bigger = (than: string) =>
      results({
        expression: `quantity(object.spec.memory).isGreaterThan(quantity('${than}'))`,
      });
    expect(bigger('1535Mi')).toEqual(['pass']);
    expect(bigger('1.5Gi')).toEqual(['deny']);
    expect(
      results({ expression: "isQuantity('1Gi') && !isQuantity('1gi')" }),
    ).toEqual(['pass']);
  });

  it.each<[string, Partial<Rule>]>([
    ['no expression', { expression: 'object.' }],
    ['an unknown variable', { expression: 'request.user == "x"' }],
    ['a field that is not there', { expression: 'object.spec.gone == 1' }],
    ['types that do not compare', { expression: "object.spec.replicas > '1'" }],
    ['an answer that is neither true nor false', { expression: '1 + 1' }],
    ['a broken condition', { match: { condition: 'object.gone.x' } }],
    ['no quantity', { expression: "quantity('much') == quantity('1')" }],
    [
      'too much at once',
      {
        expression: `${Array.from({ length: 1500 }, () => '1').join('+')} > 0`,
      },
    ],
    [
      'too much nesting',
      { expression: `${'('.repeat(300)}true${')'.repeat(300)}` },
    ],
  ])('blocks on %s, in one line that says why', (_, rule) => {
    const [verdict] = evaluate(rule);
    expect(verdict.result).toBe('error');
    expect(verdict.message).toMatch(/^Rule rule can't be evaluated: \S.+\.$/);
  });

  it('keeps the action when only the message is broken', () => {
    const [verdict] = evaluate({
      action: 'warn',
      expression: 'false',
      messageExpression: 'object.gone',
    });
    expect(verdict.result).toBe('warn');
    expect(verdict.message).toContain("its message can't be evaluated");
  });
});
