import { crc32, deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';

/** Surfaces and text, which stay as they are to the last bit. */
const EXACT = 24;

/** All colours. More shades at the edges of letters make the files larger and nothing clearer. */
const PLACES = 64;

/** How far another shade has to be from those that there are, squared. */
const APART = 20 ** 2;

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

/**
 * A picture with few colours, which is a third of the size of what the browser gives and looks the same: an
 * interface has few colours, and the many are the shades at the edges of letters.
 */
export function toPalette(png: Buffer): Buffer {
  const { width, height, data } = PNG.sync.read(png);
  const counts = new Map<number, number>();
  const pixels = new Uint32Array(width * height);
  for (let i = 0; i < pixels.length; i += 1) {
    const at = i * 4;
    const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
    pixels[i] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  // The same order on every machine: by how often, then by the colour itself.
  const byUse = [...counts].sort(([a, m], [b, n]) => n - m || a - b);
  const colours: number[] = [];
  for (const [colour] of byUse) {
    if (colours.length === PLACES) break;
    if (
      colours.length < EXACT ||
      distance(colour, colours[nearest(colour, colours)]) >= APART
    )
      colours.push(colour);
  }
  const places = new Map(
    byUse.map(([colour]) => [colour, nearest(colour, colours)]),
  );
  return encode(width, height, {
    colours,
    pixels: Uint8Array.from(pixels, colour => places.get(colour) ?? 0),
  });
}

function nearest(colour: number, colours: number[]): number {
  let best = 0;
  let least = Infinity;
  colours.forEach((each, at) => {
    const apart = distance(colour, each);
    if (apart < least) {
      least = apart;
      best = at;
    }
  });
  return best;
}

function distance(a: number, b: number): number {
  const red = (a >> 16) - (b >> 16);
  const green = ((a >> 8) & 0xff) - ((b >> 8) & 0xff);
  const blue = (a & 0xff) - (b & 0xff);
  return red * red + green * green + blue * blue;
}

function encode(
  width: number,
  height: number,
  { colours, pixels }: { colours: number[]; pixels: Uint8Array },
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk(
      'PLTE',
      Buffer.from(colours.flatMap(c => [c >> 16, (c >> 8) & 0xff, c & 0xff])),
    ),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(body.length, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
