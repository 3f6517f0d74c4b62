import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { MONO, TABULAR } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { EmptyState } from '../State';

/** A line of a log. @internal */
export interface LogLine {
  at?: string;
  text: string;
}

/** Closer to the end than this counts as being there. */
const NEAR_END = 24;

const timeOf = (at: string): string =>
  new Date(at).toLocaleTimeString(undefined, { hour12: false });

/**
 * A log, newest line last. Follows what is written while its end is in sight, and stays where it is otherwise, so that
 * nobody loses the line that they read.
 *
 * @internal
 */
export function LogLines(props: {
  lines: LogLine[];
  truncated: boolean;
  name: string;
  /** Stands before the search field: which container, say. */
  controls?: ReactNode;
}) {
  const { lines, truncated, name, controls } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [text, setText] = useState('');
  const [wrap, setWrap] = useState(true);
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const wanted = text.toLocaleLowerCase('en-US');
  const shown = wanted
    ? lines.filter(line =>
        line.text.toLocaleLowerCase('en-US').includes(wanted),
      )
    : lines;
  useLayoutEffect(() => {
    if (follows.current && box.current) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [shown.length]);
  return (
    <Box
      sx={{ display: 'flex', flexDirection: 'column', minHeight: 0, flex: 1 }}
    >
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          columnGap: 2,
          rowGap: 1,
          px: 2,
          py: 1,
        }}
      >
        {controls}
        <TextField
          label={t('logs.find')}
          type="search"
          size="small"
          value={text}
          onChange={event => setText(event.target.value)}
          sx={{ width: 200 }}
        />
        <FormControlLabel
          control={
            <Switch
              size="small"
              checked={wrap}
              onChange={(_event, checked) => setWrap(checked)}
            />
          }
          label={t('logs.wrap')}
          slotProps={{ typography: { fontSize: '0.8125rem' } }}
        />
        {wanted && (
          <Box
            sx={{ ml: 'auto', color: 'text.secondary', fontSize: '0.8125rem' }}
          >
            {t('logs.found', { count: shown.length })}
          </Box>
        )}
      </Box>
      {truncated && (
        <Box
          sx={{ px: 2, pb: 1, color: 'text.secondary', fontSize: '0.8125rem' }}
        >
          {t('logs.truncated')}
        </Box>
      )}
      {lines.length === 0 ? (
        <EmptyState title={t('logs.empty')}>{t('logs.emptyText')}</EmptyState>
      ) : (
        <Box
          ref={box}
          role="log"
          // A log that writes much would never let a screen reader finish; it is read by walking through it.
          aria-live="off"
          aria-label={t('logs.label', { name })}
          tabIndex={0}
          onScroll={event => {
            const { scrollHeight, scrollTop, clientHeight } =
              event.currentTarget;
            follows.current =
              scrollHeight - scrollTop - clientHeight < NEAR_END;
          }}
          sx={{
            flex: 1,
            minHeight: 120,
            overflow: 'auto',
            borderTop: 1,
            borderColor: 'divider',
            px: 2,
            py: 1,
            fontFamily: MONO,
            fontSize: '0.75rem',
            lineHeight: 1.6,
            whiteSpace: wrap ? 'pre-wrap' : 'pre',
            overflowWrap: wrap ? 'anywhere' : undefined,
          }}
        >
          {shown.map((line, index) => (
            <Box
              key={index}
              sx={{ display: 'flex', contentVisibility: 'auto' }}
            >
              {line.at && (
                <Box
                  component="time"
                  dateTime={line.at}
                  title={line.at}
                  sx={{
                    flex: 'none',
                    mr: 1.5,
                    color: 'text.secondary',
                    userSelect: 'none',
                    ...TABULAR,
                  }}
                >
                  {timeOf(line.at)}
                </Box>
              )}
              <span>{line.text || ' '}</span>
            </Box>
          ))}
        </Box>
      )}
    </Box>
  );
}
