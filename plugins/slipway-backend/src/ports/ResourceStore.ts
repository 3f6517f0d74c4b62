import type { Problem } from '@slipway/plugin-slipway-common';
import type { Transaction } from './Transaction';

/** What identifies a resource, wherever its file lies. */
export interface ResourceIdentity {
  kind: string;
  /** Empty for cluster-scoped kinds. */
  organization: string;
  name: string;
}

/** A resource as its source declares it. */
export interface ResourceRecord extends ResourceIdentity {
  sourceId: string;
  path: string;
  /** The commit at which the file was last seen to differ. */
  commit: string;
  text: string;
  /** The normalised value; absent while the file is not valid. */
  value?: unknown;
  /** The last valid value: it keeps running while the file is broken. Equal to `value` when that is there. */
  validValue?: unknown;
  /** Grows whenever the valid value changes, and when the resource is deleted or comes back. */
  generation: number;
  problems: Problem[];
  deletedAt?: Date;
  updatedAt: Date;
}

/** Reads what people declared. Written by `SourceStore.applySnapshot` alone. */
export interface ResourceStore {
  get(
    identity: ResourceIdentity,
    options?: { includeDeleted?: boolean; trx?: Transaction },
  ): Promise<ResourceRecord | undefined>;
  /** In the order of organization, kind and name. */
  list(
    filter?: {
      kind?: string;
      organization?: string;
      sourceId?: string;
      includeDeleted?: boolean;
    },
    options?: { trx?: Transaction },
  ): Promise<ResourceRecord[]>;
}
