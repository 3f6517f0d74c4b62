import '@fontsource/jetbrains-mono/400.css';
import '@fontsource/jetbrains-mono/700.css';
import '@fontsource/roboto/400.css';
import '@fontsource/roboto/500.css';
import '@fontsource/roboto/700.css';
import {
  createUnifiedTheme,
  palettes,
  type UnifiedTheme,
} from '@backstage/theme';

/** Backstage's own themes, in a font that the playground brings, so that pictures are the same on every machine. */
const inRoboto = (palette: (typeof palettes)['light' | 'dark']): UnifiedTheme =>
  createUnifiedTheme({ palette, fontFamily: 'Roboto' });

export const storyThemes = {
  light: inRoboto(palettes.light),
  dark: inRoboto(palettes.dark),
};
