import fc from 'fast-check';
import { stringify } from 'yaml';
import { yamlText } from './yamlText';

/** What it has to equal. */
const byLibrary = (value: unknown) =>
  stringify(value, {
    compat: 'yaml-1.1',
    lineWidth: 0,
    aliasDuplicateObjects: false,
    indentSeq: false,
  });

/** Texts that YAML could take for something else, beside any text. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom(
    ...['', ' ', 'yes', 'No', 'on', 'null', '~', 'true', '012', '0x1f', '1e3'],
    ...[
      '12:30',
      '1_000',
      '=',
      '<<',
      '---',
      '--- a',
      '...',
      '- a',
      '? a',
      'a: b',
    ],
    ...['a #b', '#a', '&a', '*a', '!a', '|', '>', '%a', '@a', '`a`', '"', "'"],
    ...[
      '[a]',
      '{a}',
      'a\nb',
      'a\n',
      '\n',
      '\ta',
      'a\t',
      'a ',
      ' a',
      '2026-11-22',
    ],
    ...['.inf', '.nan', '-', '-1', '+1', '1.5', '1.', '0o7', '__proto__', ','],
  ),
);
const value = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { maxDepth: 5 },
    text,
    fc.boolean(),
    fc.integer(),
    fc.double(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

describe('yamlText', () => {
  it('writes any value as the library does', () => {
    fc.assert(
      fc.property(value, any => {
        expect(yamlText(any)).toBe(byLibrary(any));
      }),
      { numRuns: 1_000 },
    );
  });

  it('writes lists in lists, empty ones, and what is used twice', () => {
    const twice = { a: 1 };
    const any = { x: [[1, [2]], [], {}], y: twice, z: [twice, { b: [twice] }] };
    expect(yamlText(any)).toBe(byLibrary(any));
    expect(yamlText(any)).toContain('x:\n- - 1\n  - - 2\n- []\n- {}\n');
  });

  it('writes the same when it has forgotten what it kept', () => {
    const many = Array.from({ length: 6_000 }, (_, i) => ({
      [`k${i}`]: `v${i}`,
    }));
    expect(yamlText(many)).toBe(byLibrary(many));
  });
});
