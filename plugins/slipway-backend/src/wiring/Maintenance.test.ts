import { mockServices } from '@backstage/backend-test-utils';
import { Maintenance } from './Maintenance';

const repositories = ['one', 'two'].map(name => ({
  url: `file:///${name}.git`,
  branch: 'main',
}));

describe('Maintenance', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('tidies every repository in turn, again and again, also after one has failed', async () => {
    const tidied: string[] = [];
    const logger = mockServices.logger.mock();
    const maintenance = new Maintenance({
      repositories,
      async maintain({ url }) {
        tidied.push(url);
        if (url.includes('one')) throw new Error('It is locked.');
      },
      logger,
      firstMs: 10,
      intervalMs: 1000,
    });
    maintenance.start();
    await jest.advanceTimersByTimeAsync(9);
    expect(tidied).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(tidied).toEqual(repositories.map(({ url }) => url));
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('It is locked.'),
    );
    await jest.advanceTimersByTimeAsync(1000);
    expect(tidied).toHaveLength(4);
    maintenance.stop();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(tidied).toHaveLength(4);
  });

  it('begins no other repository once it was stopped', async () => {
    const tidied: string[] = [];
    const maintenance = new Maintenance({
      repositories,
      async maintain({ url }) {
        tidied.push(url);
        maintenance.stop();
      },
      logger: mockServices.logger.mock(),
      firstMs: 1,
    });
    maintenance.start();
    await jest.advanceTimersByTimeAsync(100_000_000);
    expect(tidied).toHaveLength(1);
  });
});
