import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { AnswerTooLargeError, StreamSilentError } from '../ports/ClusterErrors';
import type { ClusterWatch, WatchEvent } from '../ports/ClusterWatch';
import { SupervisedWatch, WATCH_SETTINGS } from './SupervisedWatch';
import type { Watched } from './selections';

const pod = (i: number) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: `p${i}`, uid: `u${i}`, resourceVersion: '1' },
});

describe('SupervisedWatch', () => {
  const started: SupervisedWatch[] = [];
  afterEach(async () => {
    await Promise.all(started.splice(0).map(watch => watch.stop()));
  });

  function start(
    source: Partial<ClusterWatch>,
    options: {
      selection?: Partial<Watched>;
      random?: () => number;
      onState?: () => void;
    } = {},
  ) {
    const seen = new Set<string>();
    const watch = SupervisedWatch.create({
      source: {
        serves: async () => true,
        listPage: async () => ({ items: [], resourceVersion: '1' }),
        watch: async function* idle(_selection, { signal }) {
          yield { type: 'OPENED' } as WatchEvent;
          await new Promise(resolve =>
            signal.addEventListener('abort', resolve),
          );
        },
        ...source,
      } as ClusterWatch,
      selection: { apiVersion: 'v1', kind: 'Pod', ...options.selection },
      sink: {
        upsert: ({ metadata }) => void seen.add(metadata.uid!),
        remove: uid => void seen.delete(uid),
        retain: kept => seen.forEach(uid => kept.has(uid) || seen.delete(uid)),
      },
      settings: { ...WATCH_SETTINGS, retryMs: 5, maxRetryMs: 40, absentMs: 10 },
      now: () => new Date(),
      random: options.random ?? (() => 0.5),
      onState: options.onState ?? (() => {}),
    });
    started.push(watch);
    watch.start();
    return { watch, seen };
  }

  async function until(check: () => boolean): Promise<void> {
    for (let i = 0; i < 6_000 && !check(); i++)
      await new Promise(resolve => setTimeout(resolve, 5));
    expect(check()).toBe(true);
  }

  it('asks for smaller pages of objects that are too big together, and for the usual ones later', async () => {
    const limits: number[] = [];
    const { watch, seen } = start({
      listPage: async (_selection, { limit }) => {
        limits.push(limit);
        if (limit > 30) throw new AnswerTooLargeError('too much');
        return { items: [pod(1)], resourceVersion: '1' };
      },
    });
    await until(() => watch.current().state === 'live');
    expect(limits).toEqual([500, 125, 31, 7]);
    expect(seen).toEqual(new Set(['u1']));
  });

  it('does without what it may not see, where it can, and says so', async () => {
    let allowed = false;
    const { watch, seen } = start(
      {
        listPage: async () => {
          if (!allowed) throw new NotAllowedError('events is forbidden');
          return { items: [pod(1)], resourceVersion: '1' };
        },
      },
      { selection: { kind: 'Event', optional: true } },
    );
    await until(() => watch.current().state === 'absent');
    expect(watch.current().message).toBe('events is forbidden');
    allowed = true;
    await until(() => seen.has('u1'));
  });

  it('is stale when it may not see what it needs', async () => {
    const { watch } = start({
      listPage: async () => {
        throw new NotAllowedError('pods is forbidden');
      },
    });
    await until(() => watch.current().state === 'unreachable');
    expect(watch.current().message).toBe('pods is forbidden');
  });

  it('takes silence for no news: asks again from where it was, and stays live', async () => {
    const asked: string[] = [];
    const states: string[] = [];
    const { watch, seen } = start(
      {
        listPage: async () => ({ items: [], resourceVersion: '7' }),
        watch: async function* silent(_selection, { resourceVersion, signal }) {
          asked.push(resourceVersion);
          yield { type: 'OPENED' } as WatchEvent;
          if (asked.length < 4) throw new StreamSilentError('nothing arrived');
          yield { type: 'ADDED', object: pod(1) } as WatchEvent;
          await new Promise(resolve =>
            signal.addEventListener('abort', resolve),
          );
        },
      },
      { onState: () => states.push(watch.current().state) },
    );
    await until(() => seen.has('u1'));
    expect(asked).toEqual(['7', '7', '7', '7']);
    expect(states).toEqual(['live']);
  });

  it('is no longer live when the next stream after a silent one fails', async () => {
    let opened = 0;
    const { watch } = start({
      watch: async function* silent() {
        opened += 1;
        if (opened > 1) throw new ServiceUnavailableError('away');
        yield { type: 'OPENED' } as WatchEvent;
        throw new StreamSilentError('nothing arrived');
      },
    });
    await until(() => watch.current().state === 'stale');
    expect(watch.current().message).toBe('away');
  });

  it('waits longer after each failure, up to a bound, by chance within it', async () => {
    const times: number[] = [];
    const drawn: number[] = [];
    start(
      {
        serves: async () => {
          times.push(performance.now());
          throw new ServiceUnavailableError('away');
        },
      },
      {
        random: () => {
          const value = [1, 0.1][drawn.length % 2];
          drawn.push(value);
          return value;
        },
      },
    );
    await until(() => times.length >= 12);
    const waits = times.slice(1).map((at, i) => at - times[i]);
    // Full jitter: a drawn tenth waits a tenth of the bound.
    expect(waits[8]).toBeGreaterThan(30);
    expect(waits[9]).toBeLessThan(30);
    expect(drawn.length).toBeGreaterThanOrEqual(11);
  });
});
