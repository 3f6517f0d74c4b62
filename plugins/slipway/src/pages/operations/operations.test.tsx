import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { operations } from '../../../dev/fake';
import { ago } from '../../../dev/fake/ago';
import { answersIn, STATES } from '../../../dev/states';
import { accessibilityProblems, renderWith } from '../../__testUtils__';
import { OperationsPage } from './OperationsPage';

const at: [string, string] = ['/slipway/operations', '/slipway/operations'];

describe('OperationsPage', () => {
  it('shows queue, sources and clusters with their age', async () => {
    renderWith(<OperationsPage />, { at });
    expect(
      await screen.findByText('Dead letters', { selector: 'dt' }),
    ).toBeInTheDocument();
    expect(screen.getByText('4 s')).toBeInTheDocument();
    const [, cluster] = within(
      screen.getByRole('table', { name: 'Clusters' }),
    ).getAllByRole('row');
    expect(cluster).toHaveTextContent('Sandbox EU');
    expect(cluster).toHaveTextContent('live');
    expect(cluster).toHaveTextContent('v1.36.1');
  });

  it('says what is left of the limit of each Git host, and until when one is used up', async () => {
    renderWith(<OperationsPage />, { at });
    const table = await screen.findByRole('table', { name: 'Git hosts' });
    const [, github, gitlab, bitbucket] = within(table).getAllByRole('row');
    expect(github).toHaveTextContent(/github.com.*4711 of 5000.*in \d+ min/);
    expect(gitlab).toHaveTextContent(/0 of 2000.*Used up.*in \d+ min/);
    expect(bitbucket).toHaveTextContent(/bitbucket.org.*not said/);
  });

  it('does not call a limit used up that has been full again since', async () => {
    const [, gitlab] = operations().gitHosts;
    const rateLimit = { ...gitlab.rateLimit!, resetAt: ago(2) };
    renderWith(<OperationsPage />, {
      at,
      answers: {
        'GET /v1alpha1/operations': () =>
          operations({ gitHosts: [{ ...gitlab, rateLimit }] }),
      },
    });
    const table = await screen.findByRole('table', { name: 'Git hosts' });
    expect(table).toHaveTextContent(/0 of 2000/);
    expect(table).not.toHaveTextContent(/Used up/);
  });

  it('replays the dead letters that were chosen', async () => {
    const { requests } = renderWith(<OperationsPage />, { at });
    expect(
      await screen.findByRole('button', { name: 'Replay 0 keys' }),
    ).toHaveAccessibleDescription('Choose what to replay.');
    await userEvent.click(
      await screen.findByRole('checkbox', {
        name: 'Replay environment:shop/checkout/staging',
      }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Replay 1 key' }));
    await waitFor(() =>
      expect(
        requests.find(({ path }) => path.endsWith('/replay'))?.body,
      ).toEqual({
        keys: ['environment:shop/checkout/staging'],
      }),
    );
  });

  it('confirms a held deletion for the commit that was looked at, by name', async () => {
    const { requests } = renderWith(<OperationsPage />, { at });
    expect(await screen.findByText(/2 specs vanished/)).toBeInTheDocument();
    expect(
      screen.getByText('organizations/shop/services/catalogue.yaml'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Delete 2 specs…' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Delete 2 specs?',
    });
    await userEvent.type(
      within(dialog).getByLabelText('Type platform to confirm'),
      'platform',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Delete 2 specs' }),
    );
    await waitFor(() => {
      const confirm = requests.find(({ path }) => path.endsWith('/confirm'));
      expect(confirm?.path).toBe(
        '/v1alpha1/operations/sources/platform/confirm',
      );
      expect(confirm?.body).toEqual({ commit: operations().sources[0].commit });
    });
  });

  it('names the permission that it takes', async () => {
    renderWith(<OperationsPage />, { at, answers: answersIn('forbidden') });
    expect(
      await screen.findByText('slipway.operations.read'),
    ).toBeInTheDocument();
  });

  it.each(STATES)('is accessible: %s', async state => {
    renderWith(<OperationsPage />, { at, answers: answersIn(state) });
    const main = await screen.findByRole('main');
    await waitFor(() =>
      expect(
        main.querySelectorAll('dl, [aria-busy], p').length,
      ).toBeGreaterThan(0),
    );
    expect(await accessibilityProblems(main)).toEqual([]);
  });
});
