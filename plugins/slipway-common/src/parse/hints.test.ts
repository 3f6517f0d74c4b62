import { parseFile } from './parseFile';
import { changed } from './__testUtils__/service';

/** The first problem of a text. */
function first(text: string) {
  return parseFile(text).problems[0];
}

describe('hints', () => {
  it.each([
    ['a name in capitals', 'name: shop', 'name: Shop', 'did you mean shop?'],
    [
      'a name with accents',
      'name: shop',
      'name: Café Münze',
      'did you mean cafe-munze?',
    ],
    [
      'a name with underscores',
      'name: shop',
      'name: my_shop',
      'did you mean my-shop?',
    ],
    [
      'a name with --',
      'name: shop',
      'name: my--shop',
      '-- joins names in namespaces, so no name may have it: did you mean my-shop?',
    ],
    [
      'a number as version',
      "version: '16'",
      'version: 8.0',
      "put the value in quotes: '8.0'",
    ],
    [
      'a number as CPU',
      'cpu: 100m',
      'cpu: 0.5',
      "put the value in quotes: '0.5'",
    ],
    [
      'true as text',
      'value: info',
      'value: true',
      "put the value in quotes: 'true'",
    ],
    [
      'a port in quotes',
      'port: 8080',
      "port: '8080'",
      'write it without quotes: 8080',
    ],
    [
      'an empty field',
      'port: 8080',
      'port:',
      'the field is there but empty: fill it in or take it out',
    ],
    [
      'an image in one word',
      'image:\n        repository: registry.example.com/shop/api',
      'image: nginx:1',
      'write the image as a map: repository, and the tag as revision',
    ],
    [
      'an image with its tag',
      'shop/web\n',
      'shop/web:v1\n',
      'write the tag as revision and the digest as digest, beside repository',
    ],
    [
      'a list that is a word',
      '[api, db]',
      'api',
      'write a list: one item a line, each started with a hyphen',
    ],
    [
      'a list that is a map',
      '[api, db]',
      '{ api: db }',
      'start each item with a hyphen',
    ],
    [
      'days',
      'class: production',
      'ttl: 3d\n      class: production',
      'durations have no days or weeks: did you mean 72h?',
    ],
    [
      'a thousandth of memory',
      'memory: 128Mi',
      'memory: 128m',
      'm means a thousandth: did you mean 128Mi?',
    ],
    ['megabytes', 'memory: 128Mi', 'memory: 128MB', 'did you mean 128M?'],
    ['a small suffix', 'memory: 128Mi', 'memory: 128mi', 'did you mean 128Mi?'],
    [
      'a URL as domain',
      '[shop.example.com]',
      '["https://shop.example.com/"]',
      'write the host name only, without https:// and path',
    ],
    [
      'a wildcard',
      '[shop.example.com]',
      '["*.example.com"]',
      'name each host: wildcards are not allowed',
    ],
    [
      'a domain in capitals',
      '[shop.example.com]',
      '[Shop.example.com]',
      'did you mean shop.example.com?',
    ],
    [
      'a domain with umlauts',
      '[shop.example.com]',
      '[bücher.example.com]',
      'write it in its ASCII form (xn--…)',
    ],
    [
      'a path that leads out',
      '      port: 8080',
      '      source: { repository: a, path: a/../../b }\n      port: 8080',
      'a path must stay inside its folder: take the .. out',
    ],
    [
      'a path of Windows',
      '      port: 8080',
      "      source: { repository: a, path: 'a\\b' }\n      port: 8080",
      'use forward slashes',
    ],
    [
      'a path from the root',
      '      port: 8080',
      '      source: { repository: a, path: /a }\n      port: 8080',
      'write it relative to the root of the repository, without the slash at its start',
    ],
    [
      'a path from here',
      '      port: 8080',
      '      source: { repository: a, path: ./a }\n      port: 8080',
      'take the ./ out: a',
    ],
    [
      'a mount without a slash',
      '      port: 8080',
      '      volumes: [{ path: tmp }]\n      port: 8080',
      'start the path with a slash',
    ],
    ['a field with a typing mistake', 'needs:', 'need:', 'did you mean needs?'],
    [
      'a field in other letters',
      'organization: acme',
      'Organization: acme',
      'did you mean organization?',
    ],
    [
      'a value with a typing mistake',
      'engine: postgres',
      'engine: postgre',
      'did you mean postgres?',
    ],
    [
      'a field that is there already',
      '      port: 8080',
      '      port: 8080\n      Port: 8080',
      'port is there already: take one of them out',
    ],
  ])('help with %s', (_, from, to, hint) => {
    const problems = parseFile(changed(from, to)).problems.map(
      problem => problem.hint,
    );
    expect(problems).toContain(hint);
  });

  it('are not made up where nothing is near', () => {
    expect(
      first(changed('engine: postgres', 'engine: oracle')),
    ).not.toHaveProperty('hint');
  });
});

describe('limits of names', () => {
  it('takes 40 characters and refuses 41, saying how many there are', () => {
    expect(
      parseFile(changed('name: shop', `name: ${'a'.repeat(40)}`)).problems,
    ).toEqual([]);
    expect(
      first(changed('name: shop', `name: ${'a'.repeat(41)}`)),
    ).toMatchObject({
      code: 'too-long',
      message: 'metadata.name is 41 characters long',
      allowed: 'at most 40 characters',
      line: 4,
    });
  });

  it('cuts what it shows of a name without end', () => {
    const { found } = first(
      changed('name: shop', `name: ${'a'.repeat(100_000)}`),
    );
    expect(found?.length).toBeLessThan(100);
  });

  it('says how many items a list may have', () => {
    const many = Array.from(
      { length: 51 },
      (_, index) => `h${index}.example.com`,
    ).join(', ');
    expect(first(changed('[shop.example.com]', `[${many}]`))).toMatchObject({
      code: 'too-long',
      message: 'spec.workloads[0].domains has 51 items',
      allowed: 'at most 50 items',
    });
  });
});
