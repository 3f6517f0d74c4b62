import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { EPISODE_KINDS, EpisodeKind } from './domain/episodes';

/** The section `slipway.notifications`, checked. */
export interface NotificationSettings {
  enabled: boolean;
  events: EpisodeKind[];
  delayMs: number;
}

/** Long enough for what Argo CD or a second attempt puts right by itself. */
const DELAY_SECONDS = 30;
const DELAY_SECONDS_MAX = 86_400;

/** Reads and checks `slipway.notifications`; throws InputError that names the key. */
export function readNotifications(slipway: Config): NotificationSettings {
  const config = slipway.getOptionalConfig('notifications');
  const events = config?.getOptionalStringArray('events') ?? EPISODE_KINDS;
  for (const event of events) {
    if (!(EPISODE_KINDS as readonly string[]).includes(event)) {
      throw new InputError(
        `slipway.notifications.events has '${event}'; allowed is ${EPISODE_KINDS.join(', ')}.`,
      );
    }
  }
  const seconds = config?.getOptionalNumber('delaySeconds') ?? DELAY_SECONDS;
  if (!(seconds >= 0 && seconds <= DELAY_SECONDS_MAX)) {
    throw new InputError(
      `slipway.notifications.delaySeconds is ${seconds}; allowed is 0 to ${DELAY_SECONDS_MAX}.`,
    );
  }
  return {
    enabled: config?.getOptionalBoolean('enabled') ?? true,
    events: [...events] as EpisodeKind[],
    delayMs: seconds * 1000,
  };
}
