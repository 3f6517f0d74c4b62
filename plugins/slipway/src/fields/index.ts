import { AdoptableField } from './AdoptableField';
import { ClassField } from './ClassField';
import { DatabasesField } from './DatabasesField';
import { EnvironmentsField } from './EnvironmentsField';
import { OrganizationField } from './OrganizationField';
import { PlanField } from './PlanField';
import { validatePlan } from './planValidation';
import {
  adoptableFieldSchema,
  firstSpecFieldSchema,
  listFieldSchema,
  planFieldSchema,
  repositoryFieldSchema,
  textFieldSchema,
} from './schemas';
import { RepositoryField } from './RepositoryField';
import { FirstSpecField } from './FirstSpecField';
import { validateFirstSpec, validateRepository } from './onboardingValidation';
import { ServiceField } from './ServiceField';
import { ServiceNameField } from './ServiceNameField';
import { validateAdoptable, validateAt } from './validation';
import { WorkloadsField } from './WorkloadsField';

/*
 * One definition a field, for both frontend systems.
 */

/** @internal */
export const organizationField = {
  name: 'SlipwayOrganization',
  component: OrganizationField,
  schema: textFieldSchema,
  validation: validateAt<string>(['spec', 'organization']),
};

/** @internal */
export const serviceNameField = {
  name: 'SlipwayServiceName',
  component: ServiceNameField,
  schema: textFieldSchema,
  validation: validateAt<string>(['metadata', 'name']),
};

/** @internal */
export const serviceField = {
  name: 'SlipwayService',
  component: ServiceField,
  schema: textFieldSchema,
  validation: validateAt<string>(['metadata', 'name']),
};

/** @internal */
export const classField = {
  name: 'SlipwayClass',
  component: ClassField,
  schema: textFieldSchema,
  validation: validateAt<string>(['spec', 'environments', 'class']),
};

/** @internal */
export const workloadsField = {
  name: 'SlipwayWorkloads',
  component: WorkloadsField,
  schema: listFieldSchema,
  validation: validateAt<Array<Record<string, unknown>>>(['spec', 'workloads']),
};

/** @internal */
export const databasesField = {
  name: 'SlipwayDatabases',
  component: DatabasesField,
  schema: listFieldSchema,
  validation: validateAt<Array<Record<string, unknown>>>(['spec', 'databases']),
};

/** @internal */
export const environmentsField = {
  name: 'SlipwayEnvironments',
  component: EnvironmentsField,
  schema: listFieldSchema,
  validation: validateAt<Array<Record<string, unknown>>>([
    'spec',
    'environments',
  ]),
};

/** @internal */
export const repositoryField = {
  name: 'SlipwayRepository',
  component: RepositoryField,
  schema: repositoryFieldSchema,
  validation: validateRepository,
};

/** @internal */
export const firstSpecField = {
  name: 'SlipwayFirstSpec',
  component: FirstSpecField,
  schema: firstSpecFieldSchema,
  validation: validateFirstSpec,
};

/** @internal */
export const planField = {
  name: 'SlipwayPlan',
  component: PlanField,
  schema: planFieldSchema,
  validation: validatePlan,
};

/** @internal */
export const adoptableField = {
  name: 'SlipwayAdoptable',
  component: AdoptableField,
  schema: adoptableFieldSchema,
  // The form would else say "is required" of each of the three.
  validation: validateAdoptable,
};
