import { ServiceUnavailableError } from '@backstage/errors';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Notice, Notifier } from '../../ports/Notifier';

/** {@link Notifier} over Backstage's notifications: the bell, and whatever else they are forwarded to. */
export class BackstageNotifier implements Notifier {
  constructor(private readonly notifications: NotificationService) {}

  async send({ recipients, ...payload }: Notice): Promise<void> {
    try {
      await this.notifications.send({
        recipients: { type: 'entity', entityRef: recipients },
        payload,
      });
    } catch (error) {
      throw new ServiceUnavailableError(
        `'${payload.title}' could not be sent to ${recipients.join(', ')}. ` +
          'Is @backstage/plugin-notifications-backend installed? Without it set slipway.notifications.enabled to false.',
        error,
      );
    }
  }
}
