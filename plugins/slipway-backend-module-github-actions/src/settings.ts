import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** How often GitHub is asked, and for how much. */
export interface GithubActionsSettings {
  pollMs: number;
  activePollMs: number;
  runs: number;
}

/** Reads and checks `slipway.githubActions`; throws InputError that names the key. */
export function readSettings(root: Config): GithubActionsSettings {
  const config = root.getOptionalConfig('slipway.githubActions');
  const number = (key: string, fallback: number, min: number, max: number) => {
    const value = config?.getOptionalNumber(key) ?? fallback;
    if (!(value >= min && value <= max)) {
      throw new InputError(
        `slipway.githubActions.${key} is ${value}; allowed is ${min} to ${max}.`,
      );
    }
    return value;
  };
  return {
    pollMs: number('pollSeconds', 60, 5, 86_400) * 1_000,
    activePollMs: number('activePollSeconds', 10, 2, 86_400) * 1_000,
    runs: number('runs', 20, 1, 100),
  };
}
