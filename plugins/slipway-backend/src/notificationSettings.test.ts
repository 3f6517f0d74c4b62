import { ConfigReader } from '@backstage/config';
import { readNotifications } from './notificationSettings';

const read = (notifications?: object) =>
  readNotifications(
    new ConfigReader(
      notifications ? { notifications: { ...notifications } } : {},
    ),
  );

describe('slipway.notifications', () => {
  it('tells everything after half a minute when nothing is said', () => {
    expect(read()).toEqual({
      enabled: true,
      events: ['failed', 'drifted', 'approval'],
      delayMs: 30_000,
    });
  });

  it('can be switched off, narrowed and made patient', () => {
    expect(
      read({ enabled: false, events: ['failed'], delaySeconds: 300 }),
    ).toEqual({ enabled: false, events: ['failed'], delayMs: 300_000 });
  });

  it.each([
    [{ events: ['expired'] }, "slipway.notifications.events has 'expired'"],
    [{ delaySeconds: -1 }, 'slipway.notifications.delaySeconds is -1'],
    [{ delaySeconds: 1e9 }, 'allowed is 0 to 86400'],
  ])('refuses %j, naming the key and what is allowed', (section, message) => {
    expect(() => read(section)).toThrow(message);
  });
});
