import { environmentClass, serviceSpec } from './__fixtures__/inputs';
import { chooseCluster } from './chooseCluster';

const clusters = [
  { name: 'us-1', region: 'us-east' },
  { name: 'fra-1', region: 'eu-central' },
  { name: 'fra-2', region: 'eu-central' },
];

const choose = (
  options: { cluster?: string; regions?: string[]; recorded?: string } = {},
) =>
  chooseCluster({
    spec: serviceSpec({
      environments: [
        { name: 'other', class: 'production' },
        { name: 'prod', class: 'production', cluster: options.cluster },
      ],
    }),
    environment: 'prod',
    class: environmentClass({ regions: options.regions ?? [] }),
    clusters,
    recorded: options.recorded,
  });

describe('chooseCluster', () => {
  it('takes the cluster that the spec names', () => {
    expect(choose({ cluster: 'fra-2' })).toEqual({ cluster: 'fra-2' });
  });

  it('takes the first of the configuration whose region the class allows', () => {
    expect(choose()).toEqual({ cluster: 'us-1' });
    expect(choose({ regions: ['eu-central'] })).toEqual({ cluster: 'fra-1' });
  });

  it('keeps to a recorded choice, also when another would be chosen today', () => {
    expect(choose({ recorded: 'fra-2' })).toEqual({ cluster: 'fra-2' });
    expect(choose({ recorded: 'fra-2', cluster: 'us-1' })).toEqual({
      problem: expect.objectContaining({
        path: 'spec.environments[1].cluster',
        message: expect.stringContaining("can't be moved to us-1"),
      }),
    });
  });

  it('says which clusters there are when none fits', () => {
    for (const options of [{ cluster: 'nowhere' }, { regions: ['mars'] }]) {
      expect(choose(options)).toEqual({
        problem: expect.objectContaining({ allowed: 'us-1, fra-1, fra-2' }),
      });
    }
  });
});
