import { validateResource } from '../validate';
import { short } from '../__testUtils__/service';

const organization = {
  owner: 'group:default/acme',
  displayName: 'Acme',
  gitHost: { integration: 'github', namespace: 'acme' },
  pipelineEngine: 'tekton',
  webhook: { domain: 'hooks.example.com' },
  secretStore: { provider: 'kubernetes' },
  registry: { url: 'registry.example.com/acme' },
};

const environmentClass = {
  description: 'For trying things out.',
  quota: 'small',
  cost: { base: { cents: 500 } },
};

const rule = {
  name: 'a',
  expression: 'true',
  messageExpression: "'no'",
  action: 'deny',
};

function told(kind: string, spec: unknown): string[] {
  return validateResource({
    apiVersion: 'slipway.dev/v1alpha1',
    kind,
    metadata: { name: 'test' },
    spec,
  }).map(short);
}

describe('what has to hold across the other kinds', () => {
  it.each([
    ['Organization', organization],
    ['EnvironmentClass', environmentClass],
    ['QuotaProfile', { hard: { 'requests.cpu': '4', pods: 20 } }],
    ['PolicyPack', { rules: [rule] }],
  ])('has nothing against a sound %s', (kind, spec) => {
    expect(told(kind, spec)).toEqual([]);
  });

  it.each([
    [
      'a member twice',
      'Organization',
      { ...organization, members: ['user:a', 'user:a'] },
      ['duplicate spec.members[1]'],
    ],
    [
      'GitHub Actions elsewhere',
      'Organization',
      {
        ...organization,
        gitHost: { integration: 'gitea', namespace: 'a' },
        pipelineEngine: 'github-actions',
      },
      ['conflict spec.pipelineEngine'],
    ],
    [
      'Vault without a path',
      'Organization',
      { ...organization, secretStore: { provider: 'vault' } },
      ['missing spec.secretStore.path'],
    ],
    [
      'a path out of Vault',
      'Organization',
      {
        ...organization,
        secretStore: { provider: 'vault', path: 'a/../../b' },
      },
      ['format spec.secretStore.path'],
    ],
    [
      'a Git namespace with ..',
      'Organization',
      { ...organization, gitHost: { integration: 'gitea', namespace: '../a' } },
      ['format spec.gitHost.namespace'],
    ],
    [
      'part of a cent',
      'Organization',
      { ...organization, budget: { cents: 1.5 } },
      ['type spec.budget.cents'],
    ],
    [
      'a lifetime above the longest',
      'EnvironmentClass',
      { ...environmentClass, ttl: { default: '48h', max: '24h' } },
      ['range spec.ttl.default'],
    ],
    [
      'days in a lifetime',
      'EnvironmentClass',
      { ...environmentClass, ttl: { default: '1d', max: '3d' } },
      ['format spec.ttl.default', 'format spec.ttl.max'],
    ],
    [
      'a policy pack twice',
      'EnvironmentClass',
      { ...environmentClass, policies: ['a', 'a'] },
      ['duplicate spec.policies[1]'],
    ],
    [
      'limits below requests',
      'QuotaProfile',
      { hard: { 'requests.cpu': '4', 'limits.cpu': '2' } },
      ['range spec.hard["limits.cpu"]'],
    ],
    [
      'a default above the most',
      'QuotaProfile',
      {
        hard: {},
        limits: { default: { memory: '2Gi' }, max: { memory: '1Gi' } },
      },
      ['range spec.limits.max.memory'],
    ],
    [
      'an unknown resource',
      'QuotaProfile',
      { hard: { 'request.cpu': '1' } },
      ['unknown-key spec.hard["request.cpu"]'],
    ],
    [
      'two rules with one name',
      'PolicyPack',
      { rules: [rule, rule] },
      ['duplicate spec.rules[1].name'],
    ],
    ['no rules', 'PolicyPack', { rules: [] }, ['too-short spec.rules']],
  ])('tells of %s', (_, kind, spec, expected) => {
    expect(told(kind, spec)).toEqual(expected);
  });

  it('leaves positions out where there is no file', () => {
    const [problem] = validateResource({ kind: 'Organisation' });
    expect(problem).toMatchObject({
      code: 'kind',
      hint: 'did you mean Organization?',
    });
    expect(problem).not.toHaveProperty('line');
    expect(problem).not.toHaveProperty('file');
  });

  it.each([undefined, null, 1, 'text', [], () => 1])(
    'refuses %p without throwing',
    value => {
      expect(validateResource(value)).toMatchObject([{ code: 'type' }]);
    },
  );
});
