import { nameOf, type Report } from '../report';
import { CONTROL, nameOfCharacter } from '../text';
import type { View } from '../view';

/**
 * Reports characters that nobody sees, in any text. A file can't hold most of
 * them, and a review would miss the others.
 *
 * @internal
 */
export function checkText(view: View, report: Report): void {
  const key = view.path[view.path.length - 1];
  const inKey = typeof key === 'string' ? CONTROL.exec(key) : null;
  const found =
    inKey ?? (view.text === undefined ? null : CONTROL.exec(view.text));
  if (found) {
    const at = inKey ? view.path.slice(0, -1) : view.path;
    report({
      at,
      code: 'format',
      message: `${nameOf(at)} holds a control character`,
      found: nameOfCharacter(found[0]),
      allowed: 'characters that can be seen',
      hint: 'take the character out',
    });
  }
  view.items.forEach(item => checkText(item, report));
  view.fields.forEach(field => checkText(field, report));
}
