import { useTranslationRef } from '@backstage/frontend-plugin-api';
import FoldedIcon from '@mui/icons-material/ChevronRight';
import OpenIcon from '@mui/icons-material/ExpandMore';
import Box from '@mui/material/Box';
import type { Theme } from '@mui/material/styles';
import type { KeyboardEvent } from 'react';
import { TABULAR } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { Flash } from '../Live';
import { RelativeTime } from '../RelativeTime';
import { Toned } from '../Toned';
import { HealthWord } from './HealthWord';
import type { TreeRow } from './tree';

/** Pixels that a level is indented by. */
const INDENT = 20;

/** Where there is no room, sync and age go first. */
const ROOMY = '@container (min-width: 560px)';

/** A line for each level above, unbroken from row to row. */
const guides = (level: number) => ({
  content: '""',
  position: 'absolute',
  top: -4,
  bottom: -4,
  left: -(level - 1) * INDENT + 9,
  width: (level - 1) * INDENT,
  backgroundImage: (theme: Theme) =>
    `repeating-linear-gradient(to right, ${theme.palette.divider} 0 1px, transparent 1px ${INDENT}px)`,
});

/**
 * One object: kind and name at its level, health, sync, age, and what its controller says when it isn't well.
 *
 * @internal
 */
export function TreeItem(props: {
  row: TreeRow;
  tabbable: boolean;
  selected: boolean;
  drifted: boolean;
  onKeyDown: (event: KeyboardEvent) => void;
  onFocus: () => void;
  onFold: () => void;
  onOpen: () => void;
}) {
  const { row, tabbable, selected, drifted, onFold, onOpen } = props;
  const { node, level, open } = row;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const Fold = open ? OpenIcon : FoldedIcon;
  // A folded branch answers for what is in it.
  const health = open === false ? node.worst : node.health;
  return (
    <Box
      role="treeitem"
      aria-level={level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={open}
      aria-selected={selected}
      tabIndex={tabbable ? 0 : -1}
      data-node={node.id}
      onKeyDown={props.onKeyDown}
      onFocus={props.onFocus}
      onClick={onOpen}
      sx={{
        containerType: 'inline-size',
        cursor: 'pointer',
        px: 2,
        bgcolor: selected ? 'action.selected' : undefined,
        '&:hover': { bgcolor: 'action.hover' },
        '&:focus-visible': {
          outline: 2,
          outlineColor: 'primary.main',
          outlineStyle: 'solid',
          outlineOffset: -2,
        },
      }}
    >
      <Flash
        of={`${node.health} ${node.sync ?? ''}`}
        sx={{
          display: 'grid',
          gridTemplateColumns: 'minmax(0, 1fr) 112px',
          columnGap: 2,
          alignItems: 'baseline',
          py: 0.5,
          [ROOMY]: { gridTemplateColumns: 'minmax(0, 1fr) 112px 96px 56px' },
        }}
      >
        <Box
          sx={{
            position: 'relative',
            display: 'flex',
            alignItems: 'baseline',
            ml: `${(level - 1) * INDENT}px`,
            '&::before': level > 1 ? guides(level) : undefined,
          }}
        >
          <Box
            component="span"
            aria-hidden
            onClick={event => {
              if (open !== undefined) {
                event.stopPropagation();
                onFold();
              }
            }}
            sx={{
              position: 'relative',
              flex: 'none',
              alignSelf: 'flex-start',
              width: INDENT,
              height: 18,
            }}
          >
            {open !== undefined && (
              <Fold sx={{ fontSize: 18, color: 'text.secondary' }} />
            )}
          </Box>
          <Box component="span" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {node.kind}
            </Box>{' '}
            <Box component="span" sx={{ fontWeight: 600 }}>
              {node.name}
            </Box>
            {drifted && (
              <Box component="span" sx={{ ml: 1, fontSize: '0.75rem' }}>
                <Toned tone="wait">≠ {t('resources.drifted')}</Toned>
              </Box>
            )}
            {node.message && health !== 'Healthy' && (
              <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
                {node.message}
              </Box>
            )}
          </Box>
        </Box>
        <HealthWord health={health} />
        <Box
          sx={{
            display: 'none',
            color: 'text.secondary',
            [ROOMY]: { display: 'block' },
          }}
        >
          {node.sync}
        </Box>
        <Box
          sx={{
            display: 'none',
            color: 'text.secondary',
            textAlign: 'right',
            ...TABULAR,
            [ROOMY]: { display: 'block' },
          }}
        >
          {node.createdAt && <RelativeTime at={node.createdAt} />}
        </Box>
      </Flash>
    </Box>
  );
}
