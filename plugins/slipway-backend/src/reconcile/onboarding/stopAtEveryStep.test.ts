import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { createTestClock } from '../../database/__testUtils__/clock';
import {
  createTestDatabases,
  DATABASES,
} from '../../database/__testUtils__/databases';
import { DatabaseWebhookStore } from '../../database/DatabaseWebhookStore';
import { DatabaseWorkQueue } from '../../database/DatabaseWorkQueue';
import type { WebhookStore } from '../../ports/WebhookStore';
import {
  type SteppedWorld,
  stopAtEveryStep,
} from '../engine/__testUtils__/stopAtEveryStep';
import { fakeHost, FILES, stateOf, urlOf } from './__testUtils__/webhookHost';
import { WebhookReconciler } from './WebhookReconciler';

const databases = createTestDatabases();
const logger = mockServices.logger.mock();
logger.child.mockReturnValue(logger);

const KEY = 'webhook:shop/cart';

interface World extends SteppedWorld {
  told: ReturnType<typeof fakeHost>['told'];
  webhooks: WebhookStore;
  /** Reasons of whether it is reachable, in the order in which they were said. */
  said: string[];
}

describe.each(DATABASES)(
  'a process that stops while a webhook is made, on %s',
  id => {
    let db: Knex;

    beforeAll(async () => {
      db = await databases.migrated(id);
    });

    /** What the host sends to the first process is lost, as nobody listens any more; the next one gets what it asks for. */
    async function prepare(): Promise<World> {
      for (const table of [
        'queue_items',
        'binding_webhooks',
        'webhook_pings',
        'webhook_deliveries',
      ])
        await db(table).delete();
      const clock = createTestClock();
      const queue = DatabaseWorkQueue.create({ db, clock });
      const webhooks = DatabaseWebhookStore.create({ db, clock });
      const { told, hosts } = fakeHost();
      const said: string[] = [];
      const recording: WebhookStore = {
        get: (...args) => webhooks.get(...args),
        list: (...args) => webhooks.list(...args),
        intend: (...args) => webhooks.intend(...args),
        forget: (...args) => webhooks.forget(...args),
        receive: (...args) => webhooks.receive(...args),
        async note(organization, name, news) {
          const reachable = news.conditions?.find(
            ({ type }) => type === 'WebhookReachable',
          );
          if (reachable && reachable.reason !== said.at(-1))
            said.push(reachable.reason);
          await webhooks.note(organization, name, news);
        },
      };
      await queue.mark([KEY]);
      return {
        told,
        webhooks,
        said,
        queue,
        reconcilers: () => [
          new WebhookReconciler({
            states: { current: async () => stateOf(FILES) },
            webhooks: recording,
            hosts,
            key: 'k'.repeat(32),
            urlOf,
            pollMs: 30_000,
          }),
        ],
        expireLeases() {
          clock.advance(60_000);
          told.onPing = async () => {
            const { answersPing } = await webhooks.receive('shop', 'cart', {
              digest: `of ping ${told.pings}`,
              event: 'push',
              keepMs: 60_000,
            });
            if (answersPing) await queue.mark([KEY]);
          };
        },
      };
    }

    it('has it tried again, and never says that what it did not wait for does not arrive', async () => {
      const stops = await stopAtEveryStep({
        logger,
        prepare,
        check: async ({ told, webhooks, said }) => {
          const webhook = await webhooks.get('shop', 'cart');
          expect(webhook?.conditions.map(({ reason }) => reason)).toEqual([
            'WebhookInstalled',
            'WebhookAnswered',
          ]);
          expect(said.filter(reason => reason !== 'WebhookPinged')).toEqual([
            'WebhookAnswered',
          ]);
          expect(told.hooks.size).toBe(1);
          // One that was lost, and one that was not.
          expect(told.pings).toBeLessThanOrEqual(2);
        },
      });
      const steps = stops
        .filter(({ when }) => when === 'after')
        .map(({ step }) => step);
      expect(steps).toEqual([
        'intend',
        'install',
        'installed',
        'asking',
        'ping',
        'asked',
        'say',
        'complete',
      ]);
    });
  },
);
