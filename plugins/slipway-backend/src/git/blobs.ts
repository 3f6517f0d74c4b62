import { createHash } from 'node:crypto';
import { TreeEntry } from '@slipway/plugin-slipway-node';

/** Git's own id of a content, in the hash of the repository that `like` is an id of. */
export function blobId(content: string, like: string): string {
  const bytes = Buffer.from(content);
  // SHA-256 repositories have ids of 64 digits.
  return createHash(like.length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}

/** A file, and neither a link nor a submodule. */
export function isRegular(entry: TreeEntry): boolean {
  return entry.mode === '100644' || entry.mode === '100755';
}

/** Whether the entry is a file with this content and mode; told by its id, without reading it. */
export function holds(
  entry: TreeEntry,
  content: string,
  mode: string = '100644',
): boolean {
  return entry.mode === mode && entry.blob === blobId(content, entry.blob);
}
