import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ago } from '../../dev/fake';
import { renderPart, renderWith } from '../__testUtils__';
import { ActionButton } from './Actions';
import { ConfirmDialog } from './ConfirmDialog';
import { EntityName } from './EntityName';
import { RelativeTime } from './RelativeTime';
import { Sha } from './Sha';
import { AsOf, StateView, type ViewQuery } from './State';

describe('RelativeTime', () => {
  it('has the exact time on hover', () => {
    const at = '2026-03-02T08:00:00.000Z';
    renderPart(<RelativeTime at={at} form="ago" />);
    const time = screen.getByText(/d ago$/);
    expect(time).toHaveAttribute('datetime', at);
    expect(time.title).toMatch(/2026/);
  });

  it('says in how long for what is to come, but not for a clock that differs a little', () => {
    const { rerender } = renderPart(<RelativeTime at={ago(-90)} form="ago" />);
    expect(screen.getByText('in 1 h')).toBeInTheDocument();
    rerender(<RelativeTime at={ago(-0.2)} form="ago" />);
    expect(screen.getByText('0 s ago')).toBeInTheDocument();
  });

  it('draws nothing for what is no time', () => {
    const { container } = renderPart(<RelativeTime at="soon" />);
    expect(container).toBeEmptyDOMElement();
  });
});

describe('Sha', () => {
  const commit = '4f2a91c0b7a24f90c1d2e3f4a5b6c7d8e9f00112';

  it('is short, whole on hover, and copied whole', async () => {
    const user = userEvent.setup();
    const write = jest.spyOn(navigator.clipboard, 'writeText');
    renderPart(<Sha value={commit} />);
    expect(screen.getByText('4f2a91c')).toHaveAttribute('title', commit);
    await user.click(
      screen.getByRole('button', { name: 'Copy commit 4f2a91c' }),
    );
    expect(write).toHaveBeenCalledWith(commit);
    expect(
      await screen.findByRole('button', { name: 'Copied commit' }),
    ).toBeInTheDocument();
  });

  it('leaves a tag whole', () => {
    renderPart(<Sha value="v1.2.3-rc.1" />);
    expect(screen.getByText('v1.2.3-rc.1')).toBeInTheDocument();
  });
});

describe('EntityName', () => {
  it('links a reference into the catalog', async () => {
    renderWith(<EntityName entityRef="user:default/ana" />);
    expect(await screen.findByRole('link', { name: 'ana' })).toHaveAttribute(
      'href',
      '/catalog/default/user/ana',
    );
  });

  it('shows the name of a tool as it is', async () => {
    renderWith(<EntityName entityRef="argocd" />);
    expect(await screen.findByText('argocd')).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: 'argocd' })).toBeNull();
  });
});

describe('ActionButton', () => {
  it('says why it can not be pressed, to those who come by keyboard too', async () => {
    const onClick = jest.fn();
    renderPart(
      <ActionButton reason="One approval is missing." onClick={onClick}>
        Merge
      </ActionButton>,
    );
    const button = screen.getByRole('button', { name: 'Merge' });
    await userEvent.tab();
    expect(button).toHaveFocus();
    expect(button).toHaveAccessibleDescription('One approval is missing.');
    fireEvent.click(button);
    expect(onClick).not.toHaveBeenCalled();
  });
});

describe('ConfirmDialog', () => {
  const dialog = (onConfirm: () => void) => (
    <ConfirmDialog
      open
      title="Delete it?"
      confirm="Delete"
      typed="checkout"
      onConfirm={onConfirm}
      onClose={() => {}}
    >
      It is gone then.
    </ConfirmDialog>
  );

  it('asks for the name where data dies', async () => {
    const onConfirm = jest.fn();
    renderPart(dialog(onConfirm));
    const confirm = screen.getByRole('button', { name: 'Delete' });
    expect(confirm).toBeDisabled();
    const input = screen.getByLabelText('Type checkout to confirm');
    expect(input).toHaveFocus();
    await userEvent.type(input, 'checkou{Enter}');
    expect(onConfirm).not.toHaveBeenCalled();
    await userEvent.type(input, 't');
    await userEvent.click(confirm);
    expect(onConfirm).toHaveBeenCalledTimes(1);
  });
});

describe('AsOf', () => {
  it('is as old as its oldest source that is not live', () => {
    const { container } = renderPart(
      <AsOf
        sources={[
          { name: 'a', state: 'live', asOf: ago(0) },
          { name: 'b', state: 'stale', asOf: ago(5) },
          { name: 'c', state: 'unreachable', asOf: ago(90) },
        ]}
      />,
    );
    expect(container).toHaveTextContent('as of 1 h ago');
  });

  it('says that it is live when every source is', () => {
    const { container } = renderPart(
      <AsOf sources={[{ name: 'a', state: 'live', asOf: ago(60) }]} />,
    );
    expect(container).toHaveTextContent('live');
  });
});

describe('StateView', () => {
  const failed = (message: string) => ({
    data: 'what was known',
    error: new Error(message),
    dataUpdatedAt: Date.now() - 4 * 60_000,
    refetch: jest.fn(),
    isFetching: false,
  });
  const draw = (outer: string, inner: string) =>
    renderPart(
      <StateView
        query={failed(outer) as unknown as ViewQuery<string>}
        what="the page"
        skeleton={null}
        sources={() => [{ name: 'eu', state: 'unreachable' }]}
      >
        {() => (
          <StateView
            query={failed(inner) as unknown as ViewQuery<string>}
            what="the part"
            skeleton={null}
            sources={() => [
              { name: 'eu', state: 'unreachable' },
              { name: 'us', state: 'unreachable' },
            ]}
          >
            {text => <p>{text}</p>}
          </StateView>
        )}
      </StateView>,
    );

  it('says once what is also true of the view that it stands in', () => {
    draw('no way', 'no way');
    expect(screen.getByText('what was known')).toBeInTheDocument();
    expect(screen.getAllByText(/could not be reached/)).toHaveLength(1);
    expect(screen.getAllByText('eu is unreachable.')).toHaveLength(1);
  });

  it('says what is new, also below another notice', () => {
    draw('no way', 'no luck');
    expect(
      screen
        .getAllByText(/no way|no luck/)
        .map(({ textContent }) => textContent?.match(/no \w+/)?.[0]),
    ).toEqual(['no way', 'no luck']);
    expect(screen.getAllByText('us is unreachable.')).toHaveLength(1);
  });
});
