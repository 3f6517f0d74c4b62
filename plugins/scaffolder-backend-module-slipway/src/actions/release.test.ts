import { createMockDirectory } from '@backstage/backend-test-utils';
import type { ApiPromotion, ApiRelease } from '@slipway/plugin-slipway-common';
import { FakeSlipway } from '../__testUtils__/FakeSlipway';
import { accessTo, run } from '../__testUtils__/context';
import { createPromoteAction } from './promote';
import { createRollbackAction } from './rollback';

const release = (sign: string, ...where: string[]): ApiRelease => ({
  id: sign.repeat(12),
  revision: sign.repeat(40),
  workloads: [{ name: 'web', revision: sign.repeat(40) }],
  at: '2026-01-01T00:00:00Z',
  where: where.map(environment => ({ environment, state: 'running' })),
});
const [A, B, C] = [
  release('a'),
  release('b', 'production'),
  release('c', 'staging'),
];
const possible = {
  organization: 'shop',
  service: 'checkout',
  environment: 'production',
  from: 'staging',
  allowed: { allowed: true },
  direct: false,
  warnings: ['web migrates its database when it starts.'],
  release: C,
  current: B,
  diff: { digest: 'sha256:d', objects: [{ verb: 'update' }, { verb: 'keep' }] },
} as unknown as ApiPromotion;
const blocked = (
  reason: NonNullable<ApiPromotion['blocked']>['reason'],
  message: string,
): ApiPromotion => ({
  ...possible,
  allowed: { allowed: false, reason: message },
  blocked: { reason, message },
});
const input = {
  organization: 'shop',
  name: 'checkout',
  environment: 'production',
};

describe('actions on releases', () => {
  const workspace = createMockDirectory();
  let slipway: FakeSlipway;
  beforeEach(async () => {
    slipway = await FakeSlipway.start();
    slipway.promotion = possible;
    slipway.releases = [C, B, A];
  });
  afterEach(() => slipway.stop());
  const promote = (
    more: object = {},
    isDryRun = false,
    state?: Map<string, unknown>,
  ) =>
    run(createPromoteAction(accessTo(slipway.url)), {
      workspacePath: workspace.path,
      input: { ...input, ...more },
      isDryRun,
      ...(state && { state }),
    });
  const rollback = (more: object = {}, isDryRun = false) =>
    run(createRollbackAction(accessTo(slipway.url)), {
      workspacePath: workspace.path,
      input: { ...input, ...more },
      isDryRun,
    });

  it('promotes exactly what was looked at, and says what changes', async () => {
    const { output, log } = await promote({ message: 'Friday.' });
    expect(slipway.seen('POST /v1alpha1/promotions')[0].body).toEqual({
      items: [
        {
          organization: 'shop',
          service: 'checkout',
          environment: 'production',
          digest: 'sha256:d',
        },
      ],
      message: 'Friday.',
    });
    expect(output).toEqual({
      changed: true,
      direct: false,
      id: 'change-1',
      url: '/slipway/change-requests/change-1',
    });
    expect(log.join('\n')).toMatch(/1 of 2 objects change/);
    expect(log.join('\n')).toMatch(/migrates its database/);
  });

  it('promotes several services in one change request', async () => {
    await promote({ names: ['checkout', 'basket'] });
    const [{ body }] = slipway.seen('POST /v1alpha1/promotions');
    expect(
      (body as { items: Array<{ service: string }> }).items.map(
        ({ service }) => service,
      ),
    ).toEqual(['checkout', 'basket']);
  });

  it('does nothing twice, nothing in a dry run, and nothing where it is there already', async () => {
    const state = new Map<string, unknown>();
    await promote({}, false, state);
    await promote({}, false, state);
    expect(slipway.seen('POST /v1alpha1/promotions')).toHaveLength(1);
    const dry = await promote({}, true);
    expect(dry.log.join('\n')).toContain('this is a dry run');
    await rollback({}, true);
    slipway.promotion = blocked('SameRelease', 'production runs it already.');
    expect((await promote()).output).toMatchObject({ changed: false });
    expect((await rollback()).output).toMatchObject({ changed: false });
    expect(slipway.seen('POST')).toHaveLength(1);
  });

  it('fails with the reason where it is not possible', async () => {
    slipway.promotion = blocked('SourceNotHealthy', "staging isn't healthy.");
    await expect(promote()).rejects.toThrow(
      "shop/checkout/production: staging isn't healthy.",
    );
    expect(slipway.seen('POST')).toEqual([]);
  });

  it('goes back to the release before what runs, when none is named', async () => {
    slipway.accepted = { created: true, direct: true };
    const { output } = await rollback();
    expect(
      slipway.seen(
        'POST /v1alpha1/environments/shop/checkout/production/rollback',
      )[0].body,
    ).toEqual({ to: A.id, digest: 'sha256:d' });
    expect(output).toEqual({
      changed: true,
      direct: true,
      url: '/slipway/environments/shop/checkout/production',
    });
  });

  it.each([
    ['its id', C.id],
    ['the beginning of its revision', 'ccccccc'],
  ])('goes forward again to a release that is named by %s', async (_, to) => {
    await rollback({ to });
    expect(slipway.seen('POST /v1alpha1/environments')[0].body).toMatchObject({
      to: C.id,
    });
  });

  it('says which releases there are when the named one is none of them', async () => {
    await expect(rollback({ to: 'cccc' })).rejects.toThrow(
      /no release cccc; the newest are: cccccccccccc/,
    );
    slipway.releases = [C];
    await expect(rollback()).rejects.toThrow(/Nothing was released/);
  });
});
