import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { policyPacks } from '../../../dev/fake';
import { answersIn, STATES } from '../../../dev/states';
import { accessibilityProblems, renderWith } from '../../__testUtils__';
import { narrowPacks, PoliciesPage } from './PoliciesPage';

const at: [string, string] = ['/slipway/policies', '/slipway/policies'];

describe('narrowPacks', () => {
  const names = (filter: { text?: string; onlyHits?: boolean }) =>
    narrowPacks(policyPacks(), { text: '', onlyHits: false, ...filter }).map(
      ({ name, rules }) => [name, ...rules.map(rule => rule.name)],
    );

  it('leaves all where nothing is asked for', () => {
    expect(names({})).toHaveLength(2);
  });

  it('leaves rules that hit something, and no pack without one', () => {
    expect(names({ onlyHits: true })).toEqual([
      ['baseline', 'replicas-for-production'],
    ]);
  });

  it('finds rules by pack, name, description and kind', () => {
    expect(names({ text: 'cronjob' })).toEqual([['baseline', 'no-latest']]);
    expect(names({ text: 'spend dear' })).toEqual([['spend', 'dear']]);
  });
});

describe('PoliciesPage', () => {
  it('shows what a rule hits, where in the spec, and how it is mended', async () => {
    renderWith(<PoliciesPage />, { at });
    const hits = await screen.findByRole('list', {
      name: 'What replicas-for-production hits',
    });
    const [first] = within(hits).getAllByRole('listitem');
    expect(first).toHaveTextContent(
      'web has 1 replica; a node going down stops it.',
    );
    expect(first).toHaveTextContent(
      'Deployment web · workloads[web].replicas · line 19',
    );
    expect(
      within(first).getByRole('link', { name: 'shop/checkout/production' }),
    ).toHaveAttribute('href', '/slipway/environments/shop/checkout/production');
    expect(
      screen.getByText('Set replicas to 2 or more, or add autoscaling.'),
    ).toBeInTheDocument();
  });

  it('says whether clusters can be given a rule, and why not', async () => {
    renderWith(<PoliciesPage />, { at });
    const spend = await screen.findByRole('region', { name: 'spend' });
    await userEvent.click(within(spend).getByText('dear'));
    expect(spend).toHaveTextContent(
      'Only in plans. It looks at the whole plan; the API server sees one object at a time.',
    );
    expect(screen.getByRole('region', { name: 'baseline' })).toHaveTextContent(
      'Only in plans. Its expression asks for replicas',
    );
  });

  it('says which classes use a pack, and which none does', async () => {
    renderWith(<PoliciesPage />, { at });
    const baseline = await screen.findByRole('region', { name: 'baseline' });
    expect(
      within(baseline).getByRole('link', { name: 'production' }),
    ).toHaveAttribute('href', '/slipway/environments?class=production');
    expect(screen.getByRole('region', { name: 'spend' })).toHaveTextContent(
      'No class uses it.',
    );
  });

  it('leaves only rules that hit something when asked', async () => {
    renderWith(<PoliciesPage />, { at });
    await screen.findByRole('region', { name: 'spend' });
    await userEvent.click(screen.getByRole('checkbox'));
    await waitFor(() =>
      expect(screen.queryByRole('region', { name: 'spend' })).toBeNull(),
    );
  });

  it.each(STATES)('is accessible: %s', async state => {
    renderWith(<PoliciesPage />, { at, answers: answersIn(state) });
    const main = await screen.findByRole('main');
    await waitFor(() =>
      expect(
        main.querySelectorAll('h2, [aria-busy], p').length,
      ).toBeGreaterThan(0),
    );
    expect(await accessibilityProblems(main)).toEqual([]);
  });
});
