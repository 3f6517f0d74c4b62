import {
  aspectOf,
  aspectsOfPath,
  isBroad,
  subjectsOfPath,
  withThoseThatShow,
} from './subjects';

describe('what a path shows', () => {
  const environment = {
    organization: 'shop',
    service: 'web',
    environment: 'prod',
  };
  const E = '/v1alpha1/environments/{organization}/{service}/{environment}';

  it.each<[string, Record<string, string>, object, string[]]>([
    [E, environment, {}, ['environment:shop/web/prod']],
    [`${E}/drift`, environment, {}, ['environment:shop/web/prod']],
    [
      `${E}/pipelines`,
      environment,
      {},
      ['environment:shop/web/prod', 'service:shop/web'],
    ],
    [
      '/v1alpha1/services/{organization}/{service}',
      { organization: 'shop', service: 'web' },
      {},
      ['service:shop/web'],
    ],
    [
      '/v1alpha1/organizations/{organization}',
      { organization: 'shop' },
      {},
      ['organization:shop', 'changes'],
    ],
    ['/v1alpha1/environments', {}, {}, ['fleet']],
    [
      '/v1alpha1/environments',
      {},
      { organization: 'shop' },
      ['organization:shop'],
    ],
    ['/v1alpha1/change-requests', {}, { organization: 'shop' }, ['changes']],
    ['/v1alpha1/change-requests/{id}', { id: '7' }, {}, ['change:7']],
    ['/v1alpha1/operations/queue', {}, { state: 'dead' }, ['operations']],
    ['/v1alpha1/overview', {}, {}, ['fleet', 'changes', 'operations']],
    ['/v1alpha1/whatever-comes', {}, {}, ['fleet']],
  ])('%s', (path, params, query, subjects) => {
    expect(
      subjectsOfPath(path, params, query as Record<string, unknown>),
    ).toEqual(subjects);
  });
});

it.each([
  [
    'environment:shop/web/prod',
    [
      'environment:shop/web/prod',
      'service:shop/web',
      'organization:shop',
      'fleet',
    ],
  ],
  ['service:shop/web', ['service:shop/web', 'organization:shop', 'fleet']],
  ['organization:shop', ['organization:shop', 'fleet']],
  ['change:7', ['change:7', 'changes']],
  ['operations', ['operations']],
])('a change of %s is seen where it is shown', (subject, all) => {
  expect([...withThoseThatShow([subject])]).toEqual(all);
});

it('tells of one aspect those alone who show it', () => {
  const line = aspectOf('environment:shop/web/prod', 'timeline');
  expect([...withThoseThatShow([line])]).toEqual([
    line,
    aspectOf('service:shop/web', 'timeline'),
    aspectOf('organization:shop', 'timeline'),
    aspectOf('fleet', 'timeline'),
  ]);
  expect(isBroad(line)).toBe(false);
  expect(isBroad(aspectOf('fleet', 'timeline'))).toBe(true);
});

it('takes a path that nobody has judged for one that shows everything', () => {
  expect(aspectsOfPath('/v1alpha1/whatever-comes')).toEqual([
    'record',
    'timeline',
    'checked',
  ]);
  expect(aspectsOfPath('/v1alpha1/environments')).toEqual([]);
});
