import { DEFAULT_PRICES } from '@slipway/plan';
import {
  platformFiles,
  serviceFile,
} from '../../reconcile/environment/__testUtils__/specs';
import { planDeclared } from './planDeclared';
import { PlatformState } from './PlatformState';
import { planRemembered, type OneSurroundings } from './planRemembered';

const NAME = { organization: 'shop', service: 'web', environment: 'e0' };
const given: OneSurroundings = {
  cluster: {
    name: 'eu',
    kinds: [],
    argocd: { cluster: 'eu', namespace: 'argocd', destination: { name: 'eu' } },
  },
  prices: DEFAULT_PRICES,
  gitops: { repoURL: 'https://git.example.com/gitops.git', branch: 'main' },
  release: { workloads: {} },
};

function declared(environments: number): PlatformState {
  const files = {
    ...platformFiles('shop'),
    'organizations/shop/services/web.yaml': serviceFile('shop', 'web', {
      revision: '',
      environments: Array.from({ length: environments }, (_, i) => ({
        name: `e${i}`,
        class: 'open',
      })),
    }),
  };
  return PlatformState.of([]).withFiles(
    Object.entries(files).map(([path, content]) => ({ path, content })),
  ).state;
}

describe('planRemembered', () => {
  it('plans once what is planned from the same, as it is planned anew', () => {
    const state = declared(1);
    const first = planRemembered(state, NAME, given);
    expect(planRemembered(state, NAME, { ...given })).toBe(first);
    expect(first).toEqual(
      planDeclared(state, NAME, {
        clusters: [given.cluster],
        prices: given.prices,
        gitops: given.gitops,
        release: () => given.release,
        recordedCluster: () => 'eu',
      }),
    );
  });

  it.each<[string, Partial<OneSurroundings>]>([
    [
      'another release',
      { release: { workloads: { web: { revision: 'v2' } } } },
    ],
    [
      'a cluster that serves more',
      { cluster: { ...given.cluster, kinds: ['v1/Pod'] } },
    ],
    ['another repository', { gitops: { ...given.gitops, branch: 'next' } }],
    ['other prices', { prices: { ...given.prices, currency: 'EUR' } }],
  ])('plans anew for %s', (_, other) => {
    const state = declared(1);
    const first = planRemembered(state, NAME, given);
    const second = planRemembered(state, NAME, { ...given, ...other });
    expect(second).not.toBe(first);
    expect(planRemembered(state, NAME, given)).not.toBe(second);
  });

  it('plans anew from what is declared anew', () => {
    const first = planRemembered(declared(1), NAME, given);
    expect(planRemembered(declared(1), NAME, given)).not.toBe(first);
  });

  it('forgets what was not asked for long', () => {
    const state = declared(65);
    const first = planRemembered(state, NAME, given);
    for (let i = 1; i < 64; i++)
      planRemembered(state, { ...NAME, environment: `e${i}` }, given);
    expect(planRemembered(state, NAME, given)).toBe(first);
    planRemembered(state, { ...NAME, environment: 'e64' }, given);
    const second = { ...NAME, environment: 'e1' };
    expect(planRemembered(state, NAME, given)).toBe(first);
    const again = planRemembered(state, second, given);
    expect(planRemembered(state, second, given)).toBe(again);
  });
});
