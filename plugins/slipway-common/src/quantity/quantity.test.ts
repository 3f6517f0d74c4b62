import fc from 'fast-check';
import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  isQuantity,
  multiplyQuantity,
  parseQuantity,
  quantityToNumber,
  subtractQuantity,
  type Quantity,
} from './quantity';

const format = (text: string) => formatQuantity(parseQuantity(text));

const quantity = fc.record<Quantity>({
  nanos: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
  format: fc.constantFrom('DecimalSI', 'BinarySI', 'DecimalExponent'),
});

describe('quantities', () => {
  // Values and canonical forms as a Kubernetes API server answers them.
  it.each([
    ['100m', '100m'],
    ['0.5', '500m'],
    ['1', '1'],
    ['1.5Gi', '1536Mi'],
    ['1Gi', '1Gi'],
    ['1024Mi', '1Gi'],
    ['1e3', '1e3'],
    ['1000', '1k'],
    ['128974848', '128974848'],
    ['123Mi', '123Mi'],
    ['129M', '129M'],
    ['129e6', '129e6'],
    ['1E', '1E'],
    ['.5', '500m'],
    ['5.', '5'],
    ['0', '0'],
    ['-1Ki', '-1Ki'],
    ['0.1Gi', '107374182400m'],
    ['0.5Ki', '512'],
    ['1e-3', '1e-3'],
    ['100n', '100n'],
  ])('writes %s as %s', (text, canonical) => {
    expect(format(text)).toBe(canonical);
  });

  it.each([
    '',
    '.',
    'm',
    '1 Gi',
    '1gi',
    '1GiB',
    '1e',
    '0x10',
    '１',
    '--1',
    '1.1.1',
    '9'.repeat(65),
  ])('refuses %j', text => {
    expect(isQuantity(text)).toBe(false);
    expect(() => parseQuantity(text)).toThrow(/is no quantity; allowed are/);
  });

  it('rounds what is finer than a billionth away from zero', () => {
    expect(parseQuantity('0.1n').nanos).toBe(1n);
    expect(parseQuantity('-0.1n').nanos).toBe(-1n);
  });

  it('adds where numbers would be off', () => {
    expect(
      formatQuantity(addQuantities(parseQuantity('0.1'), parseQuantity('0.2'))),
    ).toBe('300m');
    expect(
      formatQuantity(
        addQuantities(parseQuantity('9007199254740993'), parseQuantity('1')),
      ),
    ).toBe('9007199254740994');
  });

  it('tells equal amounts however they are written', () => {
    expect(
      compareQuantities(parseQuantity('1Gi'), parseQuantity('1073741824')),
    ).toBe(0);
    expect(compareQuantities(parseQuantity('1G'), parseQuantity('1Gi'))).toBe(
      -1,
    );
    expect(compareQuantities(parseQuantity('1'), parseQuantity('999m'))).toBe(
      1,
    );
  });

  it('turns into a number for charts', () => {
    expect(quantityToNumber(parseQuantity('250m'))).toBe(0.25);
    expect(quantityToNumber(parseQuantity('1Gi'))).toBe(2 ** 30);
  });

  it('reads what it writes as the same amount', () => {
    fc.assert(
      fc.property(quantity, value => {
        expect(parseQuantity(formatQuantity(value)).nanos).toBe(value.nanos);
      }),
    );
  });

  it('writes a canonical form that doesn’t change any more', () => {
    fc.assert(
      fc.property(quantity, value => {
        const once = formatQuantity(value);
        expect(format(once)).toBe(once);
      }),
    );
  });

  it('adds in any order, and a product is a repeated sum', () => {
    fc.assert(
      fc.property(
        quantity,
        quantity,
        fc.integer({ min: 0, max: 20 }),
        (a, b, n) => {
          expect(addQuantities(a, b).nanos).toBe(addQuantities(b, a).nanos);
          expect(subtractQuantity(addQuantities(a, b), b).nanos).toBe(a.nanos);
          expect(multiplyQuantity(a, n).nanos).toBe(
            addQuantities(...Array.from({ length: n }, () => a)).nanos,
          );
        },
      ),
    );
  });

  it('answers for any text, and throws for nothing else', () => {
    const read = (text: string) => {
      try {
        return typeof parseQuantity(text).nanos;
      } catch (error) {
        return (error as Error).name;
      }
    };
    fc.assert(
      fc.property(fc.string(), text => {
        expect(read(text)).toBe(isQuantity(text) ? 'bigint' : 'InputError');
      }),
    );
  });
});
