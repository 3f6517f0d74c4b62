import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  environmentDetails,
  staging,
  type FakeAnswers,
} from '../../../dev/fake';
import { allowed } from '../../../dev/fake/live';
import { renderWith } from '../../__testUtils__';
import { EnvironmentPage } from './EnvironmentPage';

const open = (answers: FakeAnswers = {}) =>
  renderWith(<EnvironmentPage />, {
    answers,
    at: [
      '/slipway/environments/:organization/:service/:environment',
      '/slipway/environments/shop/checkout/staging',
    ],
  });

const RELEASES = '/slipway/environments/shop/checkout/releases';

describe('releases on the page of an environment', () => {
  it('are reached from their group, which says which one runs here', async () => {
    open();
    const list = await screen.findByRole('list', { name: 'Timeline' });
    expect(
      await within(list).findByRole('link', { name: 'Release 4f2a91c' }),
    ).toHaveAttribute('href', `${RELEASES}/4f2a91c60002`);
    expect(within(list).getAllByText('runs here')).toHaveLength(1);
    expect(
      within(list).getByRole('link', { name: 'Release 9d03c1e' }),
    ).toHaveAttribute('href', `${RELEASES}/9d03c1e50001`);
  });

  it('are gone back to from their group, once the difference was looked at', async () => {
    const { requests } = open();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Roll back to this' }),
    );
    expect(
      await screen.findByRole('dialog', { name: 'Roll back staging' }),
    ).toBeInTheDocument();
    expect(await screen.findByText('Would run')).toBeInTheDocument();
    expect(
      requests
        .find(({ path }) => path.endsWith('/staging/rollback'))
        ?.query.get('to'),
    ).toBe('9d03c1e50001');
    expect(requests.every(({ verb }) => verb === 'GET')).toBe(true);
  });

  it('are not offered to whoever may not, and the menu says why', async () => {
    open({
      'GET /v1alpha1/environments/*/*/*': () =>
        environmentDetails(staging, {
          allowed: allowed({
            promote: { allowed: false, reason: 'Only leads promote.' },
            rollback: { allowed: false, reason: 'Only owners go back.' },
          }),
        }),
    });
    await screen.findByRole('link', { name: 'Release 9d03c1e' });
    expect(
      screen.queryByRole('button', { name: 'Roll back to this' }),
    ).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /^Actions/ }));
    const promote = await screen.findByRole('menuitem', { name: /^Promote/ });
    expect(promote).toHaveTextContent('Only leads promote.');
    await userEvent.click(promote);
    expect(
      screen.getByRole('menuitem', { name: /^Roll back/ }),
    ).toHaveTextContent('Only owners go back.');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});
