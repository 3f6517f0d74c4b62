import {
  environmentClassSchema,
  type EnvironmentClass,
} from './environmentClass';
import { organizationSchema, type Organization } from './organization';
import { policyPackSchema, type PolicyPack } from './policyPack';
import { quotaProfileSchema, type QuotaProfile } from './quotaProfile';
import { repoBindingSchema, type RepoBinding } from './repoBinding';
import { serviceSpecSchema, type ServiceSpec } from './serviceSpec';

/**
 * The resource of each kind.
 *
 * @public
 */
export interface ResourceByKind {
  Organization: Organization;
  RepoBinding: RepoBinding;
  ServiceSpec: ServiceSpec;
  EnvironmentClass: EnvironmentClass;
  QuotaProfile: QuotaProfile;
  PolicyPack: PolicyPack;
}

/** The name of a kind. @public */
export type Kind = keyof ResourceByKind;

/** A resource of any kind. @public */
export type Resource = ResourceByKind[Kind];

/**
 * A column of `kubectl get`.
 *
 * @public
 */
export interface PrinterColumn {
  name: string;
  type: 'string' | 'integer' | 'boolean' | 'date';
  jsonPath: string;
  description: string;
  /** Columns with a priority above 0 show with `-o wide` only. */
  priority?: number;
}

/**
 * What is known of a kind: its schema, and what is told about it outside the schema.
 *
 * @public
 */
export interface KindDefinition<Schema = unknown> {
  /** The zod schema: the one source of type, form, CRD and docs. */
  schema: Schema;
  scope: 'Cluster' | 'Namespaced';
  plural: string;
  shortNames: readonly string[];
  printerColumns: readonly PrinterColumn[];
  /** The page under docs/reference. */
  docs: string;
}

const AGE: PrinterColumn = {
  name: 'Age',
  type: 'date',
  jsonPath: '.metadata.creationTimestamp',
  description: 'When the resource was created.',
};

const PHASE: PrinterColumn = {
  name: 'Phase',
  type: 'string',
  jsonPath: '.status.phase',
  description: 'Where provisioning or deletion stands.',
};

const OWNER: PrinterColumn = {
  name: 'Owner',
  type: 'string',
  jsonPath: '.spec.owner',
  description: 'The owning group.',
};

const ORGANIZATION: PrinterColumn = {
  name: 'Organization',
  type: 'string',
  jsonPath: '.spec.organization',
  description: 'The organization that it belongs to.',
};

const DESCRIPTION: PrinterColumn = {
  name: 'Description',
  type: 'string',
  jsonPath: '.spec.description',
  description: 'What it is for.',
};

/**
 * Every kind. The type is written out, so that declarations name the schemas instead of repeating them.
 *
 * @public
 */
export const KINDS: {
  readonly Organization: KindDefinition<typeof organizationSchema>;
  readonly RepoBinding: KindDefinition<typeof repoBindingSchema>;
  readonly ServiceSpec: KindDefinition<typeof serviceSpecSchema>;
  readonly EnvironmentClass: KindDefinition<typeof environmentClassSchema>;
  readonly QuotaProfile: KindDefinition<typeof quotaProfileSchema>;
  readonly PolicyPack: KindDefinition<typeof policyPackSchema>;
} = {
  Organization: {
    schema: organizationSchema,
    scope: 'Cluster',
    plural: 'organizations',
    shortNames: ['sworg'],
    printerColumns: [
      {
        name: 'Display Name',
        type: 'string',
        jsonPath: '.spec.displayName',
        description: 'The name that people see.',
      },
      OWNER,
      PHASE,
      AGE,
    ],
    docs: 'organization.md',
  },
  RepoBinding: {
    schema: repoBindingSchema,
    scope: 'Namespaced',
    plural: 'repobindings',
    shortNames: ['swbinding'],
    printerColumns: [
      ORGANIZATION,
      {
        name: 'Repository',
        type: 'string',
        jsonPath: '.spec.repository.name',
        description: 'The bound repository.',
      },
      {
        name: 'Template',
        type: 'string',
        jsonPath: '.spec.pipeline.template',
        description: 'The pipeline template.',
      },
      PHASE,
      AGE,
    ],
    docs: 'repobinding.md',
  },
  ServiceSpec: {
    schema: serviceSpecSchema,
    scope: 'Namespaced',
    plural: 'servicespecs',
    shortNames: ['swsvc'],
    printerColumns: [
      ORGANIZATION,
      OWNER,
      {
        name: 'Lifecycle',
        type: 'string',
        jsonPath: '.spec.lifecycle',
        description: 'How far along the service is.',
      },
      { ...DESCRIPTION, priority: 1 },
      AGE,
    ],
    docs: 'servicespec.md',
  },
  EnvironmentClass: {
    schema: environmentClassSchema,
    scope: 'Cluster',
    plural: 'environmentclasses',
    shortNames: ['swclass'],
    printerColumns: [
      {
        name: 'Approval',
        type: 'boolean',
        jsonPath: '.spec.approval.required',
        description: 'Whether somebody has to approve.',
      },
      {
        name: 'Quota',
        type: 'string',
        jsonPath: '.spec.quota',
        description: 'The QuotaProfile of each environment.',
      },
      {
        name: 'TTL',
        type: 'string',
        jsonPath: '.spec.ttl.default',
        description: 'How long an environment lives by default.',
      },
      { ...DESCRIPTION, priority: 1 },
      AGE,
    ],
    docs: 'environmentclass.md',
  },
  QuotaProfile: {
    schema: quotaProfileSchema,
    scope: 'Cluster',
    plural: 'quotaprofiles',
    shortNames: ['swquota'],
    printerColumns: [
      {
        name: 'CPU',
        type: 'string',
        jsonPath: '.spec.hard.requests\\.cpu',
        description: 'CPU that may be requested.',
      },
      {
        name: 'Memory',
        type: 'string',
        jsonPath: '.spec.hard.requests\\.memory',
        description: 'Memory that may be requested.',
      },
      { ...DESCRIPTION, priority: 1 },
      AGE,
    ],
    docs: 'quotaprofile.md',
  },
  PolicyPack: {
    schema: policyPackSchema,
    scope: 'Cluster',
    plural: 'policypacks',
    shortNames: ['swpolicy'],
    printerColumns: [DESCRIPTION, AGE],
    docs: 'policypack.md',
  },
};

/** The names of all kinds, in the order in which they are documented. @public */
export const KIND_NAMES = Object.keys(KINDS) as Kind[];

/** Whether a value is the name of a kind. @public */
export function isKind(value: unknown): value is Kind {
  return typeof value === 'string' && Object.hasOwn(KINDS, value);
}
