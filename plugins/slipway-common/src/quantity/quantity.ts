import { InputError } from '@backstage/errors';

/**
 * How a quantity was written, and so how it is written again.
 *
 * @public
 */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/**
 * An amount of CPU, memory, storage or things, as Kubernetes writes them.
 *
 * It is kept as a whole number of billionths, the finest that Kubernetes
 * keeps, so that sums and products are exact: a quota check that is off by a
 * byte refuses a plan that the cluster would take.
 *
 * @public
 */
export interface Quantity {
  readonly nanos: bigint;
  readonly format: QuantityFormat;
}

const NANOS = 1_000_000_000n;

const SYNTAX =
  /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:([eE])([+-]?[0-9]{1,3})|([numkMGTPE]|[KMGTPE]i)?)$/;

/** Powers of ten of the decimal suffixes. */
const DECIMAL = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);

/** Powers of 1024 of the binary suffixes. */
const BINARY = new Map([
  ['Ki', 1],
  ['Mi', 2],
  ['Gi', 3],
  ['Ti', 4],
  ['Pi', 5],
  ['Ei', 6],
]);

/** Text longer than this is no quantity that anybody wrote on purpose. */
const MAX_LENGTH = 64;

/** Nothing, written as a plain number. @public */
export const ZERO_QUANTITY: Quantity = { nanos: 0n, format: 'DecimalSI' };

/**
 * Reads a Kubernetes quantity such as `100m`, `0.5`, `1.5Gi` or `1e3`. What is
 * finer than a billionth is rounded away from zero, as Kubernetes does.
 *
 * @public
 */
export function parseQuantity(text: string): Quantity {
  const match = text.length <= MAX_LENGTH ? SYNTAX.exec(text) : null;
  const [, sign, whole = '', fraction = '', e, exponent, suffix = ''] =
    match ?? [];
  if (!match || whole + fraction === '') {
    throw new InputError(
      `${JSON.stringify(text.slice(0, MAX_LENGTH))} is no quantity; allowed are numbers with an optional suffix such as 100m, 0.5, 1.5Gi or 1e3`,
    );
  }
  const digits = BigInt(whole + fraction);
  const binary = BINARY.get(suffix);
  const power =
    (e ? Number(exponent) : (DECIMAL.get(suffix) ?? 0)) - fraction.length + 9;
  const scaled = binary ? digits * 1024n ** BigInt(binary) : digits;
  const nanos =
    power >= 0
      ? scaled * 10n ** BigInt(power)
      : divideUp(scaled, 10n ** BigInt(-power));
  return { nanos: sign === '-' ? -nanos : nanos, format: formatOf(e, binary) };
}

/**
 * Whether a text is a Kubernetes quantity.
 *
 * @public
 */
export function isQuantity(text: string): boolean {
  const match = text.length <= MAX_LENGTH ? SYNTAX.exec(text) : null;
  return match !== null && (match[2] ?? '') + (match[3] ?? '') !== '';
}

/**
 * Writes a quantity in Kubernetes' canonical form: no fraction, the largest
 * suffix that allows it. A binary amount that is no whole number, or below
 * 1024, is written with decimal suffixes.
 *
 * @public
 */
export function formatQuantity({ nanos, format }: Quantity): string {
  if (nanos === 0n) {
    return '0';
  }
  const binary =
    format === 'BinarySI' &&
    nanos % NANOS === 0n &&
    abs(nanos) >= 1024n * NANOS;
  if (binary) {
    return formatBinary(nanos / NANOS);
  }
  const [digits, exponent] = formatDecimal(
    nanos,
    format === 'DecimalExponent' ? Infinity : 18,
  );
  if (format === 'DecimalExponent') {
    return exponent === 0 ? `${digits}` : `${digits}e${exponent}`;
  }
  const suffix = [...DECIMAL].find(([, power]) => power === exponent)?.[0];
  return `${digits}${suffix ?? ''}`;
}

/**
 * The sum. It is written as the first is, unless the first is nothing.
 *
 * @public
 */
export function addQuantities(...quantities: Quantity[]): Quantity {
  return quantities.reduce(
    (sum, quantity) => ({
      nanos: sum.nanos + quantity.nanos,
      format: sum.nanos === 0n ? quantity.format : sum.format,
    }),
    ZERO_QUANTITY,
  );
}

/**
 * The first less the second.
 *
 * @public
 */
export function subtractQuantity(from: Quantity, quantity: Quantity): Quantity {
  return { nanos: from.nanos - quantity.nanos, format: from.format };
}

/**
 * The quantity a whole number of times.
 *
 * @public
 */
export function multiplyQuantity(
  quantity: Quantity,
  times: number | bigint,
): Quantity {
  return { nanos: quantity.nanos * BigInt(times), format: quantity.format };
}

/**
 * Negative when the first is less, positive when it is more, zero when they
 * are the same amount, however it is written.
 *
 * @public
 */
export function compareQuantities(a: Quantity, b: Quantity): -1 | 0 | 1 {
  if (a.nanos === b.nanos) {
    return 0;
  }
  return a.nanos < b.nanos ? -1 : 1;
}

/**
 * The amount as a number, for charts and percentages only: it isn't exact.
 *
 * @public
 */
export function quantityToNumber({ nanos }: Quantity): number {
  return Number(nanos / NANOS) + Number(nanos % NANOS) / Number(NANOS);
}

function formatOf(
  exponent: string | undefined,
  binary: number | undefined,
): QuantityFormat {
  if (exponent) {
    return 'DecimalExponent';
  }
  return binary ? 'BinarySI' : 'DecimalSI';
}

function formatBinary(value: bigint): string {
  let rest = value;
  let power = 0;
  while (power < BINARY.size && rest % 1024n === 0n) {
    rest /= 1024n;
    power += 1;
  }
  const suffix = [...BINARY].find(([, candidate]) => candidate === power)?.[0];
  return `${rest}${suffix ?? ''}`;
}

/** Digits and a power of ten that is a multiple of three. */
function formatDecimal(nanos: bigint, maxExponent: number): [bigint, number] {
  let digits = nanos;
  let exponent = -9;
  while (exponent < maxExponent && digits % 1000n === 0n) {
    digits /= 1000n;
    exponent += 3;
  }
  return [digits, exponent];
}

function divideUp(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by;
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
