import {
  createFormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';

/*
 * Loaded when a form is opened: the fields bring the spec's schema with them.
 */

/** @internal */
export const organizationFormField = FormFieldBlueprint.make({
  name: 'organization',
  params: {
    field: async () =>
      createFormField((await import('../fields')).organizationField),
  },
});

/** @internal */
export const serviceNameFormField = FormFieldBlueprint.make({
  name: 'service-name',
  params: {
    field: async () =>
      createFormField((await import('../fields')).serviceNameField),
  },
});

/** @internal */
export const serviceFormField = FormFieldBlueprint.make({
  name: 'service',
  params: {
    field: async () =>
      createFormField((await import('../fields')).serviceField),
  },
});

/** @internal */
export const classFormField = FormFieldBlueprint.make({
  name: 'class',
  params: {
    field: async () => createFormField((await import('../fields')).classField),
  },
});

/** @internal */
export const adoptableFormField = FormFieldBlueprint.make({
  name: 'adoptable',
  params: {
    field: async () =>
      createFormField((await import('../fields')).adoptableField),
  },
});

/** @internal */
export const workloadsFormField = FormFieldBlueprint.make({
  name: 'workloads',
  params: {
    field: async () =>
      createFormField((await import('../fields')).workloadsField),
  },
});

/** @internal */
export const databasesFormField = FormFieldBlueprint.make({
  name: 'databases',
  params: {
    field: async () =>
      createFormField((await import('../fields')).databasesField),
  },
});

/** @internal */
export const environmentsFormField = FormFieldBlueprint.make({
  name: 'environments',
  params: {
    field: async () =>
      createFormField((await import('../fields')).environmentsField),
  },
});

/** @internal */
export const planFormField = FormFieldBlueprint.make({
  name: 'plan',
  params: {
    field: async () => createFormField((await import('../fields')).planField),
  },
});

/** @internal */
export const repositoryFormField = FormFieldBlueprint.make({
  name: 'repository',
  params: {
    field: async () =>
      createFormField((await import('../fields')).repositoryField),
  },
});

/** @internal */
export const firstSpecFormField = FormFieldBlueprint.make({
  name: 'first-spec',
  params: {
    field: async () =>
      createFormField((await import('../fields')).firstSpecField),
  },
});
