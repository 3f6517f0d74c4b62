import { alpha, type Theme } from '@mui/material/styles';

/**
 * The state palette: the only colours that aren't the theme's. Each means one thing everywhere.
 * ok: done, added · go: working · wait: waits for somebody, changed · bad: stopped, removed · off: not yet, unknown.
 *
 * @internal
 */
export type Tone = 'ok' | 'go' | 'wait' | 'bad' | 'off';

/** Checked for contrast on both themes' papers by `tones.test.ts`. @internal */
export const TONES: Record<'light' | 'dark', Record<Tone, string>> = {
  light: {
    ok: '#1a6f3d',
    go: '#1b56ab',
    wait: '#7a5000',
    bad: '#a8221b',
    off: '#5c6470',
  },
  dark: {
    ok: '#86e0a8',
    go: '#a8caff',
    wait: '#f5cd80',
    bad: '#ffb3ac',
    off: '#c6cdd6',
  },
};

/** How strongly a tone tints what lies under text. @internal */
export const TINT = 0.12;

/** @internal */
export const tone = (theme: Theme, name: Tone): string =>
  TONES[theme.palette.mode][name];

/** @internal */
export const tint = (theme: Theme, name: Tone): string =>
  alpha(tone(theme, name), TINT);

/** Digits of one width and code, as the theme has no token for either. @internal */
export const MONO =
  '"JetBrains Mono", ui-monospace, Menlo, Consolas, monospace';

/** Columns of figures line up. @internal */
export const TABULAR = { fontVariantNumeric: 'tabular-nums' } as const;

/** A button's words as they are written; the theme shouts them. @internal */
export const SENTENCE = { textTransform: 'none' } as const;

/** Tabs that stand as close as words, the chosen one in bold. @internal */
export const TAB = {
  ...SENTENCE,
  // Twice, as the theme's own width has a class more.
  '&&': { minWidth: 0, minHeight: 40, px: 1.5, py: 1 },
  color: 'text.secondary',
  fontWeight: 500,
  letterSpacing: 0,
  fontSize: '0.875rem',
  '&&:hover': { color: 'text.primary', bgcolor: 'action.hover' },
  '&.Mui-selected': { color: 'text.primary', fontWeight: 700 },
} as const;

/** For what is only heard. @internal */
export const HIDDEN = {
  position: 'absolute',
  // In pixels: to sx a bare 1 is the whole width.
  width: '1px',
  height: '1px',
  p: 0,
  m: '-1px',
  overflow: 'hidden',
  clip: 'rect(0 0 0 0)',
  whiteSpace: 'nowrap',
  border: 0,
} as const;
