import { createScaffolderFieldExtension } from '@backstage/plugin-scaffolder-react';
import {
  adoptableField,
  classField,
  databasesField,
  environmentsField,
  firstSpecField,
  organizationField,
  planField,
  repositoryField,
  serviceField,
  serviceNameField,
  workloadsField,
} from '../fields';
import { asLegacy } from './asLegacy';
import { slipwayPlugin } from './plugin';

/** The organization that a service belongs to. @public */
export const SlipwayOrganizationFieldExtension = slipwayPlugin.provide(
  createScaffolderFieldExtension(asLegacy(organizationField)),
);

/** The name of a service. @public */
export const SlipwayServiceNameFieldExtension = slipwayPlugin.provide(
  createScaffolderFieldExtension(asLegacy(serviceNameField)),
);

/** A service that is there already. @public */
export const SlipwayServiceFieldExtension = slipwayPlugin.provide(
  createScaffolderFieldExtension(asLegacy(serviceField)),
);

/** An Application that was made by hand and can be adopted. @public */
export const SlipwayAdoptableFieldExtension = slipwayPlugin.provide(
  createScaffolderFieldExtension(asLegacy(adoptableField)),
);

/** The class of an environment. @public */
export const SlipwayClassFieldExtension = slipwayPlugin.provide(
  createScaffolderFieldExtension(asLegacy(classField)),
);

/** The workloads of a service. @public */
export const SlipwayWorkloadsFieldExtension = slipwayPlugin.provide(
  createScaffolderFieldExtension(asLegacy(workloadsField)),
);

/** The databases of a service. @public */
export const SlipwayDatabasesFieldExtension = slipwayPlugin.provide(
  createScaffolderFieldExtension(asLegacy(databasesField)),
);

/** The environments of a service. @public */
export const SlipwayEnvironmentsFieldExtension = slipwayPlugin.provide(
  createScaffolderFieldExtension(asLegacy(environmentsField)),
);

/** A repository that is there already. @public */
export const SlipwayRepositoryFieldExtension = slipwayPlugin.provide(
  createScaffolderFieldExtension(asLegacy(repositoryField)),
);

/** What a repository runs, to begin with. @public */
export const SlipwayFirstSpecFieldExtension = slipwayPlugin.provide(
  createScaffolderFieldExtension(asLegacy(firstSpecField)),
);

/** The live plan, on the last page of a form. @public */
export const SlipwayPlanFieldExtension = slipwayPlugin.provide(
  createScaffolderFieldExtension(asLegacy(planField)),
);
