import { mockServices } from '@backstage/backend-test-utils';
import type { Adapters } from './adapters';
import { followIndex } from './watching';

describe('What the watches see while the database is away', () => {
  let away: boolean;
  let done: string[];
  let tell: { changed(keys: string[]): void; written(keys: string[]): void };
  let following: { stop(): void };
  const logger = mockServices.logger.mock();

  const answer = async (what: string) => {
    if (away) throw new Error('the database is away');
    done.push(what);
  };

  beforeEach(() => {
    jest.useFakeTimers();
    logger.warn.mockClear();
    away = false;
    done = [];
    tell = {} as typeof tell;
    following = followIndex(
      {
        index: {
          onChange: (listener: typeof tell.changed) => {
            tell.changed = listener;
          },
          onSources: () => {},
        },
        writes: {
          onWritten: (listener: typeof tell.written) => {
            tell.written = listener;
          },
        },
        signals: { seen: () => {} },
        stores: { queue: { mark: (keys: string[]) => answer(keys.join()) } },
      } as unknown as Adapters,
      logger,
      keys => answer(`promotions from ${keys}`),
    );
  });
  afterEach(() => {
    following.stop();
    jest.useRealTimers();
  });

  it('is queued once it is back, each once and in order', async () => {
    away = true;
    tell.changed(['shop/web/staging', 'shop/web']);
    tell.written(['shop/web/prod']);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(done).toEqual([]);
    away = false;
    await jest.advanceTimersByTimeAsync(30_000);
    expect(done.filter(key => !key.startsWith('drift'))).toEqual([
      'environment:shop/web/staging',
      'promotions from shop/web/staging',
    ]);
    expect(done).toContain('drift:shop/web/prod');
    expect(done).toHaveLength(3);
    expect(logger.warn).toHaveBeenCalledTimes(2);
    expect(logger.warn).toHaveBeenCalledWith(
      "What the watches saw can't be queued, and is queued later: the database is away",
    );
  });

  it('is queued at once otherwise', async () => {
    tell.changed(['shop/web/staging']);
    await jest.advanceTimersByTimeAsync(0);
    expect(done).toEqual([
      'environment:shop/web/staging',
      'promotions from shop/web/staging',
    ]);
  });
});
