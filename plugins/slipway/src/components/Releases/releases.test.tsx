import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  blockedPromotion,
  FakeProblem,
  newRelease,
  oldRelease,
  promotion,
  release,
  releases,
  rollback,
  type FakeAnswers,
} from '../../../dev/fake';
import { answersIn, STATES, type StateName } from '../../../dev/states';
import { accessibilityProblems, renderWith } from '../../__testUtils__';
import { ReleaseDialog, type ReleaseWish } from './ReleaseDialog';
import { isAfter, releaseIn, releaseOf } from './releases';
import { firstWay, waysOf } from './ways';

const PROMOTION = 'GET /v1alpha1/environments/*/*/*/promotion';
const ROLLBACK = 'GET /v1alpha1/environments/*/*/*/rollback';

function open(
  wish: ReleaseWish,
  options: { environment?: string; answers?: FakeAnswers } = {},
) {
  const onClose = jest.fn();
  const view = renderWith(
    <ReleaseDialog
      environment={{
        organization: 'shop',
        service: 'checkout',
        environment: options.environment ?? 'production',
      }}
      wish={wish}
      onClose={onClose}
    />,
    { answers: options.answers },
  );
  const acts = () => view.requests.filter(({ verb }) => verb === 'POST');
  return { ...view, onClose, acts };
}

describe('waysOf', () => {
  it('says which environment is promoted from which', () => {
    expect(
      waysOf([
        { name: 'preview' },
        { name: 'staging', promoteFrom: 'preview' },
        { name: 'production', promoteFrom: 'staging' },
      ]),
    ).toEqual([
      { from: 'preview', to: 'staging' },
      { from: 'staging', to: 'production' },
    ]);
  });

  it('prefers the way onwards of the environment that was looked at', () => {
    const ways = [
      { from: 'preview', to: 'staging' },
      { from: 'staging', to: 'production' },
    ];
    expect(firstWay(ways, 'staging')).toBe(ways[1]);
    expect(firstWay(ways, 'production')).toBe(ways[1]);
    expect(firstWay(ways, 'elsewhere')).toBe(ways[0]);
  });
});

describe('releases', () => {
  it('are found by where they run, and not where they only wait', () => {
    const waiting = release({
      id: 'w',
      where: [{ environment: 'production', state: 'waiting' }],
    });
    expect(releaseIn([waiting, ...releases], 'production')?.id).toBe(
      release().id,
    );
    expect(releaseIn(undefined, 'production')).toBeUndefined();
  });

  it('are found by what a row names, else by the revision that joins the rows', () => {
    const row = { id: '1', at: '', type: 'sync', title: '' };
    expect(
      releaseOf(releases, {
        revision: newRelease.revision,
        rows: [{ ...row, data: { release: oldRelease.id } }],
      }),
    ).toBe(oldRelease);
    expect(releaseOf(releases, { revision: '4f2a91c', rows: [row] })).toBe(
      newRelease,
    );
    expect(releaseOf(releases, { rows: [row] })).toBeUndefined();
  });

  it('come after each other in the order of the list', () => {
    expect(isAfter(releases, newRelease, oldRelease)).toBe(true);
    expect(isAfter(releases, oldRelease, newRelease)).toBe(false);
    expect(isAfter(releases, newRelease, undefined)).toBe(false);
  });
});

