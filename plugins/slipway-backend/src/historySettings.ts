import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** The section `slipway.history` of the configuration, checked. */
export interface HistorySettings {
  /** How long what is over is kept. */
  keepMs: number;
}

/** Less than a month would forget what a person still asks about; the rest is the disk's affair. */
const KEEP_DAYS = { default: 365, min: 30, max: 36_500 };

const DAY_MS = 24 * 3_600_000;

/** Reads and checks `slipway.history`; throws InputError that names the key. */
export function readHistory(config: Config): HistorySettings {
  const days =
    config.getOptionalNumber('history.keepDays') ?? KEEP_DAYS.default;
  if (!(days >= KEEP_DAYS.min && days <= KEEP_DAYS.max)) {
    throw new InputError(
      `slipway.history.keepDays is ${days}; allowed is ${KEEP_DAYS.min} to ${KEEP_DAYS.max}.`,
    );
  }
  return { keepMs: days * DAY_MS };
}
