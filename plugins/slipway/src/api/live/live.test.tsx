import {
  TestApiProvider,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { createSlipwayClient, unwrap } from '@slipway/plugin-slipway-common';
import { act, screen } from '@testing-library/react';
import { LiveNotice } from '../../components';
import { slipwayApiRef } from '../ref';
import { SlipwayProvider } from '../SlipwayProvider';
import { useSlipwayQuery } from '../useSlipwayQuery';
import { useLiveState } from './useLiveState';

type Listener = (message: unknown) => void;

/** Signals that a test sends, and a backend that counts how often it was asked. */
class World {
  asked: string[] = [];
  answers: Record<string, number> = {};
  /** Set to hold answers back until it is called. */
  private held: Array<() => void> | undefined;
  listeners = new Set<Listener>();
  sequence = 7;
  failing = false;

  readonly client = createSlipwayClient({
    discoveryApi: { getBaseUrl: async () => 'http://localhost' },
    fetchApi: {
      fetch: async input => {
        const name = String(input).split('/').pop()!;
        this.asked.push(name);
        const version = (this.answers[name] ??= 1);
        if (this.held)
          await new Promise<void>(resolve => this.held!.push(resolve));
        return new Response(JSON.stringify({ name, version }), {
          status: this.failing ? 503 : 200,
          headers: {
            'content-type': 'application/json',
            'Slipway-Topics': `topic-${name}`,
          },
        });
      },
    },
  });

  readonly signals = {
    subscribe: (_channel: string, listener: Listener) => {
      this.listeners.add(listener);
      return { unsubscribe: () => void this.listeners.delete(listener) };
    },
  };

  send(names: string[], sequence = ++this.sequence) {
    this.sequence = Math.max(this.sequence, sequence);
    const topics = Object.fromEntries(
      names.map(name => [`topic-${name}`, sequence]),
    );
    for (const listener of this.listeners) listener({ sequence, topics });
  }

  beat() {
    for (const listener of this.listeners)
      listener({ sequence: this.sequence, topics: {} });
  }

  hold() {
    this.held = [];
  }

  release() {
    const held = this.held ?? [];
    this.held = undefined;
    for (const resolve of held) resolve();
  }
}

function Show(props: { name: string }) {
  const { name } = props;
  const { data } = useSlipwayQuery(
    ['thing', name],
    (client, signal) =>
      unwrap<unknown>(
        client.GET('/v1alpha1/change-requests/{id}', {
          params: { path: { id: name } },
          signal,
        }),
      ),
    { follow: name === 'log' ? 5_000 : undefined },
  );
  const version = (data as { version: number } | undefined)?.version;
  return <p>{`${name} ${version ?? '…'}`}</p>;
}

const State = () => <p>state: {useLiveState().state}</p>;

describe('what is on screen', () => {
  let world: World;
  beforeEach(() => {
    jest.useFakeTimers();
    world = new World();
  });
  afterEach(() => jest.useRealTimers());

  const beat = () => act(() => world.beat());
  const send = (name: string) => act(() => world.send([name]));
  const pass = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

  async function open(
    names: string[],
    options: { signals?: boolean } = { signals: true },
  ) {
    const view = renderInTestApp(
      <TestApiProvider
        apis={[
          [slipwayApiRef, world.client],
          ...(options.signals
            ? [[signalApiRef, world.signals] as [typeof signalApiRef, never]]
            : []),
        ]}
      >
        <SlipwayProvider>
          <LiveNotice>
            <State />
            {names.map(name => (
              <Show key={name} name={name} />
            ))}
          </LiveNotice>
        </SlipwayProvider>
      </TestApiProvider>,
    );
    await pass(300);
    return view;
  }

  /** Opened and told for the first time. */
  async function live(names: string[]) {
    const view = await open(names);
    act(() => world.beat());
    await pass(1_000);
    expect(screen.getByText('state: live')).toBeInTheDocument();
    world.asked = [];
    return view;
  }

  it('is asked again when its topic has moved, and nothing else is', async () => {
    await live(['a', 'b']);
    world.answers.a = 2;
    act(() => world.send(['a']));
    await pass(400);
    expect(world.asked).toEqual(['a']);
    expect(screen.getByText('a 2')).toBeInTheDocument();
  });

  it('is not polled while the connection is live', async () => {
    await live(['a']);
    for (let i = 0; i < 20; i++) {
      beat();
      await pass(10_000);
    }
    expect(world.asked).toEqual([]);
  });

  it('is followed where no signal tells of it, as a log is', async () => {
    await live(['a', 'log']);
    act(() => world.beat());
    await pass(11_000);
    expect(world.asked).toEqual(['log', 'log']);
  });

  it('is asked once for a burst of messages, and once more for what came meanwhile', async () => {
    await live(['a']);
    for (let i = 0; i < 30; i++) send('a');
    await pass(2_000);
    expect(world.asked.length).toBeLessThanOrEqual(2);
    expect(world.asked.length).toBeGreaterThan(0);
  });

  it('is asked again when it moved while the answer was under way', async () => {
    await live(['a']);
    world.hold();
    act(() => world.send(['a']));
    await pass(400);
    expect(world.asked).toEqual(['a']);
    world.answers.a = 5;
    act(() => world.send(['a']));
    await pass(400);
    world.release();
    await pass(2_500);
    expect(world.asked).toEqual(['a', 'a']);
    expect(screen.getByText('a 5')).toBeInTheDocument();
  });

  it('is asked again when a message is missing, for it may have been about it', async () => {
    await live(['a']);
    act(() => world.send(['x'], world.sequence + 2));
    await pass(1_000);
    expect(world.asked).toEqual([]);
    await pass(2_000);
    expect(world.asked).toEqual(['a']);
  });

  it('finds out by a heartbeat that the last message is missing', async () => {
    await live(['a']);
    world.sequence++;
    act(() => world.beat());
    await pass(3_000);
    expect(world.asked).toEqual(['a']);
  });

  it('is left alone when messages only overtook each other', async () => {
    await live(['a']);
    const { sequence } = world;
    act(() => world.send(['x'], sequence + 2));
    act(() => world.send(['x'], sequence + 1));
    await pass(5_000);
    expect(world.asked).toEqual([]);
  });

  it('says that the connection is lost, asks seldom meanwhile, and asks for all when it is back', async () => {
    await live(['a', 'b']);
    await pass(31_000);
    expect(screen.getByText('state: lost')).toBeInTheDocument();
    expect(screen.getByText('Live updates are lost.')).toBeInTheDocument();
    world.asked = [];
    await pass(60_000);
    expect(world.asked.filter(name => name === 'a')).toHaveLength(2);
    world.answers.b = 9;
    world.asked = [];
    act(() => world.beat());
    await pass(500);
    expect(screen.getByText('state: live')).toBeInTheDocument();
    expect(screen.queryByText('Live updates are lost.')).toBeNull();
    expect([...world.asked].sort()).toEqual(['a', 'b']);
    expect(screen.getByText('b 9')).toBeInTheDocument();
  });

  it('says it at once when the browser goes offline', async () => {
    await live(['a']);
    act(() => void window.dispatchEvent(new Event('offline')));
    expect(screen.getByText('state: lost')).toBeInTheDocument();
  });

  it('says it when no word comes after the page was opened', async () => {
    await open(['a']);
    expect(screen.getByText('state: connecting')).toBeInTheDocument();
    await pass(18_000);
    expect(screen.getByText('state: lost')).toBeInTheDocument();
  });

  it('asks by itself in an app that has no signals, without complaint', async () => {
    await open(['a'], {});
    expect(screen.getByText('state: off')).toBeInTheDocument();
    world.asked = [];
    await pass(30_500);
    expect(world.asked).toHaveLength(3);
    expect(screen.queryByText('Live updates are lost.')).toBeNull();
  });

  it('asks seldom again for what failed, however much happens', async () => {
    world.failing = true;
    await live(['a']);
    for (let i = 0; i < 20; i++) {
      send('x');
      await pass(100);
    }
    expect(world.asked.length).toBeLessThanOrEqual(1);
    world.failing = false;
    act(() => world.send(['x']));
    await pass(3_500);
    expect(screen.getByText('a 1')).toBeInTheDocument();
  });

  it('asks again for what failed, though nothing happens', async () => {
    world.failing = true;
    await live(['a']);
    expect(screen.getByText('a …')).toBeInTheDocument();
    world.failing = false;
    act(() => world.beat());
    await pass(10_500);
    expect(screen.getByText('a 1')).toBeInTheDocument();
    world.asked = [];
    act(() => world.beat());
    await pass(15_000);
    expect(world.asked).toEqual([]);
  });

  it('stops listening some time after the last page was left', async () => {
    const { unmount } = await live(['a']);
    unmount();
    await pass(5_000);
    expect(world.listeners.size).toBe(1);
    await pass(10_000);
    expect(world.listeners.size).toBe(0);
  });
});
