import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { ReactNode } from 'react';
import { SCROLLED_TABLE, TABULAR } from '../theme';

/** A column: its heading, and how a row shows in it. @internal */
export interface FiguresColumn<T> {
  title: string;
  cell: (row: T) => ReactNode;
  /** Figures stand under each other by their digits. */
  figure?: boolean;
}

/**
 * A small table: the first cell of each row names it. On a narrow screen it scrolls by itself.
 *
 * @internal
 */
export function Figures<T>(props: {
  label: string;
  rows: T[];
  keyOf: (row: T) => string;
  columns: Array<FiguresColumn<T>>;
}) {
  const { label, rows, keyOf, columns } = props;
  return (
    <TableContainer tabIndex={0}>
      <Table size="small" aria-label={label} sx={SCROLLED_TABLE}>
        <TableHead>
          <TableRow>
            {columns.map(({ title, figure }) => (
              <TableCell
                key={title}
                align={figure ? 'right' : undefined}
                sx={{ fontSize: '0.75rem', color: 'text.secondary' }}
              >
                {title}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(row => (
            <TableRow
              key={keyOf(row)}
              sx={{ '&:last-child > *': { border: 0 } }}
            >
              {columns.map(({ title, cell, figure }, index) => (
                <TableCell
                  key={title}
                  component={index === 0 ? 'th' : 'td'}
                  scope={index === 0 ? 'row' : undefined}
                  align={figure ? 'right' : undefined}
                  sx={figure ? { ...TABULAR, whiteSpace: 'nowrap' } : undefined}
                >
                  {cell(row)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
