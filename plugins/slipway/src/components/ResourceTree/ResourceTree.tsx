import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import { useRef, useState, type KeyboardEvent } from 'react';
import { slipwayTranslationRef } from '../../translation';
import { TreeItem } from './TreeItem';
import { ROOT, visibleRows, type TreeNode, type TreeRow } from './tree';

/** Up to so many objects everything is open; beyond, only the way to what needs a look. */
const OPEN_ALL = 60;

const size = (nodes: TreeNode[]): number =>
  nodes.reduce((sum, { children }) => sum + 1 + size(children), 0);

/**
 * A tree as the ARIA practices describe it: one stop for Tab, arrows to walk and fold, Home and End, Enter to open.
 * What a person folded stays so while the objects change below it.
 *
 * @internal
 */
export function ResourceTree(props: {
  nodes: TreeNode[];
  /** The object whose drawer is open. */
  selected?: string;
  drifted?: ReadonlySet<string>;
  onOpen: (node: TreeNode) => void;
}) {
  const { nodes, selected, drifted, onOpen } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [folds, setFolds] = useState<Record<string, boolean>>({});
  const [focused, setFocused] = useState<string>();
  const list = useRef<HTMLDivElement>(null);
  const openAll = size(nodes) <= OPEN_ALL;
  const isOpen = (node: TreeNode) =>
    folds[node.id] ??
    (node.kind === 'Application' || openAll || node.worst !== 'Healthy');
  const rows = visibleRows(nodes, isOpen);
  // The one that Tab reaches; the first, until a person has walked.
  const stop = rows.some(({ node }) => node.id === focused)
    ? focused
    : rows[0]?.node.id;

  const fold = (row: TreeRow, open: boolean) =>
    setFolds(current => ({ ...current, [row.node.id]: open }));

  const focus = (row: TreeRow | undefined) => {
    if (row) {
      setFocused(row.node.id);
      list.current
        ?.querySelector<HTMLElement>(`[data-node="${CSS.escape(row.node.id)}"]`)
        ?.focus();
    }
  };

  // The Application is Argo CD's own: it heads the tree and has a page there, not a drawer here.
  const open = (row: TreeRow) =>
    row.node.id === ROOT ? fold(row, !row.open) : onOpen(row.node);

  const press = (event: KeyboardEvent, index: number) => {
    const row = rows[index];
    const moves: Record<string, () => void> = {
      ArrowDown: () => focus(rows[index + 1]),
      ArrowUp: () => focus(rows[index - 1]),
      Home: () => focus(rows[0]),
      End: () => focus(rows[rows.length - 1]),
      ArrowRight: () =>
        row.open === false
          ? fold(row, true)
          : row.open && focus(rows[index + 1]),
      ArrowLeft: () =>
        row.open
          ? fold(row, false)
          : focus(rows.find(({ node }) => node.id === row.parent)),
      Enter: () => open(row),
      ' ': () => open(row),
    };
    const move = moves[event.key];
    if (move && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      move();
    }
  };

  return (
    <Box
      ref={list}
      role="tree"
      aria-label={t('resources.label')}
      sx={{ py: 0.5, fontSize: '0.875rem' }}
    >
      {rows.map((row, index) => (
        <TreeItem
          key={row.node.id}
          row={row}
          tabbable={row.node.id === stop}
          selected={row.node.id === selected}
          drifted={drifted?.has(row.node.id) ?? false}
          onKeyDown={event => press(event, index)}
          onFocus={() => setFocused(row.node.id)}
          onFold={() => fold(row, !row.open)}
          onOpen={() => open(row)}
        />
      ))}
    </Box>
  );
}
