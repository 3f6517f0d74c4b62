import { z } from 'zod';
import { name, objectName } from './fields';

/** What Slipway may begin to enforce in a namespace that was there before. @public */
export const ADOPTED_GUARDS = ['pod-security', 'quota', 'network'] as const;

const identity = {
  apiVersion: z
    .string()
    .min(1)
    .max(128)
    .describe('The API version, such as apps/v1.'),
  kind: z.string().min(1).max(63).describe('The kind.'),
};

const keptSchema = z
  .looseObject({
    ...identity,
    metadata: z
      .looseObject({ name: objectName().describe('The name of the object.') })
      .meta({
        description: 'Name, labels and annotations.',
        'x-kubernetes-preserve-unknown-fields': true,
      }),
  })
  .meta({
    description: 'A Kubernetes object as it is in the namespace.',
    'x-kubernetes-preserve-unknown-fields': true,
  });

const leftSchema = z
  .strictObject({
    ...identity,
    name: objectName().describe('The name of the object.'),
  })
  .describe('An object that stays where it is, outside of Git.');

/** What was there before Slipway, and becomes an environment. Not marked internal: the public type is made from it. */
export const adoptSchema = z
  .strictObject({
    namespace: name().describe(
      'The namespace that is there; it stays the environment’s for good.',
    ),
    application: objectName().describe(
      'The Argo CD Application that delivers to it, in the namespace of Argo CD. It keeps its name and gets a new source.',
    ),
    repoURL: z
      .string()
      .min(1)
      .max(1024)
      .optional()
      .describe(
        'The repository that the Application must read from until then. Absent: any.',
      ),
    keep: z
      .array(keptSchema)
      .max(100)
      .default([])
      .describe(
        'Objects of the Application that no workload stands for. They go into Git as they are, and are never pruned.',
      ),
    leave: z
      .array(leftSchema)
      .max(100)
      .default([])
      .describe(
        'Objects of the Application that must not go into Git, such as a Secret. Argo CD no longer looks at their kinds in this environment.',
      ),
    enforce: z
      .array(z.enum(ADOPTED_GUARDS))
      .max(ADOPTED_GUARDS.length)
      .default([])
      .describe(
        'What Slipway enforces in the namespace already: pod-security, quota (with container limits) and network (nothing but what needs open). Absent: nothing that what runs might not stand.',
      ),
  })
  .describe(
    'An Application and a namespace that were made by hand and come under Slipway without a restart. Belongs to the environment from its beginning.',
  );

/** What was there before Slipway, and becomes an environment. @public */
export type Adoption = z.output<typeof adoptSchema>;
