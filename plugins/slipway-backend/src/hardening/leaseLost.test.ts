import { mockServices } from '@backstage/backend-test-utils';
import { GitHost } from '@slipway/plugin-slipway-node';
import { createStores } from '../database/createStores';
import { createTestDatabases } from '../database/__testUtils__/databases';
import { LeaseLostError } from '../ports/LeaseLostError';
import { ChangeReconciler } from '../reconcile/change/ChangeReconciler';
import { ReconcileContext } from '../reconcile/engine';
import { ShutdownError } from '../reconcile/engine/ShutdownError';
import { SourceReconciler } from '../reconcile/source/SourceReconciler';

const REPOSITORY = { url: 'file:///nowhere/platform.git', branch: 'main' };
const HEAD = 'a'.repeat(40);

/** A run that is told to end in the middle of a step, as the engine does it. */
function contextThatEnds(
  key: string,
  inStep: string,
  reason: Error,
): ReconcileContext {
  const controller = new AbortController();
  const now = new Date();
  return {
    key,
    now,
    lease: { key, now, attempts: 0 } as ReconcileContext['lease'],
    signal: controller.signal,
    logger: mockServices.logger.mock(),
    async step(name, work) {
      controller.signal.throwIfAborted();
      const result = await work();
      if (name === inStep) controller.abort(reason);
      controller.signal.throwIfAborted();
      return result;
    },
    assertHeld: () => controller.signal.throwIfAborted(),
    fence: async () => {},
  };
}

describe.each([
  ['a lost lease', new LeaseLostError('key')],
  ['a shutdown', new ShutdownError()],
])('%s while a key runs', (_, reason) => {
  const databases = createTestDatabases();
  const stores = async () =>
    createStores({ db: await databases.migrated('SQLITE_3') });

  it.each(['head', 'read'])(
    'is no repository that can not be read, in the step %s',
    async step => {
      const { sources, resources } = await stores();
      const reconciler = new SourceReconciler({
        sources: [{ id: 'platform', repository: REPOSITORY }],
        host: {
          head: async () => HEAD,
          readFiles: async () => [],
        } as Partial<GitHost> as GitHost,
        store: sources,
        resources,
        pollMs: 1000,
        guard: { maxDeletedShare: 1, minCount: 1 },
        onChanged: async () => {},
        logger: mockServices.logger.mock(),
      });
      await sources.ensure({ id: 'platform', role: 'platform', ...REPOSITORY });
      const before = await sources.get('platform');
      await expect(
        reconciler.reconcile(contextThatEnds('source:platform', step, reason)),
      ).rejects.toBe(reason);
      expect(await sources.get('platform')).toEqual(before);
    },
  );

  it('is no failure of the skeleton', async () => {
    const { changeIntents } = await stores();
    const intent = await changeIntents.record({
      repositoryUrl: REPOSITORY.url,
      branch: 'slipway/service/shop/a',
      skeleton: {
        repository: { url: 'file:///nowhere/a.git', branch: 'main' },
        files: [],
      },
    });
    await changeIntents.attach(intent.id, 'c1');
    const made: string[] = [];
    const reconciler = new ChangeReconciler({
      host: {
        getChange: async () => ({ id: 'c1', state: 'merged', title: 'A' }),
        ensureRepository: async ({
          repository,
        }: {
          repository: { url: string };
        }) => {
          made.push(repository.url);
          return { commit: HEAD, created: true };
        },
      } as unknown as GitHost,
      repository: REPOSITORY,
      intents: changeIntents,
      gitAuthor: { name: 'Slipway', email: 'slipway@example.com' },
      pollMs: 1000,
      logger: mockServices.logger.mock(),
    });
    await expect(
      reconciler.reconcile(contextThatEnds('change:c1', 'skeleton', reason)),
    ).rejects.toBe(reason);
    expect(await changeIntents.get(intent.id)).toMatchObject({
      state: 'merged',
      attempts: 0,
      lastError: undefined,
    });
    // The next holder of the key goes on where this one stopped.
    const calm = contextThatEnds('change:c1', 'none', reason);
    await expect(reconciler.reconcile(calm)).resolves.toEqual({ type: 'done' });
    expect((await changeIntents.get(intent.id))?.state).toBe('done');
    expect(made).toHaveLength(2);
  });
});
