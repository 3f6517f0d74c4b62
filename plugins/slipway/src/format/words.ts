/** `1 file`, `3 files`. @internal */
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n} ${n === 1 ? one : many}`;

/** The word of a phase or type: `pending_approval` → `pending approval`. @internal */
export const words = (name: string): string => name.replace(/[_-]+/g, ' ');
