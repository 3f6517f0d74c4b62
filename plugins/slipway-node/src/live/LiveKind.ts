import type { JsonObject } from '@backstage/types';

/**
 * An object of a cluster as a watch hands it over.
 *
 * @public
 */
export interface WatchedObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    creationTimestamp?: string;
    deletionTimestamp?: string;
    ownerReferences?: Array<{
      apiVersion: string;
      kind: string;
      name: string;
      uid: string;
      controller?: boolean;
    }>;
  };
  [field: string]: unknown;
}

/**
 * Whom an object belongs to: an environment, or a service as a whole.
 *
 * @public
 */
export interface LiveOwner {
  organization: string;
  service: string;
  environment?: string;
}

/**
 * What is kept in memory of one object.
 *
 * @public
 */
export interface LiveItem {
  owner: LiveOwner;
  /** What is shown, and nothing else: thousands of these are in memory. A change of it is told to open pages. */
  value: JsonObject;
}

/**
 * A kind of Kubernetes objects that an engine wants to be watched in every cluster that serves it.
 *
 * @public
 */
export interface LiveKind {
  apiVersion: string;
  kind: string;
  /** Only objects with these labels are sent by the API server; all of the kind when absent. */
  labelSelector?: string;
  /** Only in this namespace; in all of them when absent. */
  namespace?: string;
  /**
   * Keeps what is shown of an object, or nothing when it is nobody's. Pure and quick: it is called for every event. One
   * that throws costs that object only.
   */
  trim(object: WatchedObject): LiveItem | undefined;
}

/**
 * What is known of the objects of contributed kinds, from memory: asks no cluster.
 *
 * @public
 */
export interface LiveItems {
  /**
   * The objects of a kind that belong to exactly this owner: an environment, or a service as a whole when it names no
   * environment.
   */
  items(
    kind: { apiVersion: string; kind: string },
    owner: LiveOwner,
  ): Array<{ cluster: string; value: JsonObject }>;
}
