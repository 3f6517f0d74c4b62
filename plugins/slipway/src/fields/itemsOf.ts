/**
 * The items of a list as the form holds them. Where a template asks for at least one the form fills the list up by
 * itself, with nothing where it knows no better.
 *
 * @internal
 */
export const itemsOf = <T extends object>(formData: unknown): T[] =>
  Array.isArray(formData) ? formData.map(item => item ?? {}) : [];
