import '@fontsource/jetbrains-mono/400.css';
import '@fontsource/jetbrains-mono/700.css';
import '@fontsource/noto-sans-symbols-2/symbols-400.css';
import '@fontsource/roboto/400.css';
import '@fontsource/roboto/500.css';
import '@fontsource/roboto/700.css';
import {
  createUnifiedTheme,
  palettes,
  type UnifiedTheme,
} from '@backstage/theme';

/** Letters, and the signs that stand before words, from packages: no machine has to have them. */
export const STORY_FONT = 'Roboto, "Noto Sans Symbols 2"';

/** Backstage's own themes, in a font that the playground brings, so that pictures are the same on every machine. */
const inRoboto = (palette: (typeof palettes)['light' | 'dark']): UnifiedTheme =>
  createUnifiedTheme({ palette, fontFamily: STORY_FONT });

export const storyThemes = {
  light: inRoboto(palettes.light),
  dark: inRoboto(palettes.dark),
};
