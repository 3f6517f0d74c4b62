import { screen, waitFor, within } from '@testing-library/react';
import { answersIn, STATES } from '../../../dev/states';
import { accessibilityProblems, renderWith } from '../../__testUtils__';
import { ApprovalsPage } from './ApprovalsPage';

const at: [string, string] = ['/slipway/approvals', '/slipway/approvals'];

describe('ApprovalsPage', () => {
  it('shows what waits for the reader’s word, and nothing else', async () => {
    renderWith(<ApprovalsPage />, { at });
    const approvals = await screen.findByRole('list', {
      name: 'Environments to approve',
    });
    expect(within(approvals).getAllByRole('listitem')).toHaveLength(1);
    expect(
      within(
        screen.getByRole('list', { name: 'Change requests to review' }),
      ).getByRole('link', { name: '#58 Retry payments' }),
    ).toHaveAttribute('href', '/slipway/change-requests/cr-58');
    expect(screen.queryByText(/Dead letter/)).toBeNull();
  });

  it('says when something would show here', async () => {
    renderWith(<ApprovalsPage />, { at, answers: answersIn('empty') });
    expect(
      await screen.findByText('Nothing waits for your approval'),
    ).toBeInTheDocument();
  });

  it.each(STATES)('is accessible: %s', async state => {
    renderWith(<ApprovalsPage />, { at, answers: answersIn(state) });
    const main = await screen.findByRole('main');
    await waitFor(() =>
      expect(
        main.querySelectorAll('li, [aria-busy], p').length,
      ).toBeGreaterThan(0),
    );
    expect(await accessibilityProblems(main)).toEqual([]);
  });
});
