import { ConfigReader } from '@backstage/config';
import { readHistory } from './historySettings';

const DAY_MS = 24 * 3_600_000;

describe('slipway.history', () => {
  const read = (history?: object) => readHistory(new ConfigReader({ history }));

  it('keeps a year when nothing is said', () => {
    expect(read()).toEqual({ keepMs: 365 * DAY_MS });
    expect(read({ keepDays: 30 })).toEqual({ keepMs: 30 * DAY_MS });
  });

  it.each([29, 0, -1, 100_000])('does not take %s days', keepDays => {
    expect(() => read({ keepDays })).toThrow(
      /slipway\.history\.keepDays is .*; allowed is 30 to 36500/,
    );
  });
});
