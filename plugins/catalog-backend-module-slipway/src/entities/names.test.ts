import { present } from '../__testUtils__/declared';
import { joinNames, nameComponents } from './names';

const services = [
  { organization: 'shop', name: 'checkout' },
  { organization: 'bank', name: 'checkout' },
  { organization: 'shop', name: 'cart' },
];

describe('names of Components', () => {
  it('are plain, but for the second service of a name', () => {
    expect(Object.fromEntries(nameComponents(services, []))).toEqual({
      'bank/checkout': 'checkout',
      'shop/checkout': 'shop.checkout',
      'shop/cart': 'cart',
    });
  });

  it('stay with the service that has them, when another comes', () => {
    const held = present('component:default/checkout', {
      service: 'shop/checkout',
    });
    expect(Object.fromEntries(nameComponents(services, [held]))).toMatchObject({
      'shop/checkout': 'checkout',
      'bank/checkout': 'bank.checkout',
    });
  });

  it('are free again when the service that had them is gone', () => {
    const held = present('component:default/checkout', {
      service: 'gone/checkout',
    });
    expect(nameComponents(services, [held]).get('bank/checkout')).toBe(
      'checkout',
    );
  });

  it('do not depend on the order of the services', () => {
    expect([...nameComponents([...services].reverse(), [])].sort()).toEqual(
      [...nameComponents(services, [])].sort(),
    );
  });

  it('never meet when they are joined and cut', () => {
    const long = 'x'.repeat(40);
    const first = joinNames(long, `${long}a`);
    const second = joinNames(long, `${long}b`);
    expect(first).not.toBe(second);
    expect(first.length).toBeLessThanOrEqual(63);
    expect(first).toBe(joinNames(long, `${long}a`));
  });
});
