import {
  absolutePath,
  branch,
  bytes,
  cpu,
  duration,
  entityRef,
  gitRepository,
  hostname,
  imageRepository,
  name,
  need,
  relativePath,
  serviceName,
} from './fields';

const long = (length: number) => 'a'.repeat(length);

const CASES = {
  name: [
    name(),
    ['a', '3m', 'a-b', long(40)],
    ['', '-a', 'a-', 'a--b', 'A', 'a_b', 'a.b', 'é', 'a\n', long(41)],
  ],
  serviceName: [serviceName(), ['a', 'a3'], ['3m', 'a--b', long(41)]],
  entityRef: [
    entityRef(),
    ['group:default/a', 'a', 'default/a', 'user:a.b_c'],
    ['', 'group:', 'a/b/c', 'group:default/../a', 'a b', ':a'],
  ],
  duration: [
    duration(),
    ['72h', '1h30m', '1.5h', '10ms'],
    ['', '3d', '72', '-1h', '1h 30m'],
  ],
  cpu: [
    cpu(),
    ['1', '0.5', '500m'],
    ['', '-1', '1.2345', '1Gi', '0.5m', '1e3'],
  ],
  bytes: [
    bytes(),
    ['1Gi', '1.5Gi', '128974848', '1e9', '10G', '1k'],
    ['', '1gi', '1GB', '128m', '-1Gi', '1 Gi'],
  ],
  hostname: [
    hostname(),
    ['a.example.com', 'xn--bcher-kva.example', '1.2.3.4'],
    [
      '',
      'localhost',
      'A.example.com',
      '*.example.com',
      'a..b',
      '-a.b',
      'https://a.b',
      'a.b/c',
      `${long(64)}.b`,
    ],
  ],
  relativePath: [
    relativePath(),
    ['.', 'src', 'src/a b'.replace(' ', '_'), '.github/x', 'a/.b/c.d'],
    [
      '',
      '..',
      '../a',
      'a/..',
      'a/../b',
      '/a',
      'a//b',
      'a/',
      './a',
      'a\\b',
      '...',
      '..a',
      '-rf',
      'a\0',
      'é',
      '~/a b',
    ],
  ],
  absolutePath: [
    absolutePath(),
    ['/a', '/var/run/x'],
    ['', '/', 'a', '/..', '/a/../b', '/a/', '//a', '/a\\b'],
  ],
  branch: [
    branch(),
    ['main', 'release/1.2', 'a#1'],
    [
      '',
      '/a',
      'a/',
      'a..b',
      '.a',
      'a.',
      '-a',
      'a b',
      'a~1',
      'a:b',
      '../a',
      'a//b',
      'a@{1}',
    ],
  ],
  gitRepository: [
    gitRepository(),
    [
      'shop',
      'acme/shop',
      'https://git.example.com/a/b.git',
      'ssh://git@git.example.com/a/b',
      'http://127.0.0.1:3000/a/b',
    ],
    [
      '',
      '../shop',
      '/srv/git/a',
      'file:///srv/git/a',
      'https://u:p@git.example.com/a',
      'https://git.example.com/../a',
      'a/../b',
      'ext::sh',
      '--upload-pack',
      'a/-b',
      '--upload-pack=x y',
    ],
  ],
  imageRepository: [
    imageRepository(),
    ['nginx', 'registry.example.com:5000/a/b', 'ghcr.io/a/b-c'],
    [
      '',
      'nginx:1',
      'nginx@sha256:a',
      'https://a/b',
      'A',
      'a/../b',
      '/a',
      'a//b',
    ],
  ],
  need: [
    need(),
    [
      'api',
      'acme/shop',
      'acme/shop/api',
      'api.example.com:443',
      '10.0.0.5:5432',
    ],
    [
      '',
      'http://a',
      'a/b/c/d',
      'api:80',
      'api.example.com',
      '../a',
      'a--b',
      'api.example.com:0',
    ],
  ],
} as const;

describe('fields', () => {
  it.each(Object.entries(CASES))(
    '%s takes what it should, and nothing else',
    (_, [schema, good, bad]) => {
      expect(good.filter(text => !schema.safeParse(text).success)).toEqual([]);
      expect(bad.filter(text => schema.safeParse(text).success)).toEqual([]);
    },
  );

  it.each(Object.entries(CASES))(
    '%s has a pattern that is quick, also on hostile text',
    (_, [schema]) => {
      // Of the processor: what else the machine has to do is not ours.
      const start = process.cpuUsage();
      for (const unit of ['a', 'a-', 'a/', 'a.', '-', '.', '1', '@', 'a:']) {
        schema.safeParse(`${unit.repeat(20_000)}!`);
      }
      const { user, system } = process.cpuUsage(start);
      expect((user + system) / 1_000).toBeLessThan(2_000);
    },
  );

  it('are patterns that Kubernetes can read as well', () => {
    const patterns = Object.values(CASES).map(([schema]) =>
      schema.def.checks?.map(check => JSON.stringify(check._zod.def)).join(),
    );
    expect(
      patterns.filter(pattern => /\(\?[=!<]|\\[1-9]/.test(pattern ?? '')),
    ).toEqual([]);
  });
});
