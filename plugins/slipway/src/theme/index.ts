export { PAPER } from './print';
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
