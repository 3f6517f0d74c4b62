import type { ServiceSpecInput } from '@slipway/plugin-slipway-common';

/** A workload as the spec has it. @public */
export type WorkloadInput = NonNullable<
  ServiceSpecInput['spec']['workloads']
>[number];
/** A database as the spec has it. @public */
export type DatabaseInput = NonNullable<
  ServiceSpecInput['spec']['databases']
>[number];
/** An environment as the spec has it. @public */
export type EnvironmentInput = NonNullable<
  ServiceSpecInput['spec']['environments']
>[number];

/**
 * Something that a person is still filling in: any part may be missing, and a number may still be the text that was
 * typed, so that nothing typed is ever thrown away.
 *
 * @public
 */
export type Draft<T> = T extends number
  ? number | string
  : T extends Array<infer Item>
    ? Array<Draft<Item>>
    : T extends object
      ? { [Key in keyof T]?: Draft<T[Key]> }
      : T;

/**
 * The data of the template "New service", as the form holds it and the actions get it: parts of a ServiceSpec, each in
 * the spec's own shape.
 *
 * @public
 */
export interface ServiceForm {
  organization?: string;
  name?: string;
  owner?: string;
  description?: string;
  system?: string;
  lifecycle?: string;
  workloads?: Array<Draft<WorkloadInput>>;
  databases?: Array<Draft<DatabaseInput>>;
  environments?: Array<Draft<EnvironmentInput>>;
  /** The code skeleton, which is also the pipeline template unless another is set. */
  skeleton?: string;
  /** The pipeline template, where there is no skeleton. */
  pipelineTemplate?: string;
  /** The repository that is there already. */
  repository?: RepositoryForm;
  /** What a repository runs: workloads and databases of the form's own, where it doesn't hold them itself. */
  firstSpec?: FirstSpecForm;
  /** An organization that is made with the service. */
  newOrganization?: OrganizationForm;
}

/** A repository that is there already, as the form holds it. @public */
export interface RepositoryForm {
  /** Name and port of its Git host. */
  host: string;
  integration: string;
  owner: string;
  name: string;
  branch: string;
  archived: boolean;
  /** organization/binding, where it is bound already. */
  boundTo?: string;
}

/** What a repository runs, as the form holds it. @public */
export interface FirstSpecForm {
  /** What it was read for. */
  of: string;
  workloads?: Array<Draft<WorkloadInput>>;
  databases?: Array<Draft<DatabaseInput>>;
}

/** What an organization that is made with a service has to say of itself; the rest follows from the repository. @public */
export interface OrganizationForm {
  displayName?: string;
  owner?: string;
  pipelineEngine?: string;
  webhookDomain?: string;
  secretStore?: string;
  registry?: string;
}

/**
 * What the form doesn't ask for: where the code lives and how it is built. A template sets it as options of the plan
 * field, and hands the same to `slipway:repobinding:write`.
 *
 * @public
 */
export interface BindingOptions {
  /** Owner of the code repository at the Git host. Default: where the organization's code lives. */
  repositoryOwner?: string;
  /** Name of the code repository. Default: the service's name. */
  repositoryName?: string;
  /** Branch whose commits start the pipeline. Default: that of the kind. */
  branch?: string;
  /** The pipeline template. Default: the skeleton. */
  pipelineTemplate?: string;
}
