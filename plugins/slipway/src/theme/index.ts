export {
  HIDDEN,
  MONO,
  TABULAR,
  TINT,
  tint,
  tone,
  TONES,
  type Tone,
} from './tones';
