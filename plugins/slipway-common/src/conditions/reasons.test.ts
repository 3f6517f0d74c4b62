import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reasonsInCode } from './__testUtils__/reasonsInCode';
import { DETAIL_REASONS, type Reason, reasonOf, REASONS } from './reasons';

/** Reasons of timeline entries that are no conditions: they say what happened, not how it stands. */
const EVENTS_ONLY: Record<string, string> = {
  PipelineRerun: 'somebody ran a pipeline again',
  HandEditReverted: 'somebody edited a rendered file and it was written back',
  DeliveryOvertaken:
    'what a change request would deliver came to Git by another way',
  Refreshed: 'somebody asked Argo CD to compare again',
  SyncAsked: 'somebody asked Argo CD to sync',
  PutBackAsked: 'somebody asked for drift to be put back',
  PutBackRefused: 'drift could not be put back',
  PromotionAsked: 'somebody asked for a promotion',
  PromotedAutomatically: 'the class promoted by itself',
  RollbackAsked: 'somebody asked for a rollback',
  RevisionReported: 'CI reported a revision',
  DispatchProposed: 'an edit from outside became a change request',
  DispatchRefused: 'an edit from outside could not be made',
  DispatchUndone: 'an edit from outside took back all of its change request',
  DispatchWaits: 'an edit from outside waits for a conflict to be solved',
  AcceptAsked: 'somebody opened a change request that accepts drift',
};

/** Rows that no code of the backend sets yet, each with why it is there. */
const NOT_SET: Record<string, string> = Object.fromEntries(
  [
    'NoSource',
    'NothingToPromote',
    'TargetIsNewer',
    'SourceOnItsWay',
    'SourceNotHealthy',
  ].map(row => [row, 'handed to no() in domain/releases/moves.ts']),
);

/** Details that -common works out itself, from the runs of a pipeline. */
const WORKED_OUT = ['PipelineFailed', 'PipelineCancelled', 'PipelineRunning'];

/** Files with places whose value the walk can't tell, each with why none brings a reason that the table lacks. */
const UNTOLD: Record<string, string> = {
  'slipway-backend/src/domain/releases/moves.ts':
    'no() is handed a literal of the type that the API has for it',
  'slipway-backend/src/actions/explain.ts': 'a schema of what is handed on',
  'slipway-backend/src/domain/live/events.ts':
    'events of Kubernetes are shown in the words of whoever sent them',
};
const fileOf = (place: string) => place.slice(0, place.indexOf(':'));

/** What can't be asked, where somebody has to do something before it can. */
const UNKNOWN_UNTIL_MENDED = [
  'SourceUnreadable',
  'CredentialsRefused',
  'ArgoCDSilent',
];

describe('the walk through the code', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reasons-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const walk = (code: string) => {
    writeFileSync(join(folder, 'code.ts'), code);
    const { set, untold } = reasonsInCode([folder]);
    return { set: [...set.keys()].sort(), untold };
  };

  it.each<[string, string, string[]]>([
    ['a literal', `const c = { reason: 'Alpha' };`, ['Alpha']],
    [
      'either side of a condition',
      `const c = { reason: x ? 'Alpha' : (y ?? 'Beta') as string, y: 1 }; const y = 'Gamma';`,
      ['Alpha', 'Beta', 'Gamma'],
    ],
    [
      'a constant',
      `const WHY = 'Alpha'; function f() { return { reason: WHY }; }`,
      ['Alpha'],
    ],
    [
      'a map',
      `const BY = { a: 'Alpha', b: 'Beta' } as const; const f = (k: 'a') => ({ reason: BY[k] });`,
      ['Alpha', 'Beta'],
    ],
    [
      'a function',
      `function why(a: number) { if (a) return 'Alpha'; return 'Beta'; } const c = { reason: why(1) };`,
      ['Alpha', 'Beta'],
    ],
    [
      'a list that is searched',
      `const LIST = ['Alpha', 'Beta']; const c = { reason: LIST.find(Boolean) };`,
      ['Alpha', 'Beta'],
    ],
    [
      'a variable of the same name',
      `const reason = a ? 'Alpha' : 'Beta'; const c = { reason };`,
      ['Alpha', 'Beta'],
    ],
    [
      'no sentence',
      `const c = { allowed: false, reason: 'Alpha' }; const d = { reason: 'Not so.' };`,
      [],
    ],
  ])('finds %s', (_, code, expected) => {
    expect(walk(code)).toMatchObject({ set: expected, untold: [] });
  });

  it('finds what is imported from another file', () => {
    writeFileSync(join(folder, 'other.ts'), `export const WHY = 'Alpha';`);
    expect(
      walk(`import { WHY } from './other'; const c = { reason: WHY };`).set,
    ).toEqual(['Alpha']);
  });

  it('owns up to what it can not tell', () => {
    expect(
      walk(`const f = (text: string) => ({ reason: text });`).untold,
    ).toHaveLength(1);
  });
});

describe('the table of reasons', () => {
  const { set, untold } = reasonsInCode();
  const rows: Array<[string, Reason]> = [
    ...Object.entries(REASONS),
    ...Object.entries(DETAIL_REASONS),
  ];
  const names = rows.map(([name]) => name);

  it('has a row for every reason that the backend and its modules set', () => {
    expect(set.size).toBeGreaterThan(50);
    const missing = [...set].filter(
      ([reason]) => !reasonOf(reason) && !(reason in EVENTS_ONLY),
    );
    expect(missing).toEqual([]);
  });

  it('leaves no place in the code of which nobody can tell what it sets', () => {
    expect(untold.filter(place => !(fileOf(place) in UNTOLD))).toEqual([]);
    const files = untold.map(fileOf);
    expect(Object.keys(UNTOLD).filter(file => !files.includes(file))).toEqual(
      [],
    );
  });

  it('has no row that the backend never sets', () => {
    expect(
      names.filter(
        row => !set.has(row) && !(row in NOT_SET) && !WORKED_OUT.includes(row),
      ),
    ).toEqual([]);
  });

  it('names no exception that is none any more', () => {
    expect(Object.keys(NOT_SET).filter(row => set.has(row))).toEqual([]);
    expect(Object.keys(NOT_SET).filter(row => !names.includes(row))).toEqual(
      [],
    );
    expect(
      Object.keys(EVENTS_ONLY).filter(
        reason => !set.has(reason) || names.includes(reason),
      ),
    ).toEqual([]);
  });

  it('names no row twice', () => {
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(rows)(
    'says of %s what is, why, what comes next and who acts',
    (row, reason) => {
      expect(reason.title).toMatch(/^[A-Z][^.]*[^.\s]$/);
      expect(reason.why).toMatch(/^[A-Z].{19,}\.$/);
      expect(reason.next).toMatch(/^[A-Z].*\.$/);
      expect(reason.why).not.toBe(reason.next);
      const asksForSomebody =
        reason.state === 'stopped' || reason.state === 'waiting';
      expect(reason.who !== 'nobody').toBe(
        asksForSomebody || UNKNOWN_UNTIL_MENDED.includes(row),
      );
      // Nobody is offered something to press where nothing is to be done.
      expect(reason.action !== undefined && reason.who === 'nobody').toBe(
        false,
      );
    },
  );

  it('knows no row by the name of what every object has', () => {
    expect(reasonOf('toString')).toBeUndefined();
  });
});
