import { DatabaseReleaseStore } from '../../database/DatabaseReleaseStore';
import { createStores } from '../../database/createStores';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import type { PlatformStates } from '../plans/Planner';
import { Dispatches } from './Dispatches';
import type { Revisions } from './Revisions';

const databases = createTestDatabases();

it('keeps a signed edit that is sent again after the first attempt has failed, and keeps it once', async () => {
  const db = await databases.migrated('SQLITE_3');
  const { queue, releases } = createStores({ db });
  let isEnding = true;
  const dispatches = new Dispatches({
    releases: DatabaseReleaseStore.create({
      db,
      queue: {
        ...queue,
        async mark(...args) {
          if (isEnding) throw new Error('The process ended');
          await queue.mark(...args);
        },
      },
    }),
    revisions: {
      whoIs: async () => ({
        actor: 'signature:shop/ci',
        gitAuthor: { name: 'ci', email: 'ci@example.com' },
      }),
    } as unknown as Revisions,
    states: {
      current: async () => ({ service: () => ({}) }),
    } as unknown as PlatformStates,
    signatureLifeMs: 600_000,
  });
  const send = () =>
    dispatches.dispatch(
      {
        path: 'organizations/shop/services/pay/workloads/web',
        action: 'apply',
        spec: { replicas: 3 },
      },
      { signed: { organization: 'shop', name: 'ci', signature: 'v1=abc' } },
    );
  const kept = async () =>
    (await releases.dispatches('shop', 'pay')).map(({ spec }) => spec);

  await expect(send()).rejects.toThrow('The process ended');
  expect(await kept()).toEqual([]);

  isEnding = false;
  expect(await send()).toEqual({ key: 'dispatch:shop/pay' });
  expect(await kept()).toEqual([{ replicas: 3 }]);
  expect(await send()).toEqual({ key: 'dispatch:shop/pay' });
  expect(await kept()).toHaveLength(1);
});
