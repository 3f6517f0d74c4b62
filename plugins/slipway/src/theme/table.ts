/** Where it is narrow a table is scrolled; Backstage's own would break its words into letters first. @internal */
export const SCROLLED_TABLE = {
  minWidth: 560,
  '& th, & td': { wordBreak: 'normal', overflowWrap: 'normal' },
} as const;
