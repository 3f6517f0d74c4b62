import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import { useMemo, type ReactNode } from 'react';
import { HIDDEN, MONO, TABULAR, tint, tone, type Tone } from '../../theme';
import { Fold } from '../Fold';
import { Toned } from '../Toned';
import { slipwayTranslationRef } from '../../translation';
import { linesOfChange, linesOfPatch, type DiffLine } from './lines';

const KINDS: Record<
  DiffLine['kind'],
  { sign: string; word: string; tone?: Tone }
> = {
  same: { sign: ' ', word: '' },
  add: { sign: '+', word: 'added', tone: 'ok' },
  remove: { sign: '−', word: 'removed', tone: 'bad' },
  hunk: { sign: '', word: '', tone: 'off' },
};

/** A file's change: a patch of a Git host, or the two versions. @internal */
export interface FileDiffProps {
  path: string;
  status: 'added' | 'modified' | 'removed';
  patch?: string;
  before?: string;
  after?: string;
  /** Shown beside the path: a conflict, say. */
  note?: ReactNode;
  /** Folded files cost nothing until they are opened. */
  defaultOpen?: boolean;
}

/**
 * One file as a diff, foldable, with line numbers and signs beside the colours.
 *
 * @internal
 */
export function FileDiffView(props: FileDiffProps) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const {
    path,
    status,
    patch,
    before,
    after,
    note,
    defaultOpen = true,
  } = props;
  const lines = useMemo(
    () =>
      patch === undefined ? linesOfChange(before, after) : linesOfPatch(patch),
    [patch, before, after],
  );
  const added = lines.filter(({ kind }) => kind === 'add').length;
  const removed = lines.filter(({ kind }) => kind === 'remove').length;
  return (
    <Fold
      defaultOpen={defaultOpen}
      lazy
      summary={
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            gap: 1,
            alignItems: 'baseline',
            minWidth: 0,
          }}
        >
          <Box
            component="span"
            sx={{
              fontFamily: MONO,
              fontSize: '0.8125rem',
              overflowWrap: 'anywhere',
            }}
          >
            {path}
          </Box>{' '}
          <Box
            component="span"
            sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}
          >
            {status}
          </Box>{' '}
          <Box component="span" sx={{ fontSize: '0.8125rem', ...TABULAR }}>
            <Toned tone="ok">+{added}</Toned>{' '}
            <Toned tone="bad">−{removed}</Toned>
          </Box>{' '}
          {note}
        </Box>
      }
    >
      <DiffLines lines={lines} label={t('parts.changesOf', { path })} />
    </Fold>
  );
}

/** The lines of a diff. @internal */
export function DiffLines(props: { lines: DiffLine[]; label: string }) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  if (props.lines.length === 0) {
    return (
      <Box
        sx={{ px: 2, py: 1, color: 'text.secondary', fontSize: '0.8125rem' }}
      >
        {t('parts.noDifference')}
      </Box>
    );
  }
  return (
    // Scrolls sideways by itself, so it has to be reachable by keyboard.
    <Box
      role="region"
      aria-label={props.label}
      tabIndex={0}
      sx={{ overflowX: 'auto' }}
    >
      <Box
        component="table"
        sx={{
          borderCollapse: 'collapse',
          width: '100%',
          fontFamily: MONO,
          fontSize: '0.78rem',
          lineHeight: 1.5,
        }}
      >
        <tbody>
          {props.lines.map((line, index) => (
            <Line key={index} line={line} />
          ))}
        </tbody>
      </Box>
    </Box>
  );
}

const NUMBER = {
  ...TABULAR,
  textAlign: 'right',
  color: 'text.secondary',
  px: 1,
  width: '1%',
  userSelect: 'none',
} as const;

function Line(props: { line: DiffLine }) {
  const { kind, text, before, after } = props.line;
  const look = KINDS[kind];
  return (
    <Box
      component="tr"
      sx={{
        bgcolor: theme =>
          look.tone && kind !== 'hunk' ? tint(theme, look.tone) : undefined,
        color: theme => (kind === 'hunk' ? tone(theme, 'off') : undefined),
      }}
    >
      <Box component="td" sx={NUMBER}>
        {before}
      </Box>
      <Box component="td" sx={NUMBER}>
        {after}
      </Box>
      <Box component="td" sx={{ whiteSpace: 'pre', pr: 2 }}>
        <Box
          component="span"
          aria-hidden
          sx={{
            display: 'inline-block',
            width: '2ch',
            fontWeight: 700,
            color: theme => (look.tone ? tone(theme, look.tone) : undefined),
          }}
        >
          {look.sign}
        </Box>
        {look.word && (
          <Box component="span" sx={HIDDEN}>
            {look.word}:{' '}
          </Box>
        )}
        {text}
      </Box>
    </Box>
  );
}
