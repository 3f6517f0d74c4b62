import { useTranslationRef } from '@backstage/frontend-plugin-api';
import ArrowIcon from '@mui/icons-material/ArrowDownward';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import {
  ROWS_OF_PAGE,
  useEnvironmentsPart,
  type EnvironmentsQuery,
} from '../../api';
import { slipwayTranslationRef } from '../../translation';
import { COLUMNS, GRID, ONLY_WIDE, ROW_HEIGHT } from './columns';
import { EnvironmentCells, LoadingCells } from './EnvironmentCells';
import type { Sort } from './useEnvironmentsFilter';

/** Drawn beyond what is in sight, so that a turn of the wheel shows rows and not their skeletons. */
const OVERSCAN = 8;

/** Taken for the size of the table until it has been measured, so that rows come with the first picture. */
const FIRST_DRAWN = { width: 1_080, height: 640 };

/** The order of a column is the one way round that puts first what people look for. */
const DIRECTIONS: Record<Sort, 'ascending' | 'descending'> = {
  name: 'ascending',
  state: 'ascending',
  changed: 'descending',
  cost: 'descending',
};

/**
 * A list of thousands: only the rows in sight are drawn, and only their parts of the list are asked for, again when
 * they change.
 *
 * @internal
 */
export function EnvironmentTable(props: {
  query: EnvironmentsQuery;
  total: number;
  sort: Sort;
  onSort: (sort: Sort) => void;
}) {
  const { query, total, sort, onSort } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    initialRect: FIRST_DRAWN,
  });
  // Another filter is another list, which starts at its top; a live update leaves the place alone.
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [query]);
  const inSight = rows.getVirtualItems();
  const parts = new Map<number, VirtualItem[]>();
  for (const item of inSight) {
    const part = Math.floor(item.index / ROWS_OF_PAGE);
    parts.set(part, [...(parts.get(part) ?? []), item]);
  }
  return (
    <Box
      ref={scroller}
      // Scrolls by itself, so it has to be reachable by keyboard.
      tabIndex={0}
      role="table"
      aria-label={t('environmentsPage.title')}
      aria-rowcount={total + 1}
      sx={{
        containerType: 'inline-size',
        maxHeight: 'max(360px, calc(100vh - 300px))',
        overflowY: 'auto',
        // The rows keep their place when some above them change.
        overflowAnchor: 'none',
      }}
    >
      <Header sort={sort} onSort={onSort} />
      <Box
        role="rowgroup"
        sx={{ position: 'relative' }}
        style={{ height: rows.getTotalSize() }}
      >
        {[...parts].map(([part, items]) => (
          <Part key={part} query={query} part={part} items={items} />
        ))}
      </Box>
    </Box>
  );
}

/** The rows in sight of one part of the list. */
function Part(props: {
  query: EnvironmentsQuery;
  part: number;
  items: VirtualItem[];
}) {
  const { query, part, items } = props;
  const { data } = useEnvironmentsPart(query, part);
  return (
    <>
      {items.map(({ index, start }) => {
        const environment = data?.items[index - part * ROWS_OF_PAGE];
        return (
          <Box
            key={index}
            role="presentation"
            style={{ transform: `translateY(${start}px)` }}
            sx={{ position: 'absolute', top: 0, left: 0, right: 0 }}
          >
            {environment ? (
              <EnvironmentCells environment={environment} index={index + 2} />
            ) : (
              <LoadingCells index={index + 2} />
            )}
          </Box>
        );
      })}
    </>
  );
}

function Header(props: { sort: Sort; onSort: (sort: Sort) => void }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <Box
      role="rowgroup"
      sx={{
        position: 'sticky',
        top: 0,
        zIndex: 1,
        bgcolor: 'background.paper',
      }}
    >
      <Box
        role="row"
        aria-rowindex={1}
        sx={{
          ...GRID,
          py: 0.75,
          borderBottom: 1,
          borderColor: 'divider',
          fontSize: '0.75rem',
          fontWeight: 700,
          color: 'text.secondary',
        }}
      >
        {COLUMNS.map(({ name, sort, wide, right }) => (
          <Box
            key={name}
            role="columnheader"
            aria-sort={
              sort && sort === props.sort ? DIRECTIONS[sort] : undefined
            }
            sx={{
              ...(wide && ONLY_WIDE),
              ...(right && { textAlign: 'right' }),
            }}
          >
            {sort ? (
              <SortButton
                sort={sort}
                chosen={sort === props.sort}
                onSort={props.onSort}
                right={right}
                label={t(`environmentsPage.columns.${name}`)}
              />
            ) : (
              t(`environmentsPage.columns.${name}`)
            )}
          </Box>
        ))}
      </Box>
    </Box>
  );
}

function SortButton(props: {
  sort: Sort;
  chosen: boolean;
  onSort: (sort: Sort) => void;
  label: string;
  /** Above figures: the sign goes before the word, which then ends where they do. */
  right?: boolean;
}) {
  const { sort, chosen, onSort, label, right } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <ButtonBase
      onClick={() => onSort(sort)}
      title={t('environmentsPage.sortBy', { column: label })}
      sx={{
        font: 'inherit',
        flexDirection: right ? 'row-reverse' : 'row',
        color: chosen ? 'text.primary' : 'inherit',
        borderRadius: 0.5,
        '&:focus-visible': { outline: 2, outlineColor: 'primary.main' },
      }}
    >
      {label}
      <ArrowIcon
        aria-hidden
        sx={{
          fontSize: 14,
          ml: 0.25,
          visibility: chosen ? 'visible' : 'hidden',
          transform:
            DIRECTIONS[sort] === 'ascending' ? 'rotate(180deg)' : undefined,
        }}
      />
    </ButtonBase>
  );
}
