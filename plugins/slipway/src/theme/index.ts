export { PAPER } from './print';
export { SCROLLED_TABLE } from './table';
export {
  HIDDEN,
  MONO,
  SENTENCE,
  TAB,
  TABULAR,
  TINT,
  tint,
  tone,
  TONES,
  type Tone,
} from './tones';
