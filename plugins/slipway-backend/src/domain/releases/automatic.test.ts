import type {
  AskedMove,
  ReleaseRecord,
  WantedRevision,
} from '../../ports/ReleaseStore';
import { type PromotionView, whenPromoted } from './automatic';

const [A, B, C] = ['a', 'b', 'c'].map(sign => sign.repeat(40));
const DIGEST = `sha256:${'1'.repeat(64)}`;
const release = (revision: string) => ({ workloads: { web: { revision } } });

describe('a promotion by the clock', () => {
  const now = new Date(1_000_000);
  const told = (
    at: number,
    workloads: Record<string, string>,
    digest?: string,
  ): ReleaseRecord =>
    ({
      workloads: Object.entries(workloads).map(([name, revision]) => ({
        name,
        revision,
        ...(digest && { digest }),
      })),
      at: new Date(at),
      orderedAt: new Date(at),
    }) as ReleaseRecord;
  const view: PromotionView = {
    from: 'dev',
    workloads: [{ name: 'web', revision: B }],
    healthySince: new Date(400_000),
    running: release(A),
    known: [told(300_000, { web: B }), told(200_000, { web: A })],
  };
  const asked = (
    revision: string,
    more: Partial<WantedRevision> = {},
  ): WantedRevision =>
    ({
      name: 'web',
      revision,
      origin: 'promotion',
      orderedAt: new Date(300_000),
      ...more,
    }) as WantedRevision;
  const when = (more: Partial<Parameters<typeof whenPromoted>[0]> = {}) =>
    whenPromoted({ view, wanted: [], afterMs: 600_000, now, ...more });

  it('comes when the release has been healthy for long enough, and not before', () => {
    expect(when()).toEqual({ type: 'now' });
    expect(when({ afterMs: 600_001 })).toEqual({ type: 'later', inMs: 1 });
    expect(when({ view: { ...view, healthySince: undefined } })).toEqual({
      type: 'never',
    });
  });

  it('does not bring back what somebody went back from', () => {
    const back = (at: number) =>
      asked(A, {
        origin: 'rollback',
        orderedAt: new Date(at),
        settledAt: now,
      });
    expect(when({ wanted: [back(300_000)] })).toEqual({ type: 'never' });
    expect(when({ wanted: [back(299_999)] })).toEqual({ type: 'now' });
    const untold = { ...view, known: [] };
    expect(when({ view: untold, wanted: [back(1)] })).toEqual({
      type: 'never',
    });
  });

  it('does not bring back the bad commit in another image', () => {
    const rebuilt = { name: 'web', revision: B, digest: DIGEST };
    const again = {
      ...view,
      workloads: [rebuilt],
      known: [...view.known, told(900_000, { web: B }, DIGEST)],
    };
    const back = asked(A, {
      origin: 'rollback',
      orderedAt: new Date(500_000),
      settledAt: now,
    });
    expect(when({ view: again, wanted: [back] })).toEqual({ type: 'never' });
    expect(
      when({ view: again, wanted: [asked(B, { settledAt: now })] }),
    ).toEqual({ type: 'never' });
  });

  it('waits for a rollback that a change request asks for', () => {
    const move = (origin: 'rollback' | 'promotion') =>
      ({ origin, askedAt: new Date(500_000) }) as AskedMove;
    expect(when({ asked: move('rollback') })).toEqual({ type: 'never' });
    expect(when({ asked: move('promotion') })).toEqual({ type: 'now' });
  });

  it('leaves alone what was promoted and then reverted in Git, until something newer comes', () => {
    const reverted = [asked(B, { settledAt: now })];
    expect(when({ wanted: reverted })).toEqual({ type: 'never' });
    const newer = {
      ...view,
      workloads: [{ name: 'web', revision: C }],
      known: [...view.known, told(300_001, { web: C })],
    };
    expect(when({ view: newer, wanted: reverted })).toEqual({ type: 'now' });
    const still = [asked(A, { settledAt: now, orderedAt: now })];
    expect(when({ wanted: still })).toEqual({ type: 'now' });
  });

  it('brings workloads that are told of apart as soon as one of them is newer', () => {
    const workloads = [
      { name: 'web', revision: C },
      { name: 'worker', revision: B },
    ];
    const apart: PromotionView = {
      ...view,
      workloads,
      running: {
        workloads: { web: { revision: A }, worker: { revision: A } },
      },
      known: [
        told(700_000, { web: C }),
        told(300_000, { web: B }),
        told(300_000, { worker: B }),
      ],
    };
    const back = ['web', 'worker'].map(name =>
      asked(A, {
        name,
        origin: 'rollback',
        orderedAt: new Date(500_000),
        settledAt: now,
      }),
    );
    expect(when({ view: apart, wanted: back })).toEqual({ type: 'now' });
    const before = {
      ...apart,
      workloads: [{ name: 'web', revision: B }, workloads[1]],
    };
    expect(when({ view: before, wanted: back })).toEqual({ type: 'never' });
  });

  it('is not asked for twice', () => {
    expect(when({ wanted: [asked(B)] })).toEqual({ type: 'never' });
    expect(when({ wanted: [asked(A)] })).toEqual({ type: 'now' });
  });

  it('looks again only where nobody tells of the end of what blocks it', () => {
    const blocked = (reason: 'PolicyDenied' | 'SourceNotHealthy') =>
      when({ view: { ...view, blocked: { reason, message: '' } } });
    expect(blocked('PolicyDenied')).toEqual({ type: 'later' });
    expect(blocked('SourceNotHealthy')).toEqual({ type: 'never' });
  });
});
