/** What a list is looked up by in a path: a figure stands for a place, the rest for names. */
const PLACE = /^\d+$/;

/** A name that would read as two. */
const AMBIGUOUS = /[./]/;

/**
 * A JSON pointer as people write a path: `spec.template.spec.containers[0].image`.
 *
 * @internal
 */
export const pathOf = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map(segment => segment.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce((path, segment) => {
      if (PLACE.test(segment)) return `${path}[${segment}]`;
      if (AMBIGUOUS.test(segment)) return `${path}['${segment}']`;
      return path ? `${path}.${segment}` : segment;
    }, '');
