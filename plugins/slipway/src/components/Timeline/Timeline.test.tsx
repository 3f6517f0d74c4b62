import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { timeline } from '../../../dev/fake';
import { renderWith } from '../../__testUtils__';
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
