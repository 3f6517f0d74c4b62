import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { DEFAULT_ALLOWED_MANAGERS } from './domain/drift';

/** The section `slipway.drift` of the configuration, checked. */
export interface DriftSettings {
  /** Field managers whose fields are no drift; a star at the end stands for anything. */
  allowedManagers: readonly string[];
  /** How often everything is looked at, whatever the watches say. */
  recheckMs: number;
}

const RECHECK_MINUTES = { default: 240, min: 1, max: 10_080 };

/** Reads and checks `slipway.drift`; throws InputError that names the key. */
export function readDrift(config: Config): DriftSettings {
  const allowedManagers =
    config.getOptionalStringArray('drift.allowedManagers') ??
    DEFAULT_ALLOWED_MANAGERS;
  const wrong = allowedManagers.find(
    name => name === '' || name === '*' || name.slice(0, -1).includes('*'),
  );
  if (wrong !== undefined) {
    throw new InputError(
      `slipway.drift.allowedManagers holds '${wrong}'; allowed are names of field managers, with one star at the end for names that begin alike.`,
    );
  }
  const minutes =
    config.getOptionalNumber('drift.recheckMinutes') ?? RECHECK_MINUTES.default;
  if (!(minutes >= RECHECK_MINUTES.min && minutes <= RECHECK_MINUTES.max)) {
    throw new InputError(
      `slipway.drift.recheckMinutes is ${minutes}; allowed is ${RECHECK_MINUTES.min} to ${RECHECK_MINUTES.max}.`,
    );
  }
  return { allowedManagers, recheckMs: minutes * 60_000 };
}
