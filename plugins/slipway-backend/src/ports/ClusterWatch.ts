import type { ClusterInfo, KubernetesObject } from './Clusters';

/** A kind, and which of its objects. */
export interface Selection {
  apiVersion: string;
  kind: string;
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

/** One page of a list. */
export interface ObjectPage {
  items: KubernetesObject[];
  /** Where a watch has to start to miss nothing after this list. */
  resourceVersion: string;
  /** Asks for the next page; absent on the last one. */
  continue?: string;
}

/** What a watch says. */
export type WatchEvent =
  /** The server has accepted the watch: it is there, also while nothing happens. */
  | { type: 'OPENED' }
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: KubernetesObject }
  /** Nothing changed for us up to this version: a later watch may start there. */
  | { type: 'BOOKMARK'; resourceVersion: string };

/**
 * The version asked for is too old: only a new list helps. Told apart from every other failure, which a watch
 * survives by asking again from the same version.
 */
export class ResourceVersionExpiredError extends Error {
  name = 'ResourceVersionExpiredError' as const;
}

/** Port to the lists and watches of one cluster. */
export interface ClusterWatch {
  readonly info: ClusterInfo;
  /** Asks for as little as possible: resolves when the server answers, whatever it says. */
  alive(): Promise<void>;
  /** Whether the kind is served. A missing kind is asked for again, so that a CRD installed later is seen. */
  serves(kind: { apiVersion: string; kind: string }): Promise<boolean>;
  listPage(
    selection: Selection,
    options: { limit: number; continue?: string; signal?: AbortSignal },
  ): Promise<ObjectPage>;
  /**
   * Events after `resourceVersion`, with bookmarks, until the server ends the stream. Throws
   * {@link ResourceVersionExpiredError} on 410, `StreamSilentError` when nothing at all arrives for `idleMs`.
   */
  watch(
    selection: Selection,
    options: {
      resourceVersion: string;
      timeoutSeconds: number;
      idleMs: number;
      signal: AbortSignal;
    },
  ): AsyncIterable<WatchEvent>;
}

/** The watches of all clusters. */
export interface ClusterWatches {
  list(): ClusterInfo[];
  /** Throws NotFoundError naming the clusters that there are. */
  watcher(name: string): ClusterWatch;
}
