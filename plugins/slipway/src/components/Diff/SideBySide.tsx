import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useMemo, useState } from 'react';
import { HIDDEN, MONO, TABULAR, tint, tone, type Tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { foldEqual, pairLines, type Pair, type Side } from './sideBySide';

/**
 * Two versions of a text beside each other: what differs is tinted, its words are marked, and long equal stretches
 * fold.
 *
 * @internal
 */
export function SideBySide(props: {
  before: string;
  after: string;
  titles: [before: string, after: string];
  label: string;
}) {
  const { before, after, titles, label } = props;
  const blocks = useMemo(
    () => foldEqual(pairLines(before, after)),
    [before, after],
  );
  return (
    // Scrolls sideways by itself, so it has to be reachable by keyboard.
    <Box
      role="region"
      aria-label={label}
      tabIndex={0}
      sx={{ overflowX: 'auto' }}
    >
      <Box
        component="table"
        sx={{
          borderCollapse: 'collapse',
          tableLayout: 'fixed',
          width: '100%',
          minWidth: 560,
          fontFamily: MONO,
          fontSize: '0.75rem',
          lineHeight: 1.55,
        }}
      >
        <colgroup>
          <col style={{ width: '3.2em' }} />
          <col />
          <col style={{ width: '3.2em' }} />
          <col />
        </colgroup>
        <thead>
          <tr>
            {titles.map((title, index) => (
              <Box
                key={title}
                component="th"
                scope="col"
                colSpan={2}
                sx={{
                  px: 1,
                  py: 0.75,
                  textAlign: 'left',
                  fontFamily: 'fontFamily',
                  color: 'text.secondary',
                  borderBottom: 1,
                  borderLeft: index,
                  borderColor: 'divider',
                }}
              >
                {title}
              </Box>
            ))}
          </tr>
        </thead>
        <tbody>
          {blocks.map((block, index) =>
            block.kind === 'rows' ? (
              block.rows.map((pair, row) => (
                <Row key={`${index}:${row}`} pair={pair} />
              ))
            ) : (
              <Folded key={`${index}:fold`} rows={block.rows} />
            ),
          )}
        </tbody>
      </Box>
    </Box>
  );
}

function Folded(props: { rows: Pair[] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [open, setOpen] = useState(false);
  if (open) {
    return (
      <>
        {props.rows.map((pair, index) => (
          <Row key={index} pair={pair} />
        ))}
      </>
    );
  }
  return (
    <tr>
      <Box component="td" colSpan={4} sx={{ px: 1, bgcolor: 'action.hover' }}>
        <Link
          component="button"
          type="button"
          underline="hover"
          onClick={() => setOpen(true)}
          sx={{ font: 'inherit', color: 'text.secondary' }}
        >
          {t('object.equal', { count: props.rows.length })}
        </Link>
      </Box>
    </tr>
  );
}

const CELL = { verticalAlign: 'top', py: 0 } as const;

function Row(props: { pair: Pair }) {
  const { same, left, right } = props.pair;
  return (
    <tr>
      <Cells side={left} tone={same ? undefined : 'bad'} />
      <Cells side={right} tone={same ? undefined : 'ok'} second />
    </tr>
  );
}

function Cells(props: { side?: Side; tone?: Tone; second?: boolean }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { side, tone: name, second } = props;
  const differs = side !== undefined && name !== undefined;
  const ground = {
    ...CELL,
    ...(differs && {
      bgcolor: (theme: Parameters<typeof tint>[0]) => tint(theme, name),
    }),
    // The other side has a line here and this one none.
    ...(!side && { bgcolor: 'action.hover' }),
  };
  return (
    <>
      <Box
        component="td"
        sx={{
          ...ground,
          ...TABULAR,
          textAlign: 'right',
          color: 'text.secondary',
          px: 0.75,
          userSelect: 'none',
          borderLeft: second ? 1 : 0,
          borderColor: 'divider',
        }}
      >
        {side?.number}
      </Box>
      <Box
        component="td"
        sx={{
          ...ground,
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
          pr: 1,
        }}
      >
        {differs && (
          <Box component="span" sx={HIDDEN}>
            {t(second ? 'object.liveLine' : 'object.wantedLine')}{' '}
          </Box>
        )}
        {side?.stretches.map(({ text, changed }, index) =>
          changed && differs ? (
            <Box
              key={index}
              component="span"
              sx={{
                borderRadius: 0.25,
                fontWeight: 700,
                color: theme => tone(theme, name),
              }}
            >
              {text}
            </Box>
          ) : (
            <span key={index}>{text}</span>
          ),
        )}
      </Box>
    </>
  );
}
