import type { RepositoryRef } from '@slipway/plugin-slipway-node';

/** A file of a folder on disk. */
export interface FolderFile {
  /** From the root of the tree, `/`-separated. */
  path: string;
  content: string;
  /** Something is there that is no file of ours, such as a link: never the same as what is planned. */
  omitted?: 'not-a-file';
}

/** A tree of files on disk that people commit themselves. */
export interface DeliveryFolder {
  /** As a person finds it: an absolute path. */
  readonly where: string;
  /** Everything below a folder of the tree; empty where it isn't there. */
  read(folder: string): Promise<FolderFile[]>;
  /**
   * Makes the folder hold exactly these files; none removes it. Each file is replaced whole, so a process that ends in
   * between leaves old files and new ones, and the next run finishes.
   */
  write(
    folder: string,
    files: Array<{ path: string; content: string }>,
  ): Promise<void>;
}

/** A clone on this machine that people push themselves. */
export interface DeliveryClone {
  readonly repository: RepositoryRef;
  /** Where the clone is, as a person finds it. */
  readonly where: string;
  /** Makes it, or takes over what was pushed meanwhile; commits that nobody pushed yet stay. */
  refresh(): Promise<void>;
}
