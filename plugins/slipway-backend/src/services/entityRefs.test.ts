import { PlatformState } from '../domain/platform/PlatformState';
import { entityRefOf } from './entityRefs';

const service = (organization: string, name: string) => ({
  kind: 'ServiceSpec' as const,
  organization,
  name,
  path: `organizations/${organization}/services/${name}.yaml`,
  text: '',
  value: undefined,
  problems: [],
});

describe('the reference of a service’s Component', () => {
  it('is that of the entity provider, also where two organizations use one name', () => {
    const state = PlatformState.of([
      service('shop', 'checkout'),
      service('bank', 'checkout'),
      service('shop', 'catalogue'),
    ]);
    expect(entityRefOf(state, 'shop', 'catalogue')).toBe(
      'component:default/catalogue',
    );
    expect(entityRefOf(state, 'bank', 'checkout')).toBe(
      'component:default/checkout',
    );
    expect(entityRefOf(state, 'shop', 'checkout')).toBe(
      'component:default/shop.checkout',
    );
  });
});
