import fc from 'fast-check';
import { NAME_MAX_LENGTH, NAME_PATTERN } from './fields';
import { parsePlatformPath, platformPath } from './paths';
import { KIND_NAMES } from './registry';

const name = fc
  .stringMatching(NAME_PATTERN)
  .filter(text => text.length <= NAME_MAX_LENGTH);

describe('paths of a platform repository', () => {
  it.each([
    ['Organization', 'organizations/a/organization.yaml', { name: 'a' }],
    [
      'ServiceSpec',
      'organizations/o/services/a.yaml',
      { name: 'a', organization: 'o' },
    ],
    [
      'RepoBinding',
      'organizations/o/bindings/a.yaml',
      { name: 'a', organization: 'o' },
    ],
    ['EnvironmentClass', 'classes/a.yaml', { name: 'a' }],
    ['QuotaProfile', 'quotas/a.yaml', { name: 'a' }],
    ['PolicyPack', 'policies/a.yaml', { name: 'a' }],
  ] as const)('puts a %s at %s', (kind, path, resource) => {
    expect(platformPath(kind, resource)).toBe(path);
    expect(parsePlatformPath(path)).toMatchObject({ kind, name: 'a' });
  });

  it.each([
    '',
    '/',
    'organizations',
    'organizations/a',
    'organizations/a/organization.yml',
    'organizations/a/organization.yaml/x',
    'organizations/../classes/a.yaml',
    'organizations/a/../b/organization.yaml',
    'organizations/a/services/../../b.yaml',
    'organizations/a/services/..yaml',
    'organizations/a/services/.yaml',
    'organizations/a/services/b/c.yaml',
    'organizations/a/secrets/b.yaml',
    'organizations/A/organization.yaml',
    'organizations/a--b/organization.yaml',
    `organizations/${'a'.repeat(41)}/organization.yaml`,
    'organizations/é/organization.yaml',
    'organizations\\a\\organization.yaml',
    '/classes/a.yaml',
    './classes/a.yaml',
    'classes//a.yaml',
    'classes/a.yaml/',
    'classes/a.yaml\n',
    'classes/a.yaml\0',
    'classes/%2e%2e.yaml',
    'constructor/a.yaml',
    '__proto__/a.yaml',
    'organizations/a/constructor/b.yaml',
  ])('is not at %j', path => {
    expect(parsePlatformPath(path)).toBeUndefined();
  });

  it('refuses names that lead elsewhere', () => {
    expect(() => platformPath('EnvironmentClass', { name: '../a' })).toThrow(
      '"../a" is no name',
    );
    expect(() =>
      platformPath('ServiceSpec', { name: 'a', organization: 'b/c' }),
    ).toThrow('"b/c" is no name');
    expect(() => platformPath('ServiceSpec', { name: 'a' })).toThrow(
      'lives in an organization',
    );
  });

  it('reads what it writes, and nothing that it would not write', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...KIND_NAMES),
        name,
        name,
        (kind, own, organization) => {
          const path = platformPath(kind, { name: own, organization });
          expect(parsePlatformPath(path)).toMatchObject({ kind, name: own });
        },
      ),
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'organizations',
            'classes',
            'services',
            '..',
            '.',
            '',
            'a',
            'a.yaml',
            'organization.yaml',
          ),
          { maxLength: 6 },
        ),
        parts => {
          const path = parts.join('/');
          const location = parsePlatformPath(path);
          expect(location ? platformPath(location.kind, location) : path).toBe(
            path,
          );
        },
      ),
    );
  });
});
