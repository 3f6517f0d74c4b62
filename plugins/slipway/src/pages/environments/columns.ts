import type { Sort } from './useEnvironmentsFilter';

/** High enough for two lines; all rows are the same, so that their places need no measuring. @internal */
export const ROW_HEIGHT = 52;

/** Room for every column. @internal */
export const WIDE = '@container (min-width: 860px)';

/** The columns follow the width of the table, not of the window. @internal */
export const GRID = {
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
  columnGap: 2,
  px: 2,
  [WIDE]: {
    gridTemplateColumns:
      'minmax(0, 1.5fr) minmax(0, 1.6fr) minmax(0, 0.9fr) minmax(0, 0.7fr) 72px 84px',
  },
} as const;

/** A column that only a wide table has. @internal */
export const ONLY_WIDE = {
  display: 'none',
  [WIDE]: { display: 'block' },
} as const;

/** The columns in their order, and what they can be sorted by. @internal */
export const COLUMNS: ReadonlyArray<{
  name: 'name' | 'state' | 'where' | 'release' | 'changed' | 'cost';
  sort?: Sort;
  wide?: boolean;
  right?: boolean;
}> = [
  { name: 'name', sort: 'name' },
  { name: 'state', sort: 'state' },
  { name: 'where', wide: true },
  { name: 'release', wide: true },
  { name: 'changed', sort: 'changed', wide: true, right: true },
  { name: 'cost', sort: 'cost', wide: true, right: true },
];
