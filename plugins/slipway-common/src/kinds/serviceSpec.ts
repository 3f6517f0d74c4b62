import { z } from 'zod';
import { adoptSchema } from './adopt';
import { databaseOverrideSchema, databaseSchema } from './database';
import { duration, entityRef, name, namedList } from './fields';
import { PIPELINE_ENGINES } from './organization';
import { namespacedResource } from './resource';
import { plainStatusSchema } from './status';
import { workloadOverrideSchema, workloadSchema } from './workload';

/** The lifecycles that a service can be in, as in the catalog. @public */
export const LIFECYCLES = ['experimental', 'production', 'deprecated'] as const;

const environmentSchema = z
  .strictObject({
    name: name().describe('The name, unique in the service.'),
    class: name().describe('The EnvironmentClass that it follows.'),
    cluster: name()
      .optional()
      .describe(
        'The cluster that it runs on. Absent: the first whose region the class allows.',
      ),
    promoteFrom: name()
      .optional()
      .describe('The environment whose release is promoted to this one.'),
    overrides: z
      .strictObject({
        workloads: namedList(workloadOverrideSchema, 50)
          .default([])
          .describe('Workloads that differ, by name.'),
        databases: namedList(databaseOverrideSchema, 20)
          .default([])
          .describe('Databases that differ, by name.'),
      })
      .optional()
      .describe('What differs from the rest of the spec.'),
    ttl: duration()
      .optional()
      .describe("How long it lives. Absent: the class's default."),
    adopt: adoptSchema.optional(),
  })
  .describe('A place where the service runs.');

const specSchema = z
  .strictObject({
    organization: name().describe(
      'The organization that the service belongs to.',
    ),
    owner: entityRef().describe('The group that owns the service.'),
    system: entityRef()
      .optional()
      .describe('The System of the catalog that the service is part of.'),
    description: z
      .string()
      .max(1000)
      .optional()
      .describe('What the service does, in a sentence.'),
    lifecycle: z
      .enum(LIFECYCLES)
      .default('experimental')
      .describe('How far along the service is, as in the catalog.'),
    workloads: namedList(workloadSchema, 50).default([]).describe('What runs.'),
    databases: namedList(databaseSchema, 20)
      .default([])
      .describe('The databases that belong to the service.'),
    pipeline: z
      .strictObject({
        engine: z
          .enum(PIPELINE_ENGINES)
          .optional()
          .describe(
            "What runs the pipeline. Absent: the organization's engine.",
          ),
        template: name()
          .optional()
          .describe('The pipeline template of the catalog that it follows.'),
      })
      .optional()
      .describe(
        'How the service is built, where it differs from the organization.',
      ),
    environments: namedList(environmentSchema, 50)
      .default([])
      .describe('Where it runs.'),
  })
  .describe('What a team declares.');

/** The schema of a ServiceSpec. @public */
export const serviceSpecSchema = namespacedResource('ServiceSpec', {
  description:
    'A service as its team declares it: workloads, databases and the environments they run in.',
  spec: specSchema,
  status: plainStatusSchema,
});

/** A service as its team declares it. @public */
export type ServiceSpec = z.output<typeof serviceSpecSchema>;
/** A ServiceSpec as it may be written, with defaults left out. @public */
export type ServiceSpecInput = z.input<typeof serviceSpecSchema>;
/** A place where a service runs. @public */
export type ServiceEnvironment = z.output<typeof environmentSchema>;
