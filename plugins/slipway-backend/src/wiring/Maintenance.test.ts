import { mockServices } from '@backstage/backend-test-utils';
import { Maintenance } from './Maintenance';

describe('Maintenance', () => {
  let done: string[];
  const chore = (
    name: string,
    work: () => Promise<unknown> = async () => {},
  ) => ({
    failed: `${name} could not be done`,
    async run() {
      done.push(name);
      await work();
    },
  });
  beforeEach(() => {
    done = [];
    jest.useFakeTimers();
  });
  afterEach(() => jest.useRealTimers());

  it('does every chore in turn, again and again, also after one has failed', async () => {
    const logger = mockServices.logger.mock();
    const maintenance = new Maintenance({
      chores: [
        chore('one', async () => {
          throw new Error('It is locked.');
        }),
        chore('two'),
      ],
      logger,
      firstMs: 10,
      intervalMs: 1000,
    });
    maintenance.start();
    await jest.advanceTimersByTimeAsync(9);
    expect(done).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(done).toEqual(['one', 'two']);
    expect(logger.warn).toHaveBeenCalledWith(
      'one could not be done, which is tried again tomorrow: It is locked.',
    );
    await jest.advanceTimersByTimeAsync(1000);
    expect(done).toHaveLength(4);
    maintenance.stop();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(done).toHaveLength(4);
  });

  it('begins no other chore once it was stopped', async () => {
    const maintenance: Maintenance = new Maintenance({
      chores: [chore('one', async () => maintenance.stop()), chore('two')],
      logger: mockServices.logger.mock(),
      firstMs: 1,
    });
    maintenance.start();
    await jest.advanceTimersByTimeAsync(100_000_000);
    expect(done).toEqual(['one']);
  });
});
