import { environmentClass, serviceSpec } from './__testUtils__/inputs';
import { chooseCluster } from './chooseCluster';

const clusters = [
  { name: 'us-1', region: 'us-east' },
  { name: 'fra-1', region: 'eu-central' },
  { name: 'fra-2', region: 'eu-central' },
];

const choose = (options: { cluster?: string; regions?: string[] } = {}) =>
  chooseCluster(
    serviceSpec({
      environments: [
        { name: 'prod', class: 'production', cluster: options.cluster },
      ],
    }).spec.environments[0],
    environmentClass({ regions: options.regions ?? [] }),
    clusters,
  )?.name;

describe('chooseCluster', () => {
  it('takes the cluster that the spec names', () => {
    expect(choose({ cluster: 'fra-2' })).toBe('fra-2');
  });

  it('takes the first of the configuration whose region the class allows', () => {
    expect(choose()).toBe('us-1');
    expect(choose({ regions: ['eu-central'] })).toBe('fra-1');
  });

  it('takes none rather than one that nobody named or allowed', () => {
    expect(choose({ cluster: 'nowhere' })).toBeUndefined();
    expect(choose({ regions: ['mars'] })).toBeUndefined();
  });
});
