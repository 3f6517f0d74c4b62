import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  oldRelease,
  release,
  releaseDetails,
  type FakeAnswers,
} from '../../../dev/fake';
import { answersIn, STATES, type StateName } from '../../../dev/states';
import { accessibilityProblems, renderWith } from '../../__testUtils__';
import { ReleasePage } from './ReleasePage';

const PATTERN = '/slipway/environments/:organization/:service/releases/:id';
const RELEASE = 'GET /v1alpha1/services/*/*/releases/*';

const open = (id = release().id, answers: FakeAnswers = {}) =>
  renderWith(<ReleasePage />, {
    answers,
    at: [PATTERN, `/slipway/environments/shop/checkout/releases/${id}`],
  });

const rowsOf = async (name: string) => {
  const table = await screen.findByRole('table', { name });
  return within(table)
    .getAllByRole('row')
    .slice(1)
    .map(({ textContent }) => textContent);
};

describe('ReleasePage', () => {
  it('says what it is made of, who brought it, when, and where it runs now', async () => {
    open();
    expect(
      await screen.findByRole('heading', {
        name: 'checkout / release 9d03c1e',
      }),
    ).toBeInTheDocument();
    expect(screen.getAllByText('Retry payments three times')[0]).toBeVisible();
    expect(screen.getByRole('link', { name: 'Build run' })).toHaveAttribute(
      'href',
      'https://github.com/shop/checkout/actions/runs/1182',
    );
    const [preview, staging, production] = await rowsOf('Where it runs');
    expect(preview).toMatch(/^preview-142running24 h ago/);
    expect(staging).toMatch(/^stagingruns another release/);
    expect(production).toMatch(/^productionrunning3 h ago/);
    expect(await rowsOf('What it is made of')).toEqual([
      expect.stringMatching(/^web9d03c1e0c5d3e1$/),
    ]);
  });

  it('takes an environment to it, after showing what that would change', async () => {
    const { requests } = open(oldRelease.id);
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'production: Roll back to this',
      }),
    );
    expect(
      await screen.findByRole('dialog', { name: 'Roll back production' }),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(
        requests
          .find(({ path }) => path.endsWith('/production/rollback'))
          ?.query.get('to'),
      ).toBe(oldRelease.id),
    );
    expect(requests.every(({ verb }) => verb === 'GET')).toBe(true);
  });

  it('says why an environment can not go there', async () => {
    open(oldRelease.id, {
      [RELEASE]: () =>
        releaseDetails({
          release: oldRelease,
          targets: [
            {
              environment: 'production',
              rollback: { allowed: false, reason: 'worker is gone.' },
            },
          ],
        }),
    });
    expect(
      await screen.findByRole('button', { name: /production/ }),
    ).toHaveAccessibleDescription('worker is gone.');
  });

  it('leads to no address that a browser would run', async () => {
    open(release().id, {
      [RELEASE]: () =>
        releaseDetails({
          // eslint-disable-next-line no-script-url -- that it isn't followed is the point
          release: release({ url: 'javascript:alert(1)' }),
        }),
    });
    await screen.findByRole('heading', { name: /release 9d03c1e/ });
    expect(
      screen.queryByRole('link', { name: 'Build run' }),
    ).not.toBeInTheDocument();
  });

  it('leads to the other releases of the service', async () => {
    open();
    const list = await screen.findByRole('list', { name: 'Release' });
    expect(
      within(list)
        .getAllByRole('link', { name: /^Release/ })
        .map(link => link.getAttribute('href')),
    ).toEqual([
      '/slipway/environments/shop/checkout/releases/4f2a91c60002',
      '/slipway/environments/shop/checkout/releases/9d03c1e50001',
      '/slipway/environments/shop/checkout/releases/71ab22f00003',
    ]);
  });

  const SAYS: Record<StateName, RegExp> = {
    ready: /Where it runs/,
    loading: /^/,
    empty: /Where it runs/,
    partial: /Where it runs/,
    stale: /Not updated for/,
    forbidden: /You may not see the release/,
    error: /Could not load the release/,
  };

  it.each(STATES)('is accessible: %s', async state => {
    const { again, container } = open(release().id, answersIn(state));
    if (state === 'stale') {
      await screen.findByRole('heading', { name: /release 9d03c1e/ });
      await again();
    }
    await waitFor(() => expect(container).toHaveTextContent(SAYS[state]));
    expect(await accessibilityProblems(container)).toEqual([]);
  });
});
