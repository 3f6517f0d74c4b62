/**
 * Kubernetes quantities, exact: a value is a whole number of nano-units. `canonicalQuantity` writes them the way the API
 * server does, so that what is read back equals what a real cluster would return.
 */
const PATTERN =
  /^([+-]?)(\d+\.?\d*|\.\d+)(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d+)?$/;
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const NANO = 1_000_000_000n;

export function isQuantity(text: string): boolean {
  return PATTERN.test(text);
}

/** The value in nano-units; rounds up what is smaller than one, as Kubernetes does. */
export function parseQuantity(input: string | number): bigint {
  const match = PATTERN.exec(String(input));
  if (!match)
    throw new Error(
      `"${input}" is no quantity; write for example 500m, 2, 128Mi`,
    );
  const [, sign, digits, suffix = ''] = match;
  const [whole, fraction = ''] = digits.split('.');
  let numerator = BigInt((whole || '0') + fraction) * NANO;
  let denominator = 10n ** BigInt(fraction.length);
  const binary = BINARY.indexOf(suffix);
  const decimal = DECIMAL.indexOf(suffix);
  if (binary >= 0) {
    numerator *= 1024n ** BigInt(binary + 1);
  } else {
    const power = decimal >= 0 ? (decimal - 3) * 3 : Number(suffix.slice(1));
    if (power >= 0) numerator *= 10n ** BigInt(power);
    else denominator *= 10n ** BigInt(-power);
  }
  const value = (numerator + denominator - 1n) / denominator;
  return sign === '-' ? -value : value;
}

/** The shortest exact notation in the family (binary, decimal, exponent) of `like`. */
export function formatQuantity(nanos: bigint, like = ''): string {
  if (nanos === 0n) return '0';
  const negative = nanos < 0n;
  const value = negative ? -nanos : nanos;
  const sign = negative ? '-' : '';
  const suffix = PATTERN.exec(like)?.[3] ?? '';
  if (BINARY.includes(suffix) && value % NANO === 0n && value >= 1024n * NANO) {
    let rest = value / NANO;
    let power = 0;
    while (power < BINARY.length && rest % 1024n === 0n) {
      rest /= 1024n;
      power += 1;
    }
    return `${sign}${rest}${power ? BINARY[power - 1] : ''}`;
  }
  let rest = value;
  let step = 0;
  while (step < DECIMAL.length - 1 && rest % 1000n === 0n) {
    rest /= 1000n;
    step += 1;
  }
  const exponent = (step - 3) * 3;
  if (/^[eE]/.test(suffix))
    return `${sign}${rest}${exponent ? `e${exponent}` : ''}`;
  return `${sign}${rest}${DECIMAL[step]}`;
}

export function canonicalQuantity(input: string | number): string {
  return formatQuantity(parseQuantity(input), String(input));
}
