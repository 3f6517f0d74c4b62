import { NotFoundError } from '@backstage/errors';
import {
  PlatformState,
  readPlatformFile,
} from '../../domain/platform/PlatformState';
import type { PromotionView } from '../../domain/releases/automatic';
import type { ReleaseStore, WantedRevision } from '../../ports/ReleaseStore';
import type { ReconcileContext } from '../engine';
import {
  AutomaticPromotionReconciler,
  promotedFrom,
} from './AutomaticPromotionReconciler';

const CLASS = (
  name: string,
  promotion = '',
) => `apiVersion: slipway.dev/v1alpha1
kind: EnvironmentClass
metadata: { name: ${name} }
spec:
  description: For tests.
  quota: small
  cost: { base: { cents: 1, currency: EUR } }
${promotion}`;
const SPEC = `apiVersion: slipway.dev/v1alpha1
kind: ServiceSpec
metadata: { name: pay }
spec:
  organization: shop
  owner: group:default/payments
  environments:
    - { name: dev, class: plain }
    - { name: test, class: auto, promoteFrom: dev }
    - { name: prod, class: plain, promoteFrom: test }
`;
const state = PlatformState.of([
  readPlatformFile('classes/plain.yaml', CLASS('plain')),
  readPlatformFile(
    'classes/auto.yaml',
    CLASS('auto', '  promotion: { automatic: { after: 10m } }\n'),
  ),
  readPlatformFile('organizations/shop/services/pay.yaml', SPEC),
]);
const NOW = new Date('2026-01-01T12:00:00Z');
const REVISION = 'a'.repeat(40);
const view = (minutes: number): PromotionView => ({
  from: 'dev',
  workloads: [{ name: 'web', revision: REVISION }],
  healthySince: new Date(NOW.getTime() - minutes * 60_000),
  digest: 'sha256:d',
  running: { workloads: { web: { revision: 'b'.repeat(40) } } },
  known: [],
});

describe('promoting by itself', () => {
  const ask = jest.fn<
    ReturnType<ReleaseStore['ask']>,
    Parameters<ReleaseStore['ask']>
  >();
  beforeEach(() => ask.mockReset());

  const run = (
    environment: string,
    promotion: () => Promise<PromotionView>,
    wanted: WantedRevision[] = [],
  ) =>
    new AutomaticPromotionReconciler({
      promotion,
      states: { current: async () => state },
      releases: {
        ask,
        wanted: async () => wanted,
        moving: async () => undefined,
      },
      gitAuthor: { name: 'Slipway', email: 's@example.com' },
      actor: 'user:default/slipway',
    }).reconcile({
      key: `promotion:shop/pay/${environment}`,
      now: NOW,
      step: (_: string, work: () => Promise<unknown>) => work(),
    } as unknown as ReconcileContext);

  it('asks the environment once its source has been healthy for long enough', async () => {
    expect(await run('test', async () => view(4))).toEqual({
      type: 'requeue',
      afterMs: 6 * 60_000,
    });
    expect(ask).not.toHaveBeenCalled();
    expect(await run('test', async () => view(10))).toEqual({ type: 'done' });
    const [release, wishes, options] = ask.mock.calls[0];
    expect(release).toMatchObject({
      promotedFrom: 'dev',
      actor: 'user:default/slipway',
    });
    expect(wishes).toEqual([
      { environment: 'shop/pay/test', workload: view(0).workloads[0] },
    ]);
    expect(options).toMatchObject({ origin: 'promotion', force: true });
  });

  it('leaves alone what a class doesn’t promote, what somebody went back from, and what is gone', async () => {
    await run('prod', async () => view(60));
    await run('dev', async () => view(60));
    await run('test', async () => view(60), [
      {
        name: 'web',
        revision: 'b'.repeat(40),
        origin: 'rollback',
        orderedAt: NOW,
        settledAt: NOW,
      } as WantedRevision,
    ]);
    const gone = await run('test', async () => {
      throw new NotFoundError('gone');
    });
    expect(gone).toEqual({ type: 'done' });
    expect(ask).not.toHaveBeenCalled();
    await expect(
      run('test', async () => {
        throw new Error('The database is away');
      }),
    ).rejects.toThrow('away');
  });

  it('looks at those that are promoted from what has moved', () => {
    expect(promotedFrom(state)).toEqual(['promotion:shop/pay/test']);
    expect(promotedFrom(state, ['shop/pay/dev'])).toEqual([
      'promotion:shop/pay/test',
    ]);
    expect(promotedFrom(state, ['shop/pay/test'])).toEqual([]);
  });
});
