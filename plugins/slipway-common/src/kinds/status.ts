import { z } from 'zod';

/** One condition as Kubernetes writes it. @public */
export const conditionSchema = z
  .strictObject({
    type: z.string().max(316).describe('What the condition is about.'),
    status: z.enum(['True', 'False', 'Unknown']).describe('Whether it holds.'),
    reason: z
      .string()
      .max(1024)
      .describe('Why, in one CamelCase word for programs.'),
    message: z.string().max(32_768).describe('Why, in a sentence for people.'),
    observedGeneration: z
      .int()
      .min(0)
      .optional()
      .describe('The generation of the spec that was looked at.'),
    lastTransitionTime: z.iso
      .datetime({ offset: true })
      .describe('When the status last changed.'),
  })
  .describe('One observation about the resource.');

/** Conditions as a list that is merged by type. @internal */
export const conditionsField = z
  .array(conditionSchema)
  .max(32)
  .optional()
  .meta({
    description: 'What was observed, one entry per type.',
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['type'],
  });

/** The phases of an Organization and of a RepoBinding. @public */
export const PHASES = [
  'Pending',
  'Provisioning',
  'Ready',
  'Failed',
  'Deleting',
] as const;

/** Fields that the status of every kind has. @internal */
export const commonStatus = {
  observedGeneration: z
    .int()
    .min(0)
    .optional()
    .describe('The generation of the spec that this status is about.'),
  conditions: conditionsField,
};

/** The status of kinds that are only read, never provisioned. @internal */
export const plainStatusSchema = z
  .strictObject(commonStatus)
  .describe('What the control plane last observed. Never written in a file.');
