import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** How far two colours may be apart, from 0 to 1, to count as the same: white and the page's grey are not. */
const THRESHOLD = 0.02;

/** Pixels that may differ: less than one letter. */
export const ALLOWED = 12;

/** How two pictures differ; `pixels` above what is allowed comes with a picture of the difference. */
export interface Difference {
  pixels: number;
  why?: string;
  picture?: Buffer;
}

/** Compares two pictures, of which one may be larger. */
export function compare(wanted: Buffer, found: Buffer): Difference {
  const a = PNG.sync.read(wanted);
  const b = PNG.sync.read(found);
  const width = Math.max(a.width, b.width);
  const height = Math.max(a.height, b.height);
  const difference = new PNG({ width, height });
  const pixels = pixelmatch(
    onCanvas(a, width, height),
    onCanvas(b, width, height),
    difference.data,
    width,
    height,
    { threshold: THRESHOLD },
  );
  const resized = a.width !== b.width || a.height !== b.height;
  if (!resized && pixels <= ALLOWED) return { pixels };
  return {
    pixels,
    why: resized
      ? `${b.width} × ${b.height} pixels instead of ${a.width} × ${a.height}`
      : `${pixels} pixels differ, ${ALLOWED} may`,
    picture: PNG.sync.write(difference),
  };
}

/** The picture in the upper left corner of a canvas as large as both. */
function onCanvas(png: PNG, width: number, height: number): Buffer {
  if (png.width === width && png.height === height) return png.data;
  const canvas = new PNG({ width, height });
  PNG.bitblt(png, canvas, 0, 0, png.width, png.height, 0, 0);
  return canvas.data;
}
