import { mockServices } from '@backstage/backend-test-utils';
import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import type { HostedChange } from '@slipway/plugin-slipway-node';
import { LeaseLostError } from '../../ports/LeaseLostError';
import type { ObservedPullRequests } from '../../ports/PullRequests';
import type { WorkQueue } from '../../ports/WorkQueue';
import type { ReconcileContext } from '../engine';
import { PullsReconciler } from './PullsReconciler';

const REPOSITORY = { url: 'https://git.example.org/acme/a', branch: 'main' };
const REPORT = {
  comment: 'It fits',
  check: { name: 'slipway/plan', state: 'success' as const },
};
const change = (number: number) =>
  ({ id: `c${number}`, number }) as HostedChange;

function world(observe: () => Promise<ObservedPullRequests | undefined>) {
  const told: number[] = [];
  const marked: string[] = [];
  const changed: string[] = [];
  const logger = mockServices.logger.mock();
  let failsFor: number | undefined;
  const reconciler = new PullsReconciler({
    pulls: {
      observe,
      async tell({ number }) {
        if (number === failsFor)
          throw new NotAllowedError('a right is missing');
        told.push(number);
      },
      refuse: async () => {},
    },
    repositories: [
      {
        id: 'platform',
        repository: REPOSITORY,
        report: async () => REPORT,
        keysAfterEnd: ['source:platform'],
      },
    ],
    queue: {
      mark: async (keys: string[]) => void marked.push(...keys),
    } as Partial<WorkQueue> as WorkQueue,
    pollMs: 1_000,
    changed: ids => void changed.push(...ids),
    logger,
  });
  return {
    told,
    marked,
    changed,
    logger,
    refuse: (number: number) => {
      failsFor = number;
    },
    run: () =>
      reconciler.reconcile({
        key: 'pulls:platform',
        signal: new AbortController().signal,
        step: (_: string, work: () => Promise<unknown>) => work(),
      } as Partial<ReconcileContext> as ReconcileContext),
  };
}

const observed = (
  seen: Partial<ObservedPullRequests> = {},
): ObservedPullRequests => ({ open: [], ended: [], ignored: [], ...seen });

const AGAIN = { type: 'requeue', afterMs: 1_000 };

it('asks a host that is down at every poll, however long that takes', async () => {
  const it_ = world(async () => {
    throw new ServiceUnavailableError('no answer');
  });
  for (let poll = 0; poll < 30; poll += 1)
    expect(await it_.run()).toEqual(AGAIN);
  expect(it_.logger.warn).toHaveBeenCalledWith(
    expect.stringContaining('no answer'),
  );
});

it('hands a lost lease on', async () => {
  const it_ = world(async () => {
    throw new LeaseLostError('somebody else has it');
  });
  await expect(it_.run()).rejects.toThrow(LeaseLostError);
});

it('tells the others, where one can not be spoken to', async () => {
  const it_ = world(async () => observed({ open: [1, 2, 3].map(change) }));
  it_.refuse(2);
  expect(await it_.run()).toEqual(AGAIN);
  expect(it_.told).toEqual([1, 3]);
  expect(it_.logger.warn).toHaveBeenCalledWith(
    expect.stringContaining('#2 could not be told'),
  );
});

it('has what waited for a merge looked at, and open pages told', async () => {
  const it_ = world(async () => observed({ ended: [change(7)] }));
  await it_.run();
  expect(it_.marked).toEqual(['change:c7', 'source:platform']);
  expect(it_.changed).toEqual(['c7']);
});

it('is done with a repository whose host keeps no pull requests', async () => {
  expect(await world(async () => undefined).run()).toEqual({ type: 'done' });
});
