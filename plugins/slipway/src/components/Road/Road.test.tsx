import { screen, within } from '@testing-library/react';
import { REASONS, ROAD, type Condition } from '@slipway/plugin-slipway-common';
import { conditions } from '../../../dev/fake';
import { accessibilityProblems, renderPart } from '../../__testUtils__';
import { conditionsOf } from '../../format';
import { CompactRoad } from './CompactRoad';
import { Road } from './Road';
import { CompactSentence } from './RoadSentence';

const waiting = conditionsOf(
  conditions({
    at: 'Approved',
    reason: 'ApprovalWanted',
    message: 'One of payments-leads must agree.',
    minutes: 120,
  }),
);

describe('Road', () => {
  it('says each station and its state in words', () => {
    renderPart(<Road conditions={waiting} />);
    const stations = within(
      screen.getByRole('list', { name: 'Road' }),
    ).getAllByRole('listitem');
    expect(stations).toHaveLength(ROAD.length);
    expect(stations[0]).toHaveTextContent('Declareddone, since 3 h');
    expect(stations[3]).toHaveTextContent('Approvedwaiting 2 h');
    expect(stations[4]).toHaveTextContent('Renderednot yet');
  });

  it('lets only the first station that is not done speak: what is, why, and what comes next', () => {
    const { container } = renderPart(<Road conditions={waiting} />);
    expect(container).toHaveTextContent(
      `Waiting for approval since 2 h – One of payments-leads must agree. ${REASONS.ApprovalWanted.next}`,
    );
  });

  it('announces a change of station once, not every tick of its age', () => {
    const { rerender } = renderPart(<Road conditions={waiting} />);
    const announced = screen.getByRole('status');
    // What is there when the page opens is read with the page.
    expect(announced).toBeEmptyDOMElement();
    rerender(<Road conditions={conditionsOf(conditions())} />);
    expect(screen.getByRole('status')).toBe(announced);
    expect(announced).toHaveTextContent(/^Healthy$/);
  });

  it('lights up once where it has changed', () => {
    const { container, rerender } = renderPart(<Road conditions={waiting} />);
    const lit = () => container.querySelectorAll('[data-flashes="1"]').length;
    rerender(<Road conditions={waiting} />);
    expect(lit()).toBe(0);
    rerender(<Road conditions={conditionsOf(conditions())} />);
    // The sentence, and the six stations that are now done.
    expect(lit()).toBe(7);
  });

  it('keeps a station whose source is gone apart from one that is not reached yet', () => {
    const gone = conditionsOf(
      conditions({
        at: 'Healthy',
        reason: 'ClusterUnreachable',
        message: 'Last known: Healthy.',
        status: 'Unknown',
      }),
    );
    const { container } = renderPart(<Road conditions={gone} />);
    const stations = screen.getAllByRole('listitem');
    expect(stations[8]).toHaveTextContent('Healthyunknown 12 min');
    expect(container).toHaveTextContent('Cluster unreachable since 12 min');
  });

  it('is accessible in every state', async () => {
    const reasons: Array<[string, Condition['status']]> = [
      ['ApprovalWanted', 'False'],
      ['Degraded', 'False'],
      ['Progressing', 'False'],
      ['ClusterUnreachable', 'Unknown'],
    ];
    for (const [reason, status] of reasons) {
      const { container, unmount } = renderPart(
        <Road
          conditions={conditionsOf(
            conditions({ at: 'Approved', reason, status, message: 'Because.' }),
          )}
        />,
      );
      expect(await accessibilityProblems(container)).toEqual([]);
      unmount();
    }
  });
});

describe('CompactRoad', () => {
  it('names where it stands, and each station for those who hear it', () => {
    renderPart(<CompactRoad conditions={waiting} />);
    const list = screen.getByRole('list', { name: 'Road: Approved: waiting' });
    expect(within(list).getByText('Policy: done')).toBeInTheDocument();
    expect(within(list).getByText('Healthy: not yet')).toBeInTheDocument();
  });
});

describe('CompactSentence', () => {
  it('says for how long everything has been well', () => {
    const { container } = renderPart(
      <CompactSentence conditions={conditionsOf(conditions())} />,
    );
    expect(container).toHaveTextContent('Healthy for 2 h');
  });

  it('does not tell a person what to do while nobody has to do anything', () => {
    const { container } = renderPart(
      <CompactSentence
        conditions={conditionsOf(
          conditions({ at: 'Synced', reason: 'Syncing', message: 'c01d5aa.' }),
        )}
      />,
    );
    expect(container).toHaveTextContent('c01d5aa.');
    expect(container).not.toHaveTextContent(REASONS.Syncing.next);
  });
});
