export { API_GROUP, API_VERSION, type ResourceMetadata } from './resource';
export {
  moneySchema,
  NAME_MAX_LENGTH,
  NAME_PATTERN,
  secretReferenceSchema,
  SERVICE_NAME_PATTERN,
  type Money,
  type SecretReference,
} from './fields';
export { conditionSchema, PHASES } from './status';
export {
  GIT_INTEGRATIONS,
  organizationSchema,
  PIPELINE_ENGINES,
  type Organization,
  type OrganizationInput,
} from './organization';
export {
  PERMISSION_PROFILES,
  repoBindingSchema,
  type RepoBinding,
  type RepoBindingInput,
} from './repoBinding';
export { ADOPTED_GUARDS, type Adoption } from './adopt';
export {
  LIFECYCLES,
  serviceSpecSchema,
  type ServiceEnvironment,
  type ServiceSpec,
  type ServiceSpecInput,
} from './serviceSpec';
export {
  WORKLOAD_KINDS,
  type Workload,
  type WorkloadOverride,
} from './workload';
export { PORT_PROTOCOLS, type Probe, type WorkloadPort } from './workloadParts';
export {
  DATABASE_ENGINES,
  type Database,
  type DatabaseOverride,
} from './database';
export {
  environmentClassSchema,
  ROUTE_KINDS,
  type EnvironmentClass,
  type EnvironmentClassInput,
} from './environmentClass';
export {
  quotaProfileSchema,
  type QuotaProfile,
  type QuotaProfileInput,
} from './quotaProfile';
export {
  policyPackSchema,
  type PolicyPack,
  type PolicyPackInput,
  type PolicyRule,
} from './policyPack';
export {
  isKind,
  KIND_NAMES,
  KINDS,
  type Kind,
  type KindDefinition,
  type PrinterColumn,
  type Resource,
  type ResourceByKind,
} from './registry';
export { formatNeed, parseNeed, type Need } from './needs';
export {
  DEFAULT_PORT_NAME,
  normalizeServiceSpec,
  resolveEnvironment,
  type NormalizedServiceSpec,
  type NormalizedWorkload,
} from './normalize';
export {
  declaredNamespace,
  environmentNamespace,
  organizationNamespace,
} from './namespace';
export {
  parsePlatformPath,
  platformPath,
  type PlatformLocation,
} from './paths';
export { customResourceDefinition } from './customResourceDefinition';
export { jsonSchemaOf, type JsonSchema } from './jsonSchema';
