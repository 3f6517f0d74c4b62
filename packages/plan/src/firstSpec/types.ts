import type {
  Organization,
  ServiceSpecInput,
} from '@slipway/plugin-slipway-common';

/** A file of a repository that may tell how a service runs. @public */
export interface ManifestFile {
  /** Relative to the root of the repository. */
  path: string;
  content: string;
}

/** What a first spec is made from. @public */
export interface FirstSpecInput {
  organization: string;
  service: string;
  owner: string;
  description?: string;
  files: readonly ManifestFile[];
  /** The code repository and its branch, for what is built from it. */
  source: { repository: string; branch: string };
  /** Where images are pushed that have no name yet, e.g. `registry.example.com/shop`. */
  registry: string;
  /** How secrets are referred to. */
  secretStore: Organization['spec']['secretStore'];
  /** Which of both to read where a repository has both; Kubernetes' when absent. */
  from?: 'kubernetes' | 'compose';
}

/** Something that the first spec does not say. @public */
export interface NotTaken {
  file: string;
  /** Counted from 1. */
  line: number;
  /** E.g. `Deployment web: hostNetwork`. */
  what: string;
  /** Why, and what to do. */
  why: string;
}

/** A workload of a first spec. @public */
export type FirstWorkload = NonNullable<
  ServiceSpecInput['spec']['workloads']
>[number];
/** A database of a first spec. @public */
export type FirstDatabase = NonNullable<
  ServiceSpecInput['spec']['databases']
>[number];

/** A spec to begin with, and what is missing in it. @public */
export interface FirstSpec {
  spec: ServiceSpecInput;
  /** What it was read from; absent when nothing was found that runs. */
  from?: 'kubernetes' | 'compose';
  /** Files that something was taken from. */
  read: string[];
  /** By file and line. */
  notTaken: NotTaken[];
}
