import { palettes } from '@backstage/theme';
import { TINT, TONES, type Tone } from './tones';

type Rgb = [number, number, number];

const rgb = (hex: string): Rgb =>
  [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16)) as Rgb;

const over = (top: Rgb, bottom: Rgb, share: number): Rgb =>
  top.map((part, i) => part * share + bottom[i] * (1 - share)) as Rgb;

function luminance(color: Rgb): number {
  const [r, g, b] = color.map(part => {
    const value = part / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const MODES = ['light', 'dark'] as const;
const NAMES = Object.keys(TONES.light) as Tone[];

describe.each(MODES)('the state palette in the %s theme', mode => {
  const { paper, default: page } = palettes[mode].background;

  it.each(NAMES)('reads %s on paper, on the page and on its own tint', name => {
    const color = rgb(TONES[mode][name]);
    const ground = rgb(paper);
    expect(contrast(color, ground)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(color, rgb(page))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(color, over(color, ground, TINT))).toBeGreaterThanOrEqual(
      4.5,
    );
  });
});
