import { DatabasesField } from './DatabasesField';
import { EnvironmentsField } from './EnvironmentsField';
import { OrganizationField } from './OrganizationField';
import { PlanField } from './PlanField';
import { validatePlan } from './planValidation';
import { listFieldSchema, planFieldSchema, textFieldSchema } from './schemas';
import { ServiceField } from './ServiceField';
import { ServiceNameField } from './ServiceNameField';
import { validateAt } from './validation';
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
export const planField = {
  name: 'SlipwayPlan',
  component: PlanField,
  schema: planFieldSchema,
  validation: validatePlan,
};