describe('promotion', () => {
  it('shows what would change and what will happen, and asks for exactly that', async () => {
    const { acts } = open({ verb: 'promote' }, { environment: 'staging' });
    const dialog = await screen.findByRole('dialog', {
      name: 'Promote to production',
    });
    expect(
      await within(dialog).findByText(/opens one change request/),
    ).toBeInTheDocument();
    expect(dialog).toHaveTextContent('Runs now9d03c1e');
    expect(dialog).toHaveTextContent('Would run4f2a91c');
    expect(dialog).toHaveTextContent('spec.template.spec.containers[0].image');
    expect(acts()).toEqual([]);
    expect(await accessibilityProblems(dialog)).toEqual([]);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Open change request' }),
    );
    expect(
      await within(dialog).findByRole('link', {
        name: 'See the change request',
      }),
    ).toHaveAttribute('href', '/slipway/change-requests/cr-59');
    expect(acts().map(({ path, body }) => [path, body])).toEqual([
      [
        '/v1alpha1/environments/shop/checkout/production/promote',
        { digest: 'sha256:cccc' },
      ],
    ]);
  });

  it('lets one choose among the ways of the spec', async () => {
    const { requests } = open({ verb: 'promote' }, { environment: 'staging' });
    await userEvent.click(await screen.findByRole('combobox', { name: 'Way' }));
    await userEvent.click(
      await screen.findByRole('option', {
        name: /preview-142 becomes staging/,
      }),
    );
    expect(
      await screen.findByRole('dialog', { name: 'Promote to staging' }),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(requests.map(({ path }) => path)).toContain(
        '/v1alpha1/environments/shop/checkout/staging/promotion',
      ),
    );
  });

  it('says why not, and offers nothing then', async () => {
    open({ verb: 'promote' }, { answers: { [PROMOTION]: blockedPromotion } });
    expect(
      await screen.findByText(/staging is not healthy with 4f2a91c: web/),
    ).toBeInTheDocument();
    expect(
      screen.getAllByRole('button').map(({ textContent }) => textContent),
    ).not.toContain('Open change request');
  });

  it('says who may, where this person may not', async () => {
    open(
      { verb: 'promote' },
      {
        answers: {
          [PROMOTION]: () =>
            promotion({ allowed: { allowed: false, reason: 'Only leads.' } }),
        },
      },
    );
    expect(await screen.findByText('Only leads.')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Open change request' }),
    ).not.toBeInTheDocument();
  });

  it('keeps the question and says why when it was refused', async () => {
    open(
      { verb: 'promote' },
      {
        answers: {
          'POST /v1alpha1/environments/*/*/*/promote': () => {
            throw new FakeProblem({
              title: 'ConflictError',
              status: 409,
              detail: 'It has changed since you looked at it.',
              instance: 'req-9',
            });
          },
        },
      },
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Open change request' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'It has changed since you looked at it. (id req-9)',
    );
    expect(
      screen.getByRole('button', { name: 'Open change request' }),
    ).toBeEnabled();
  });

  it('says that the open change request is brought up to date', async () => {
    open(
      { verb: 'promote' },
      {
        answers: {
          [PROMOTION]: () =>
            promotion({ changeRequest: { id: 'cr-59', number: 59 } }),
        },
      },
    );
    expect(
      await screen.findByRole('button', { name: 'Update change request' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /#59 of this environment is open/ }),
    ).toHaveAttribute('href', '/slipway/change-requests/cr-59');
  });
});

describe('rollback', () => {
  const direct = {
    [ROLLBACK]: () => rollback({ direct: true }),
    'POST /v1alpha1/environments/*/*/*/rollback': () => ({
      created: true,
      direct: true,
    }),
  };

  it('warns of migrations before it goes back', async () => {
    open({ verb: 'rollback', to: oldRelease.id });
    expect(
      await screen.findByText(/web migrates its database/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('dialog', { name: 'Roll back production' }),
    ).toHaveTextContent('Would run71ab22f');
  });

  it('rolls forward again by one press', async () => {
    const { acts, onClose } = open(
      { verb: 'rollback', to: oldRelease.id },
      { answers: direct },
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Roll back now' }),
    );
    expect(
      await screen.findByText(/production is on its way to 71ab22f/),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Roll forward again' }),
    );
    expect(
      await screen.findByText(/production is on its way to 9d03c1e/),
    ).toBeInTheDocument();
    expect(acts().map(({ body }) => body)).toEqual([
      { to: oldRelease.id, digest: 'sha256:cccc' },
      { to: release().id },
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('keeps how it went on the screen when what runs changes meanwhile', async () => {
    let items = releases;
    const { again } = open(
      { verb: 'rollback' },
      {
        answers: {
          ...direct,
          'GET /v1alpha1/services/*/*/releases': () => ({ items }),
        },
      },
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Roll back now' }),
    );
    await screen.findByText(/on its way to 71ab22f/);
    items = [
      newRelease,
      release({ where: [] }),
      {
        ...oldRelease,
        where: [{ environment: 'production', state: 'running' }],
      },
    ];
    await again();
    expect(screen.getByText(/on its way to 71ab22f/)).toBeInTheDocument();
    expect(
      screen.getByRole('dialog', { name: 'Roll back production' }),
    ).toBeInTheDocument();
  });

  it('goes forward in its own words', async () => {
    open(
      { verb: 'rollback', to: newRelease.id },
      { answers: { [ROLLBACK]: () => promotion({ direct: true }) } },
    );
    expect(
      await screen.findByRole('button', { name: 'Roll forward now' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('dialog', { name: 'Roll production forward' }),
    ).toBeInTheDocument();
  });
});

/** What the dialog says in each state. */
const SAYS: Record<StateName, RegExp> = {
  ready: /Would run/,
  loading: /Roll back production/,
  empty: /Nothing to go back to/,
  partial: /Would run/,
  stale: /Not updated for/,
  forbidden: /You may not see/,
  error: /Could not load/,
};

it.each(STATES)('the dialog is accessible: %s', async state => {
  const { again } = open(
    { verb: 'rollback' },
    {
      answers: {
        ...answersIn(state),
        ...(state === 'empty' && {
          'GET /v1alpha1/services/*/*/releases': () => ({ items: [] }),
        }),
      },
    },
  );
  const dialog = await screen.findByRole('dialog');
  if (state === 'stale') {
    await within(dialog).findByText(/Would run/);
    await again();
  }
  await waitFor(() => expect(dialog).toHaveTextContent(SAYS[state]));
  expect(await accessibilityProblems(dialog)).toEqual([]);
});
