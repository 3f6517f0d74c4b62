import { execFileSync } from 'node:child_process';
import path from 'node:path';
import fc from 'fast-check';
import {
  assertBranch,
  assertChangeId,
  assertCommit,
  assertPath,
} from './names';

const accepts = (check: (name: string) => void, name: string) => {
  try {
    check(name);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ name: 'InputError' });
    return false;
  }
};

/** Pieces of which dangerous names are made. */
const piece = fc.constantFrom(
  'a',
  'ä',
  '日本',
  '.',
  '..',
  '/',
  '//',
  '\\',
  '.git',
  '.GIT',
  '.git.',
  'git~1',
  '.g\u200cit',
  '\0',
  '\n',
  ' ',
  '-',
  '--exec',
  ':',
  '*',
  '@{',
  '@',
  '~',
  '^',
  '.lock',
  'HEAD',
  'refs/heads/',
  'x'.repeat(90),
);
const name = fc.oneof(
  fc.array(piece, { maxLength: 6 }).map(parts => parts.join('')),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);

describe('assertPath', () => {
  it('lets no path out of the repository, into .git, or past a limit', () => {
    fc.assert(
      fc.property(name, given => {
        fc.pre(accepts(assertPath, given));
        const resolved = path.posix.resolve('/repo', given);
        expect(resolved).toBe(`/repo/${given}`);
        expect(given.toLowerCase().split('/')).not.toContain('.git');
        expect(given).not.toMatch(/[\0\n\\]/);
        expect(Buffer.byteLength(given)).toBeLessThanOrEqual(1024);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    '',
    '/etc/passwd',
    '../x',
    'a/../../x',
    'a//b',
    'a/',
    './a',
    'a\\..\\b',
    'a\0b',
    '.git/config',
    'a/.Git/hooks/x',
    'GIT~1/config',
    '.git./x',
    '.git::$INDEX_ALLOCATION/x',
    '.g\u200cit/config',
    `${'x'.repeat(256)}`,
    'ü'.repeat(128),
    'a/'.repeat(512).concat('b'),
  ])('refuses %j', given => {
    expect(accepts(assertPath, given)).toBe(false);
  });

  it.each(['a', '.gitignore', '.github/workflows/x.yaml', 'a b/ä.yaml', '-a'])(
    'takes %j',
    given => {
      expect(accepts(assertPath, given)).toBe(true);
    },
  );
});

describe('assertBranch', () => {
  it('takes no name that Git refuses', () => {
    fc.assert(
      fc.property(name, given => {
        fc.pre(accepts(assertBranch, given));
        expect(() =>
          execFileSync('git', ['check-ref-format', `refs/heads/${given}`]),
        ).not.toThrow();
        expect(given.startsWith('-')).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it.each(['main', 'slipway/checkout-service', 'release-1.2', 'über', 'a@b'])(
    'takes %j',
    given => {
      expect(accepts(assertBranch, given)).toBe(true);
    },
  );
});

it('takes only whole object ids as commits, and plain ids of changes', () => {
  expect(accepts(assertCommit, 'a'.repeat(40))).toBe(true);
  expect(accepts(assertCommit, 'a'.repeat(64))).toBe(true);
  for (const bad of [
    'main',
    'a'.repeat(39),
    'A'.repeat(40),
    '--all',
    'HEAD~1',
  ]) {
    expect(accepts(assertCommit, bad)).toBe(false);
  }
  expect(accepts(assertChangeId, '0b5c-4d_E')).toBe(true);
  for (const bad of ['', '../x', 'a/b', '-x', 'a..b', 'x'.repeat(101)]) {
    expect(accepts(assertChangeId, bad)).toBe(false);
  }
});
