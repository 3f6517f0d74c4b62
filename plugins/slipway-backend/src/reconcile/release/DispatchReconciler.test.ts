import type { GitHost, HostedChange } from '@slipway/plugin-slipway-node';
import type { SpecDispatch } from '../../ports/ReleaseStore';
import type { TimelineEntry } from '../../ports/TimelineStore';
import type { ReconcileContext } from '../engine';
import { serviceFile } from '../environment/__testUtils__/specs';
import { DispatchReconciler } from './DispatchReconciler';

const spec = (replicas: number) =>
  serviceFile('shop', 'pay', {
    environments: [{ name: 'prod', class: 'open' }],
    database: false,
    replicas,
  });
const dispatch: SpecDispatch = {
  id: 'edit-1',
  organization: 'shop',
  service: 'pay',
  part: { kind: 'workloads', name: 'web' },
  spec: { replicas: 3 },
  actor: 'user:default/dana',
  gitAuthor: { name: 'Dana', email: 'dana@example.com' },
  at: new Date('2026-01-02T00:00:00Z'),
};
const change = {
  id: 'c1',
  number: 7,
  branch: 'slipway/dispatch/shop/pay',
  headCommit: 'head-of-the-change',
} as HostedChange;

/** What a run does with an edit that waits: what it proposes, tells, and forgets. */
async function run(at: { open: boolean; text: string }) {
  const told: TimelineEntry[] = [];
  const forgotten: string[] = [];
  const openChange = jest.fn(async () => change);
  const outcome = await new DispatchReconciler({
    host: {
      listChanges: async () => (at.open ? [change] : []),
      head: async () => 'head',
      readFiles: async () => [
        { path: 'organizations/shop/services/pay.yaml', content: at.text },
      ],
      openChange,
    } as unknown as GitHost,
    repository: { url: 'file:///platform.git', branch: 'main' },
    releases: {
      dispatches: async () => [dispatch],
      forgetDispatches: async ids => void forgotten.push(...ids),
    },
    timeline: {
      list: async () => [],
      record: async (events: TimelineEntry[]) => void told.push(...events),
    } as never,
  }).reconcile({
    key: 'dispatch:shop/pay',
    step: (_: string, work: () => Promise<unknown>) => work(),
  } as unknown as ReconcileContext);
  expect(outcome).toEqual({ type: 'done' });
  expect(forgotten).toEqual(['edit-1']);
  return {
    opened: openChange.mock.calls.length,
    told: told.map(({ reason, changeId }) => `${reason} ${changeId}`),
  };
}

describe('an edit from outside', () => {
  it('is proposed, and told of with its change request', async () => {
    expect(await run({ open: false, text: spec(1) })).toEqual({
      opened: 1,
      told: ['DispatchProposed c1'],
    });
  });

  it('is told of by the next run where one ended between proposing it and saying so', async () => {
    expect(await run({ open: true, text: spec(3) })).toEqual({
      opened: 0,
      told: ['DispatchProposed c1'],
    });
  });

  it('is nothing to tell of where the file says so already', async () => {
    expect(await run({ open: false, text: spec(3) })).toEqual({
      opened: 0,
      told: [],
    });
  });
});
