import { comparable } from './comparable';
import { foldEqual, pairLines } from './sideBySide';

const rows = (before: string, after: string) =>
  pairLines(before, after).map(({ same, left, right }) => [
    same,
    left && `${left.number} ${left.stretches.map(s => s.text).join('')}`,
    right && `${right.number} ${right.stretches.map(s => s.text).join('')}`,
  ]);

describe('pairLines', () => {
  it('puts lines that took each other’s place side by side', () => {
    expect(rows('a\nb\nc\n', 'a\nx\nc\nd\n')).toEqual([
      [true, '1 a', '1 a'],
      [false, '2 b', '2 x'],
      [true, '3 c', '3 c'],
      [false, undefined, '4 d'],
    ]);
  });

  it('marks only the words that differ', () => {
    const [pair] = pairLines('replicas: 3\n', 'replicas: 5\n');
    expect(pair.left?.stretches.filter(s => s.changed)).toEqual([
      { text: '3', changed: true },
    ]);
    expect(pair.right?.stretches.filter(s => s.changed)).toEqual([
      { text: '5', changed: true },
    ]);
  });

  it('loses no line of either side', () => {
    const before = 'a\nb\nc\nd\ne\n';
    const after = 'c\nb\nz\ne\nf\n';
    const pairs = pairLines(before, after);
    const text = (side: 'left' | 'right') =>
      pairs
        .flatMap(pair => pair[side] ?? [])
        .map(({ stretches }) => `${stretches.map(s => s.text).join('')}\n`)
        .join('');
    expect(text('left')).toBe(before);
    expect(text('right')).toBe(after);
  });
});

describe('foldEqual', () => {
  it('leaves three lines around a change and folds the rest', () => {
    const same = Array.from({ length: 10 }, (_, i) => `l${i}`).join('\n');
    const blocks = foldEqual(pairLines(`${same}\na\n`, `${same}\nb\n`));
    expect(blocks.map(({ kind, rows: { length } }) => [kind, length])).toEqual([
      ['fold', 7],
      ['rows', 4],
    ]);
  });
});

describe('comparable', () => {
  it('leaves out what only the cluster has, and keeps what it has instead', () => {
    const { wanted, live } = comparable(
      'spec:\n  replicas: 3\n  template: {spec: {containers: [{name: web, image: a}]}}\n',
      [
        'metadata: {uid: x}',
        'spec:',
        '  progressDeadlineSeconds: 600',
        '  replicas: 5',
        '  template:',
        '    spec:',
        '      containers:',
        '        - {name: sidecar, image: c}',
        '        - {name: web, image: a, imagePullPolicy: Always}',
        'status: {replicas: 5}',
      ].join('\n'),
    );
    expect(wanted).toContain('replicas: 3');
    expect(live).toContain('replicas: 5');
    expect(live).toContain('name: sidecar');
    expect(live).not.toMatch(/uid|status|imagePullPolicy|progressDeadline/);
    // The container that both have stands first, as in Git.
    expect(live.indexOf('web')).toBeLessThan(live.indexOf('sidecar'));
  });

  it('shows what is no YAML as it is', () => {
    expect(comparable('a: [', 'b')).toEqual({ wanted: 'a: [', live: 'b' });
  });
});
