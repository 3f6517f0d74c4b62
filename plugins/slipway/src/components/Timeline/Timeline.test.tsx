import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { timeline } from '../../../dev/fake';
import { renderPart, renderWith } from '../../__testUtils__';
import { groupTimeline } from './groups';
import { Timeline } from './Timeline';

describe('groupTimeline', () => {
  it('joins the rows of one change, newest first, with how long it took', () => {
    const groups = groupTimeline([...timeline].reverse());
    expect(groups.map(({ rows }) => rows.map(({ id }) => id))).toEqual([
      ['5', '4', '3'],
      ['2', '1'],
    ]);
    expect(Math.round(groups[1].tookMs / 60_000)).toBe(60);
  });

  it('never joins rows that nothing correlates', () => {
    const rows = timeline.map(row => ({ ...row, correlation: undefined }));
    expect(groupTimeline(rows)).toHaveLength(rows.length);
  });
});

describe('Timeline', () => {
  it('folds a group to one line', async () => {
    renderWith(<Timeline entries={timeline} />);
    const head = await screen.findByRole('button', {
      name: /3 steps in/,
    });
    expect(screen.getByText('Synced by Argo CD')).toBeVisible();
    await userEvent.click(head);
    expect(head).toHaveAttribute('aria-expanded', 'false');
    expect(screen.getByText('Synced by Argo CD')).not.toBeVisible();
  });

  it('says what the condition said, and not twice', async () => {
    const [row] = timeline;
    renderWith(
      <Timeline
        entries={[
          {
            ...row,
            id: 'a',
            title: 'Out of sync',
            data: { status: 'False', message: 'Deployment api differs.' },
          },
          {
            ...row,
            id: 'b',
            title: 'Healthy: all run.',
            data: { message: 'all run.' },
          },
        ]}
      />,
    );
    const list = await screen.findByRole('list', { name: 'Timeline' });
    expect(list).toHaveTextContent('Deployment api differs.');
    expect(within(list).queryByText('all run.')).toBeNull();
  });

  it('shows the newest of what went back and forth a lot, and the rest when asked', async () => {
    const [row] = timeline;
    renderWith(
      <Timeline
        entries={Array.from({ length: 30 }, (_, index) => ({
          ...row,
          id: `${index}`,
          title: `Event ${index}`,
        }))}
      />,
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show 20 more' }),
    );
    expect(screen.getByText('Event 29')).toBeVisible();
  });

  it('lights up what came while the page was open, and nothing else', async () => {
    const entries = timeline.map(row => ({
      ...row,
      actor: undefined,
      link: undefined,
    }));
    const { container, rerender } = renderPart(
      <Timeline entries={entries.slice(1)} />,
    );
    const lit = () =>
      [...container.querySelectorAll('[data-fresh]')].map(
        ({ textContent }) => textContent,
      );
    expect(lit()).toEqual([]);
    rerender(<Timeline entries={entries} />);
    expect(lit()).toEqual([
      'Not healthy: image checkout:4f2a91c not found12 min',
    ]);
  });

  it('follows no link that a browser would run', async () => {
    const [row] = timeline;
    renderWith(
      <Timeline
        entries={[
          // eslint-disable-next-line no-script-url -- that it isn't followed is the point
          { ...row, id: 'a', title: 'bad', link: 'javascript:alert(1)' },
          { ...row, id: 'b', title: 'worse', link: '//evil.example.com' },
          {
            ...row,
            id: 'c',
            title: 'good',
            link: '/slipway/change-requests/1',
          },
        ]}
      />,
    );
    const list = await screen.findByRole('list', { name: 'Timeline' });
    expect(within(list).getAllByRole('link')).toHaveLength(1);
    expect(within(list).getByRole('link', { name: 'good' })).toHaveAttribute(
      'href',
      '/slipway/change-requests/1',
    );
  });

  it('says what comes first when nothing happened yet', async () => {
    renderWith(<Timeline entries={[]} />);
    expect(await screen.findByText('Nothing happened yet')).toBeInTheDocument();
  });
});
