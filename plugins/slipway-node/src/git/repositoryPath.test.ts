import { repositoryHost, repositoryPath } from './repositoryPath';

it.each([
  ['https://git.example.org/acme/platform.git'],
  ['https://git.example.org/acme/platform'],
  ['https://git.example.org/acme/platform/'],
  ['ssh://git@git.example.org/acme/platform.git'],
  ['git@git.example.org:acme/platform.git'],
])('reads %s', url => {
  expect(repositoryPath(url)).toEqual({
    host: 'git.example.org',
    owner: 'acme',
    name: 'platform',
  });
});

it('keeps subgroups and ports', () => {
  expect(repositoryPath('http://localhost:3001/acme/team/platform')).toEqual({
    host: 'localhost:3001',
    owner: 'acme/team',
    name: 'platform',
  });
});

it.each(['', '/srv/git/platform.git', 'https://git.example.org/platform'])(
  'refuses %p, and shows no credentials of it',
  url => {
    expect(() => repositoryPath(url)).toThrow('<host>/<owner>/<name>');
  },
);

it('shows no credentials in its error', () => {
  expect(() => repositoryPath('https://me:secret@git.example.org/x')).toThrow(
    /^(?!.*secret)/,
  );
});

it('knows the host of a repository, and none of a folder', () => {
  expect(repositoryHost('git@git.example.org:acme/platform.git')).toBe(
    'git.example.org',
  );
  expect(repositoryHost('/srv/git/platform.git')).toBeUndefined();
});
