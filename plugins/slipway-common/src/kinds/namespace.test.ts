import fc from 'fast-check';
import { NAME_MAX_LENGTH, NAME_PATTERN } from './fields';
import { environmentNamespace, organizationNamespace } from './namespace';

const name = fc
  .stringMatching(NAME_PATTERN)
  .filter(text => text.length <= NAME_MAX_LENGTH);
const long = fc
  .stringMatching(/^[ab](-?[ab]){15,24}$/)
  .filter(text => text.length <= NAME_MAX_LENGTH);
const names = fc.tuple(
  fc.oneof(name, long),
  fc.oneof(name, long),
  fc.oneof(name, long),
);

describe('namespaces', () => {
  it('joins the three names', () => {
    expect(environmentNamespace('acme', 'shop', 'production')).toBe(
      'acme--shop--production',
    );
    expect(organizationNamespace('acme')).toBe('org-acme');
  });

  it('never changes for names that are too long to join', () => {
    // Written down: environments live in it.
    expect(environmentNamespace('a'.repeat(40), 'b'.repeat(40), 'c')).toBe(
      `${'a'.repeat(40)}--bbbb-hb9g4vjmye52wkc7`,
    );
  });

  it('are always names that Kubernetes takes, and tell the organization', () => {
    fc.assert(
      fc.property(names, ([organization, service, environment]) => {
        const namespace = environmentNamespace(
          organization,
          service,
          environment,
        );
        expect(namespace).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
        expect(namespace.split('--')[0]).toBe(organization);
      }),
    );
  });

  it('are never shared by two environments, nor with an organization', () => {
    fc.assert(
      fc.property(names, names, (a, b) => {
        const same = a.join('/') === b.join('/');
        expect(environmentNamespace(...a) === environmentNamespace(...b)).toBe(
          same,
        );
        expect(environmentNamespace(...a)).not.toBe(
          organizationNamespace(b[0]),
        );
      }),
    );
  });
});
