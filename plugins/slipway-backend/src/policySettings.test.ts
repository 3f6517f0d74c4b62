import { ConfigReader } from '@backstage/config';
import { readPolicies } from './policySettings';

describe('slipway.policies', () => {
  it('exports nothing unless it is asked to', () => {
    expect(readPolicies(new ConfigReader({}))).toEqual({ export: false });
    expect(
      readPolicies(new ConfigReader({ policies: { export: true } })),
    ).toEqual({ export: true });
  });

  it('refuses to export where nothing may be committed', () => {
    expect(() =>
      readPolicies(
        new ConfigReader({
          policies: { export: true },
          gitops: { delivery: { stage: 'write' } },
        }),
      ),
    ).toThrow(/slipway.policies.export is on, but .* is 'write'/);
  });
});
