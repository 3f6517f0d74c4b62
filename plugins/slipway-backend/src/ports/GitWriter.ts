import {
  FileChange,
  GitAuthor,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';

/** One caller's wish: make this folder hold exactly these files. */
export interface WriteRequest {
  repository: RepositoryRef;
  /** Folder (no trailing slash) that the files replace as a whole; files in it that are not named are removed. */
  folder: string;
  /** Paths relative to the repository root, all below `folder`. Empty removes the folder. */
  files: Array<FileChange & { content: string }>;
  /** First line of the commit when it stands alone; one line of the body in a batch. */
  title: string;
  gitAuthor: GitAuthor;
  /** Same key, same content: written once, however often it is asked. Lands in the trailer `Slipway-Idempotency-Key`. */
  idempotencyKey: string;
  trailers?: Record<string, string>;
}

export interface WriteResult {
  commit: string;
  /** False when Git already said so. */
  changed: boolean;
}

/** One writer a repository: batches what waits, rebases when the branch moved, retries with a count. */
export interface GitWriter {
  write(request: WriteRequest): Promise<WriteResult>;
  /** Requests waiting or being written. */
  depth(): number;
}
