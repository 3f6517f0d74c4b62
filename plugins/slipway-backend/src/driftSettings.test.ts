import { ConfigReader } from '@backstage/config';
import { DEFAULT_ALLOWED_MANAGERS } from './domain/drift';
import { readDrift } from './driftSettings';

describe('slipway.drift', () => {
  const read = (drift?: object) =>
    readDrift(new ConfigReader(drift ? { drift } : {}));

  it('has a list of known controllers and a long while where nothing is said', () => {
    expect(read()).toEqual({
      allowedManagers: DEFAULT_ALLOWED_MANAGERS,
      recheckMs: 4 * 3_600_000,
    });
  });

  it('takes another list', () => {
    expect(read({ allowedManagers: ['keda*'], recheckMinutes: 5 })).toEqual({
      allowedManagers: ['keda*'],
      recheckMs: 300_000,
    });
  });

  it.each([
    [{ allowedManagers: ['*'] }, 'allowedManagers'],
    [{ allowedManagers: ['a*b'] }, 'allowedManagers'],
    [{ recheckMinutes: 0 }, 'recheckMinutes'],
  ])('refuses %j, naming the key', (drift, key) => {
    expect(() => read(drift)).toThrow(`slipway.drift.${key}`);
  });
});
