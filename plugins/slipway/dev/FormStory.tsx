import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import type { JsonValue } from '@backstage/types';
import {
  adoptableField,
  classField,
  databasesField,
  environmentsField,
  organizationField,
  planField,
  serviceField,
  serviceNameField,
  workloadsField,
} from '../src/fields';

const FIELDS = [
  adoptableField,
  classField,
  organizationField,
  serviceField,
  serviceNameField,
  workloadsField,
  databasesField,
  environmentsField,
  planField,
];

const field = (name: string, type: string, title: string) => ({
  type,
  title,
  'ui:field': name,
});

/** A template as one would write it: a page for each thing, the plan on the last. */
export const manifest = {
  title: 'New service',
  steps: [
    {
      title: 'Service',
      schema: {
        title: 'Service',
        type: 'object',
        required: ['organization', 'name', 'owner'],
        properties: {
          organization: field('SlipwayOrganization', 'string', 'Organization'),
          name: field('SlipwayServiceName', 'string', 'Name'),
          owner: { type: 'string', title: 'Owner' },
        },
      },
    },
    {
      title: 'Workloads and databases',
      schema: {
        title: 'Workloads and databases',
        type: 'object',
        required: ['workloads'],
        properties: {
          databases: field('SlipwayDatabases', 'array', 'Databases'),
          workloads: field('SlipwayWorkloads', 'array', 'Workloads'),
        },
      },
    },
    {
      title: 'Environments',
      schema: {
        title: 'Environments',
        type: 'object',
        properties: {
          environments: field('SlipwayEnvironments', 'array', 'Environments'),
        },
      },
    },
    {
      title: 'Plan',
      schema: {
        title: 'Plan',
        type: 'object',
        required: ['plan'],
        properties: { plan: field('SlipwayPlan', 'string', 'Plan') },
      },
    },
  ],
};

/** A template that changes a service that is there already. */
export const dayTwo = {
  title: 'Change a service',
  steps: [
    {
      title: 'Service',
      schema: {
        title: 'Service',
        type: 'object',
        required: ['organization', 'service'],
        properties: {
          organization: field('SlipwayOrganization', 'string', 'Organization'),
          service: field('SlipwayService', 'string', 'Service'),
        },
      },
    },
  ],
};

/** A template that takes over what was made by hand. */
export const adopt = {
  title: 'Adopt an application',
  steps: [
    {
      title: 'What is there',
      schema: {
        title: 'What is there',
        type: 'object',
        required: ['found'],
        properties: {
          found: field('SlipwayAdoptable', 'object', 'Application'),
        },
      },
    },
  ],
};

/** A template that asks for the class of one environment. */
export const oneMore = {
  title: 'Add an environment',
  steps: [
    {
      title: 'Where it runs',
      schema: {
        title: 'Where it runs',
        type: 'object',
        required: ['class'],
        properties: {
          class: field('SlipwayClass', 'string', 'Class'),
        },
      },
    },
  ],
};

/** A form that is filled in, for looking at a later page. */
export const filledIn: Record<string, JsonValue> = {
  organization: 'shop',
  name: 'invoices',
  owner: 'group:default/payments',
  skeleton: 'node-web',
  databases: [
    { name: 'orders', engine: 'postgres', version: '16', size: '1Gi' },
  ],
  workloads: [
    {
      name: 'web',
      image: { repository: 'registry.example.com/shop/invoices' },
      port: 8080,
      needs: ['orders'],
      resources: { cpu: '100m', memory: '128Mi' },
    },
  ],
  environments: [{ name: 'staging', class: 'shared-staging' }],
};

/** The fields in the scaffolder's own form. */
export const FormStory = (props: {
  manifest?: typeof manifest | typeof dayTwo | typeof adopt | typeof oneMore;
  initialState?: Record<string, JsonValue>;
  onCreate?: (values: Record<string, JsonValue>) => Promise<void>;
}) => (
  <Stepper
    manifest={props.manifest ?? manifest}
    extensions={FIELDS.map(({ name, component, validation }) => ({
      name,
      component,
      validation,
    }))}
    initialState={props.initialState ?? filledIn}
    onCreate={props.onCreate ?? (async () => {})}
  />
);
