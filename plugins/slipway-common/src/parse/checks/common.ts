import { compareQuantities, parseQuantity } from '../../quantity/quantity';
import { parseDuration } from '../../quantity/duration';
import { didYouMean } from '../didYouMean';
import { nameOf, oneOf, show, type Report } from '../report';
import type { View } from '../view';

/** Reports every item whose text another item before it has. @internal */
export function checkUnique(views: View[], what: string, report: Report): void {
  const first = new Map<string, View>();
  for (const view of views) {
    const key =
      view.text ??
      (view.number === undefined ? undefined : String(view.number));
    const earlier = key === undefined ? undefined : first.get(key);
    if (key !== undefined && earlier) {
      report({
        at: view.path,
        code: 'duplicate',
        message: `${nameOf(view.path)} repeats ${what}`,
        found: show(view.value),
        allowed: 'each one once',
        hint: `${nameOf(earlier.path)} is the first`,
      });
    } else if (key !== undefined) {
      first.set(key, view);
    }
  }
}

/** Reports a name that none of the candidates has. @internal */
export function checkKnown(
  view: View,
  candidates: readonly string[],
  what: string,
  report: Report,
): boolean {
  const name = view.text;
  if (name === undefined || candidates.includes(name)) {
    return name !== undefined;
  }
  const meant = didYouMean(name, candidates);
  report({
    at: view.path,
    code: 'reference',
    message: `${nameOf(view.path)} names no ${what}`,
    found: show(name),
    allowed:
      candidates.length > 0 ? oneOf(candidates) : `no ${what} is declared`,
    ...(meant && { hint: `did you mean ${meant}?` }),
  });
  return false;
}

/** Reports a field that only another kind of thing may have. @internal */
export function forbid(
  view: View,
  because: string,
  hint: string,
  report: Report,
): void {
  const empty = Array.isArray(view.value) && view.value.length === 0;
  if (view.present && !empty) {
    report({
      at: view.path,
      onKey: true,
      code: 'conflict',
      message: `${nameOf(view.path)} is not allowed ${because}`,
      hint,
    });
  }
}

/** Reports a lower quantity above a higher one. @internal */
export function checkOrder(low: View, high: View, report: Report): void {
  const below = low.text === undefined ? undefined : tryQuantity(low.text);
  const above = high.text === undefined ? undefined : tryQuantity(high.text);
  if (below && above && compareQuantities(below, above) > 0) {
    report({
      at: high.path,
      code: 'range',
      message: `${nameOf(high.path)} is less than ${nameOf(low.path)}`,
      found: show(high.value),
      allowed: `at least ${low.text}`,
    });
  }
}

/** Reports a quantity of nothing. @internal */
export function checkPositive(view: View, report: Report): void {
  const quantity = view.text === undefined ? undefined : tryQuantity(view.text);
  if (quantity?.nanos === 0n) {
    report({
      at: view.path,
      code: 'range',
      message: `${nameOf(view.path)} is nothing`,
      found: show(view.value),
      allowed: 'more than 0',
    });
  }
}

/** Warns of memory that no program starts in. @internal */
export function checkMemory(view: View, report: Report): void {
  const quantity = view.text === undefined ? undefined : tryQuantity(view.text);
  const mebibyte = parseQuantity('1Mi');
  if (
    quantity &&
    quantity.nanos > 0n &&
    compareQuantities(quantity, mebibyte) < 0
  ) {
    report({
      at: view.path,
      code: 'range',
      severity: 'warning',
      message: `${nameOf(view.path)} is less than any program needs`,
      found: show(view.value),
      hint: `a number without a suffix is bytes: did you mean ${view.text?.replace(/\D.*$/, '')}Mi?`,
    });
  }
}

/** Nanoseconds of a duration that is well-formed and more than nothing. @internal */
export function checkDuration(view: View, report: Report): bigint | undefined {
  const nanos = view.text === undefined ? undefined : tryDuration(view.text);
  if (nanos === 0n) {
    report({
      at: view.path,
      code: 'range',
      message: `${nameOf(view.path)} is no time at all`,
      found: show(view.value),
      allowed: 'more than 0s',
    });
  }
  return nanos;
}

// What is malformed, the schema has told already.
function tryQuantity(text: string) {
  try {
    return parseQuantity(text);
  } catch {
    return undefined;
  }
}

function tryDuration(text: string) {
  try {
    return parseDuration(text);
  } catch {
    return undefined;
  }
}
