import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { overview } from '../../../dev/fake';
import { answersIn, STATES } from '../../../dev/states';
import { accessibilityProblems, renderWith } from '../../__testUtils__';
import { OverviewPage } from './OverviewPage';

const at: [string, string] = ['/slipway/overview', '/slipway/overview'];

const panel = (name: string | RegExp) => screen.findByRole('region', { name });

describe('OverviewPage', () => {
  it('says where the fleet stands, each state a way to just those', async () => {
    renderWith(<OverviewPage />, { at });
    const states = within(
      await screen.findByRole('list', { name: 'Environments by state' }),
    );
    expect(states.getByRole('link', { name: '3 Stopped' })).toHaveAttribute(
      'href',
      '/slipway/environments?state=stopped',
    );
    expect(states.getByRole('link', { name: '1 Drifted' })).toHaveAttribute(
      'href',
      '/slipway/environments?state=drifted',
    );
    // Drift is beside the other states and counts nobody twice.
    expect(await panel('Fleet')).toHaveTextContent('412 environments');
  });

  it('says what needs the reader, and leads there', async () => {
    renderWith(<OverviewPage />, { at });
    const inbox = within(await screen.findByRole('list', { name: 'Needs me' }));
    const rows = inbox.getAllByRole('listitem');
    expect(rows[0]).toHaveTextContent('Deletion held in platform');
    expect(
      inbox.getByRole('link', { name: 'shop/checkout/production' }),
    ).toHaveAttribute('href', '/slipway/environments/shop/checkout/production');
    expect(rows[1]).toHaveTextContent('One of payments-leads must agree');
    expect(
      inbox.getByRole('link', { name: '#58 Retry payments' }),
    ).toHaveAttribute('href', '/slipway/change-requests/cr-58');
  });

  it('says how many of what waits are not shown', async () => {
    renderWith(<OverviewPage />, {
      at,
      answers: {
        'GET /v1alpha1/overview': () => overview({ inboxTotal: 240 }),
      },
    });
    expect(
      await screen.findByText('The 6 most urgent of 240.'),
    ).toBeInTheDocument();
  });

  it('tells who is over budget, in words', async () => {
    renderWith(<OverviewPage />, { at });
    const cost = await screen.findByRole('list', {
      name: 'Cost by organization',
    });
    const [shop, bank] = within(cost).getAllByRole('listitem');
    expect(shop).not.toHaveTextContent('over budget');
    expect(bank).toHaveTextContent('over budget');
  });

  it('tells in one strip whether queue, sources and clusters are well', async () => {
    renderWith(<OverviewPage />, { at, answers: answersIn('partial') });
    const fleet = await panel('Fleet');
    expect(fleet).toHaveTextContent('1 due · 2 running · 3 waiting');
    expect(
      within(fleet).getByRole('link', { name: '1 dead letter' }),
    ).toHaveAttribute('href', '/slipway/operations?queue=dead');
    expect(fleet).toHaveTextContent('platform deletion held');
    expect(fleet).toHaveTextContent(/Sandbox US sandbox ?unreachable 14 min/);
  });

  it('shows no machinery to who may not see it', async () => {
    renderWith(<OverviewPage />, {
      at,
      answers: {
        'GET /v1alpha1/overview': () =>
          overview({ queue: undefined, sources: undefined }),
      },
    });
    const fleet = await panel('Fleet');
    expect(fleet).not.toHaveTextContent('Queue');
    expect(fleet).toHaveTextContent('Clusters');
  });

  it('says what to do first on a platform with nothing in it', async () => {
    renderWith(<OverviewPage />, { at, answers: answersIn('empty') });
    expect(
      await screen.findByRole('link', { name: 'Create a service' }),
    ).toHaveAttribute('href', '/create');
    expect(screen.getByText('Nothing needs you')).toBeInTheDocument();
  });

  it('lists its keys by ?', async () => {
    renderWith(<OverviewPage />, { at });
    await panel('Fleet');
    await userEvent.keyboard('?');
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('Go to Environments');
    expect(dialog).toHaveTextContent('Go to Operations');
  });

  it('names who can let the reader in', async () => {
    renderWith(<OverviewPage />, { at, answers: answersIn('forbidden') });
    expect(
      await screen.findByText(/the platform team can grant the permission/),
    ).toBeInTheDocument();
  });

  it.each(STATES)('is accessible: %s', async state => {
    renderWith(<OverviewPage />, { at, answers: answersIn(state) });
    const main = await screen.findByRole('main');
    await waitFor(() =>
      expect(
        main.querySelectorAll('h2, [aria-busy], p').length,
      ).toBeGreaterThan(0),
    );
    expect(await accessibilityProblems(main)).toEqual([]);
  });
});
