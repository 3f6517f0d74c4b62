import { z } from 'zod';
import { bytes, cpu } from './fields';
import { clusterResource } from './resource';
import { plainStatusSchema } from './status';

const count = () => z.int().min(0).max(100_000);

const computeSchema = z.strictObject({
  cpu: cpu().optional().describe('CPU cores.'),
  memory: bytes().optional().describe('Memory.'),
});

const specSchema = z
  .strictObject({
    description: z
      .string()
      .max(1000)
      .optional()
      .describe('What the profile is for, in a sentence.'),
    hard: z
      .strictObject({
        'requests.cpu': cpu()
          .optional()
          .describe('CPU that all containers may request together.'),
        'requests.memory': bytes()
          .optional()
          .describe('Memory that all containers may request together.'),
        'limits.cpu': cpu()
          .optional()
          .describe('Sum of the CPU limits of all containers.'),
        'limits.memory': bytes()
          .optional()
          .describe('Sum of the memory limits of all containers.'),
        'requests.storage': bytes()
          .optional()
          .describe('Storage that all volume claims may request together.'),
        'requests.nvidia.com/gpu': count()
          .optional()
          .describe('GPUs that all containers may request together.'),
        pods: count().optional().describe('How many Pods may exist.'),
        services: count().optional().describe('How many Services may exist.'),
        persistentvolumeclaims: count()
          .optional()
          .describe('How many volume claims may exist.'),
        'services.loadbalancers': count()
          .optional()
          .describe('How many Services of type LoadBalancer may exist.'),
      })
      .describe('Hard limits of a namespace, named as in a ResourceQuota.'),
    limits: z
      .strictObject({
        default: computeSchema
          .optional()
          .describe('Limits of a container that states none.'),
        defaultRequest: computeSchema
          .optional()
          .describe('Requests of a container that states none.'),
        min: computeSchema
          .optional()
          .describe('The least that a container may request.'),
        max: computeSchema
          .optional()
          .describe('The most that a container may be limited to.'),
      })
      .optional()
      .describe('Limits of a single container, named as in a LimitRange.'),
  })
  .describe('How much a namespace may use.');

/** The schema of a QuotaProfile. @public */
export const quotaProfileSchema = clusterResource('QuotaProfile', {
  description:
    'How much an environment may use: becomes a ResourceQuota and a LimitRange.',
  spec: specSchema,
  status: plainStatusSchema,
});

/** How much an environment may use. @public */
export type QuotaProfile = z.output<typeof quotaProfileSchema>;
/** A QuotaProfile as it may be written, with defaults left out. @public */
export type QuotaProfileInput = z.input<typeof quotaProfileSchema>;
