import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  notificationService,
  NotificationSendOptions,
} from '@backstage/plugin-notifications-node';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import { startTestPortal, TestPortal } from '../../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../../__testUtils__/testRepositories';
import { BackstageNotifier } from './BackstageNotifier';

const CHECKOUT = 'organizations/shop/services/checkout.yaml';
const STAGING = 'shop/checkout/staging';

describe('notifications of the running portal', () => {
  const databases = createTestDatabases();
  let repositories: TestRepositories;
  let portal: TestPortal;
  const sent: NotificationSendOptions[] = [];

  beforeAll(async () => {
    repositories = await createTestRepositories();
    portal = await startTestPortal({
      repositories,
      db: await databases.empty('SQLITE_3'),
      slipway: { notifications: { delaySeconds: 0, events: ['failed'] } },
      features: [
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({ send: async options => void sent.push(options) }),
        }),
      ],
    });
    await portal.until(
      async () =>
        (await portal.as('priya').get(`/environments/${STAGING}`)).status ===
        200,
    );
  });

  afterAll(async () => {
    await portal?.stop();
    await repositories?.remove();
  });

  const titles = () => sent.map(({ payload }) => payload.title);

  it('tell the owner once of a spec that was broken, and replace it when it is mended', async () => {
    const good = await repositories.file(repositories.platform, CHECKOUT);
    await repositories.commit(repositories.platform, {
      [CHECKOUT]: good.replace('memory: 128Mi', 'memory: plenty'),
    });
    const told = `${STAGING}: the spec has errors`;
    await portal.until(async () => titles().includes(told));
    const notice = sent.find(({ payload }) => payload.title === told)!;
    expect(notice).toEqual({
      recipients: { type: 'entity', entityRef: ['group:default/payments'] },
      payload: {
        title: told,
        description: expect.stringContaining('the last valid version'),
        link: `/slipway/environments/${STAGING}`,
        severity: 'high',
        topic: 'failed',
        scope: expect.any(String),
      },
    });

    await repositories.commit(repositories.platform, { [CHECKOUT]: good });
    // The cluster of this portal is away: what is not known ends no episode.
    await portal.until(async () => {
      const { body } = await portal.as('priya').get(`/environments/${STAGING}`);
      return body.conditions.some(
        ({ reason }: { reason: string }) => reason === 'ClusterUnreachable',
      );
    });
    expect(titles().filter(title => title === told)).toHaveLength(1);
  });

  it('say what is missing when they can not be sent', async () => {
    const notifier = new BackstageNotifier({
      send: async () => {
        throw new Error('Request failed with status 404');
      },
    });
    await expect(
      notifier.send({
        recipients: ['group:default/payments'],
        title: 'shop/checkout/staging: drifted',
        description: '',
        link: '/slipway',
        severity: 'normal',
        topic: 'drifted',
        scope: 'a',
      }),
    ).rejects.toThrow(
      /group:default\/payments.*plugin-notifications-backend.*slipway\.notifications\.enabled/,
    );
  });
});
