import { createStores } from '../../database/createStores';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import type { RepositoryHosts } from '../../ports/RepositoryHosts';
import { Deliveries } from './Deliveries';

const databases = createTestDatabases();

const REPOSITORY = {
  url: 'https://git.example.com/shop/cart.git',
  branch: 'main',
};

it('keeps no answer to a ping that nobody is woken for, so that the next one counts', async () => {
  const stores = createStores({ db: await databases.migrated('SQLITE_3') });
  const { webhooks, queue, transactions } = stores;
  const host = {
    repositories: {
      verify: () => ({ event: 'push', repository: REPOSITORY.url }),
    },
  };
  let isEnding = true;
  const heard: unknown[] = [];
  const deliveries = new Deliveries({
    webhooks,
    transactions,
    hosts: { withWebhooksOf: () => host } as unknown as RepositoryHosts,
    queue: {
      async mark(...args) {
        if (isEnding) throw new Error('The process ended');
        await queue.mark(...args);
      },
    },
    key: 'k'.repeat(32),
    heard: news => heard.push(news),
  });
  await webhooks.intend({
    organization: 'shop',
    name: 'cart',
    host: 'gitea',
    repository: REPOSITORY,
    url: 'https://portal.example.com/shop/cart',
    nonce: 'n',
  });
  await webhooks.note('shop', 'cart', { pingAskedAt: new Date(0) });
  const deliver = () =>
    deliveries.receive(
      { organization: 'shop', binding: 'cart' },
      { headers: {}, body: Buffer.from('{}') },
    );

  await expect(deliver()).rejects.toThrow('The process ended');
  expect(await webhooks.get('shop', 'cart')).not.toHaveProperty(
    'pingAnsweredAt',
  );

  isEnding = false;
  expect(await deliver()).toEqual({ duplicate: false });
  expect(await webhooks.get('shop', 'cart')).toHaveProperty('pingAnsweredAt');
  const due = await queue.list({ state: 'due', limit: 10 });
  expect(due.map(({ key }) => key)).toEqual(['webhook:shop/cart']);
  expect(heard).toHaveLength(1);
});
