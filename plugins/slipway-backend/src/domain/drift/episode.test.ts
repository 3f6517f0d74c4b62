import fc from 'fast-check';
import type { DriftRecord } from '../../ports/DriftStore';
import { duration, healedBefore, type Healer, settleEpisode } from './episode';
import type { ObjectDrift } from './types';

const NOW = new Date('2026-05-01T12:00:00Z');
const ENVIRONMENT = 'shop/web/prod';

const drifted = (
  name: string,
  paths: string[],
  since = '2026-05-01T11:59:56Z',
): ObjectDrift => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name,
  missing: false,
  part: 'workload',
  fields: paths.map(path => ({
    path,
    segments: [path],
    found: 'secret-value',
    why: 'changed',
    manager: 'kubectl-edit',
    tool: 'kubectl edit',
    operation: 'Update',
    since,
  })),
});

const before = (objects: ObjectDrift[], since?: Date): DriftRecord => ({
  environment: ENVIRONMENT,
  state: objects.length > 0 ? 'drifted' : 'none',
  ...(since && { since }),
  changedAt: new Date('2026-05-01T00:00:00Z'),
  drifted: objects,
  checks: {},
});

const settle = (
  last: DriftRecord | undefined,
  objects: ObjectDrift[],
  healer: Healer = { by: 'unknown' },
  unknown?: string,
) =>
  settleEpisode(
    last,
    ENVIRONMENT,
    { drifted: objects, now: NOW, ...(unknown && { unknown }) },
    () => healer,
  );

describe('an episode of drift', () => {
  it('begins when the field was written, not when it was looked at', () => {
    const { record, events } = settle(before([]), [drifted('web', ['a'])]);
    expect(record).toMatchObject({
      state: 'drifted',
      since: new Date('2026-05-01T11:59:56Z'),
      changedAt: NOW,
      checkedAt: NOW,
    });
    expect(events).toEqual([
      expect.objectContaining({
        type: 'Drifted',
        reason: 'Drifted',
        title: 'Drifted: Deployment web was changed with kubectl edit',
      }),
    ]);
  });

  it('trusts no clock of a cluster that runs ahead', () => {
    const ahead = drifted('web', ['a'], '2026-05-01T13:00:00Z');
    expect(settle(undefined, [ahead]).record.since).toEqual(NOW);
  });

  it('is told once while it lasts, and further when more is added', () => {
    const since = new Date('2026-05-01T11:00:00Z');
    const known = before([drifted('web', ['a'])], since);
    expect(settle(known, [drifted('web', ['a'])]).events).toEqual([]);
    const more = settle(known, [drifted('web', ['a', 'b'])]);
    expect(more.record.since).toEqual(since);
    expect(more.record.changedAt).toEqual(known.changedAt);
    expect(more.events).toEqual([
      expect.objectContaining({
        title: 'Drifted further: Deployment web was changed with kubectl edit',
      }),
    ]);
  });

  it.each<[Healer, string, string | undefined]>([
    [
      { by: 'argocd', at: new Date('2026-05-01T11:59:58Z') },
      'Drift put back by Argo CD after 4 s',
      undefined,
    ],
    [{ by: 'git' }, 'Drift accepted into Git after 6 s', undefined],
    [{ by: 'slipway' }, 'Drift put back by Slipway after 6 s', undefined],
    [
      { by: 'tool', name: 'kubectl edit' },
      'Drift put back with kubectl edit after 6 s',
      undefined,
    ],
    [
      { by: 'person', name: 'user:default/dana' },
      'Drift put back by dana after 6 s',
      'user:default/dana',
    ],
    [{ by: 'unknown' }, 'Drift gone again after 6 s', undefined],
  ])('says who ended it and how long it took: %j', (healer, title, actor) => {
    const since = new Date('2026-05-01T11:59:54Z');
    const { record, events } = settle(
      before([drifted('web', ['a'])], since),
      [],
      healer,
    );
    expect(record).toMatchObject({ state: 'none', drifted: [] });
    expect(record.since).toBeUndefined();
    expect(events).toEqual([
      expect.objectContaining({ reason: 'NotDrifted', title }),
    ]);
    expect(events[0].actor).toBe(actor);
  });

  it('does not end while something could not be looked at', () => {
    const since = new Date('2026-05-01T11:00:00Z');
    const { record, events } = settle(
      before([drifted('web', ['a'])], since),
      [],
      { by: 'unknown' },
      'Deployment web: forbidden',
    );
    expect(record).toMatchObject({
      state: 'unknown',
      since,
      message: 'Deployment web: forbidden',
    });
    expect(events).toEqual([]);
  });

  it('tells names and paths, never values', () => {
    const begun = settle(undefined, [drifted('web', ['a'])]).events;
    const ended = settle(before([drifted('web', ['a'])], NOW), []).events;
    expect(JSON.stringify([begun, ended])).not.toContain('secret-value');
  });

  it('that nobody saw is told from what the watches saw', () => {
    const event = healedBefore(
      {
        object: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        manager: 'kubectl-edit',
        tool: 'kubectl edit',
        operation: 'Update',
        at: '2026-05-01T11:59:50Z',
        fields: ['spec.replicas'],
      },
      { by: 'argocd', at: new Date('2026-05-01T11:59:54Z') },
      NOW,
    );
    expect(event).toMatchObject({
      reason: 'NotDrifted',
      title:
        'Deployment web was changed with kubectl edit and put back by Argo CD after 4 s',
    });
  });

  it('ends as often as it begins, whatever comes and goes', () => {
    const look = fc.subarray(['a', 'b', 'c']);
    fc.assert(
      fc.property(fc.array(look, { maxLength: 12 }), looks => {
        let record: DriftRecord | undefined;
        let open = false;
        for (const [minute, paths] of looks.entries()) {
          const now = new Date(NOW.getTime() + minute * 60_000);
          const objects = paths.length
            ? [drifted('web', paths, now.toISOString())]
            : [];
          const settled = settleEpisode(
            record,
            ENVIRONMENT,
            { drifted: objects, now },
            () => ({ by: 'unknown' }),
          );
          const begun = settled.events.some(({ title }) =>
            title.startsWith('Drifted: '),
          );
          const ended = settled.events.some(
            ({ reason }) => reason === 'NotDrifted',
          );
          expect(begun).toBe(!open && paths.length > 0);
          expect(ended).toBe(open && paths.length === 0);
          open = paths.length > 0;
          expect(settled.record.since !== undefined).toBe(open);
          record = { ...settled.record, checks: {} };
        }
      }),
    );
  });

  it.each([
    [0, '0 s'],
    [119, '119 s'],
    [180, '3 min'],
    [7200, '2 h'],
    [432_000, '5 d'],
    [-5, '0 s'],
  ])('lasts %d seconds in one figure: %s', (seconds, text) => {
    expect(duration(NOW, new Date(NOW.getTime() + seconds * 1000))).toBe(text);
  });
});
