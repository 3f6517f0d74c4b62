import fc from 'fast-check';
import { parseLocation, repositoryKey } from './location';
import { redact } from './redact';

it('takes apart paths, file, http and ssh URLs, and the short form of ssh', () => {
  expect(parseLocation('/srv/git/../git/a.git')).toMatchObject({
    kind: 'local',
    path: '/srv/git/a.git',
  });
  expect(parseLocation('file:///srv/a%20b.git')).toMatchObject({
    kind: 'local',
    path: '/srv/a b.git',
  });
  expect(parseLocation('https://u:p%40ss@git.example.org/a/b.git')).toEqual({
    kind: 'remote',
    protocol: 'https',
    host: 'git.example.org',
    url: 'https://git.example.org/a/b.git',
    key: 'https://git.example.org/a/b',
    credentials: { username: 'u', password: 'p@ss' },
  });
  expect(parseLocation('git@git.example.org:a/b.git')).toMatchObject({
    kind: 'remote',
    protocol: 'ssh',
    url: 'ssh://git@git.example.org/a/b.git',
    credentials: undefined,
  });
});

it('knows the spellings of one repository', () => {
  const same = [
    'https://git.example.org/a/b',
    'https://git.example.org/a/b.git',
    'https://token@GIT.example.org:443/a/b.git/',
  ];
  expect(new Set(same.map(repositoryKey)).size).toBe(1);
  expect(repositoryKey('file:///srv/a.git')).toBe(repositoryKey('/srv/a.git/'));
});

it.each([
  '',
  'relative/path',
  'ext::sh -c id',
  'file://other-host/x.git',
  'ftp://h/x.git',
  'https://',
  'ssh://-oProxyCommand=id/x',
  'https://h/x.git?service=git-upload-pack',
  '/srv/a\n.git',
  'data:text/plain,x',
])('refuses %j', given => {
  expect(() => parseLocation(given)).toThrow(
    expect.objectContaining({ name: 'InputError' }),
  );
});

it('shows no password in any error about a URL, however broken', () => {
  const secret = 'c4n4ry-s3cret';
  const noise = fc.constantFrom('', '/', '@', ':', '%zz', '#', '?', ' x', '\\');
  const names = new Set<string>();
  fc.assert(
    fc.property(
      fc.constantFrom('https', 'ssh', 'ftp', 'git+ssh', 'ext', 'user'),
      fc.constantFrom('://', ':', ':/'),
      noise,
      noise,
      noise,
      (scheme, separator, a, b, c) => {
        const url = `${scheme}${separator}u:${a}${secret}${b}@h${c}/x.git`;
        let said = '';
        try {
          const location = parseLocation(url);
          said = `${location.url} ${location.key}`;
        } catch (error) {
          said = (error as Error).message;
          names.add((error as Error).name);
        }
        expect(said).not.toContain(secret);
      },
    ),
    { numRuns: 2000 },
  );
  expect([...names]).toEqual(['InputError']);
});

it('takes secrets out of what Git prints, and leaves addresses readable', () => {
  expect(
    redact(
      "fatal: unable to access 'https://u:p@host/x.git/': no (Authorization: Basic dTpw) tok-123",
      ['tok-123'],
    ),
  ).toBe(
    "fatal: unable to access 'https://host/x.git/': no (Authorization: *** ***",
  );
  expect(redact('git@github.com:a/b.git: Permission denied')).toBe(
    'git@github.com:a/b.git: Permission denied',
  );
});
