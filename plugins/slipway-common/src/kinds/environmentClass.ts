import { z } from 'zod';
import { duration, entityRef, moneySchema, name, objectName } from './fields';
import { clusterResource } from './resource';
import { plainStatusSchema } from './status';

/** The kinds of route that an environment can be reached by. @public */
export const ROUTE_KINDS = [
  'Auto',
  'Ingress',
  'HTTPRoute',
  'IngressRoute',
] as const;

const specSchema = z
  .strictObject({
    description: z
      .string()
      .min(1)
      .max(1000)
      .describe('What the class is for, in a sentence.'),
    ttl: z
      .strictObject({
        default: duration().describe(
          'How long an environment lives when nobody says otherwise.',
        ),
        max: duration().describe('How long an environment may live at most.'),
      })
      .optional()
      .describe(
        'The lifetime of environments. Without it they live until they are removed.',
      ),
    approval: z
      .strictObject({
        required: z
          .boolean()
          .default(false)
          .describe(
            'Whether somebody has to approve before anything is created.',
          ),
        count: z
          .int()
          .min(1)
          .max(10)
          .default(1)
          .describe('How many different people have to approve.'),
        groups: z
          .array(entityRef())
          .max(50)
          .default([])
          .describe(
            'The groups whose members may approve. Empty: whoever holds the permission.',
          ),
        on: z
          .enum(['structure', 'every-release'])
          .default('structure')
          .describe(
            'Whether an approval lasts while only image revisions change, or is asked for on every release.',
          ),
      })
      .prefault({})
      .describe('Who has to agree.'),
    quota: name().describe('The QuotaProfile that bounds each environment.'),
    policies: z
      .array(name())
      .max(50)
      .default([])
      .describe('The PolicyPacks that each plan is checked with.'),
    delivery: z
      .strictObject({
        mode: z
          .enum(['direct', 'change-request'])
          .default('direct')
          .describe(
            'Whether rendered files are pushed or proposed as a change request.',
          ),
        form: z
          .enum(['rendered', 'chart'])
          .default('rendered')
          .describe('Whether objects or values of the chart are committed.'),
        selfHeal: z
          .boolean()
          .default(true)
          .describe(
            'Whether Argo CD puts changes in the cluster back by itself.',
          ),
      })
      .prefault({})
      .describe('How a release reaches the cluster.'),
    promotion: z
      .strictObject({
        automatic: z
          .strictObject({
            after: duration()
              .default('10m')
              .describe(
                'How long the release has to be healthy in the environment that it comes from.',
              ),
          })
          .optional()
          .describe(
            'Promotes by itself. Absent: somebody asks for each promotion.',
          ),
      })
      .optional()
      .describe(
        'How releases come in from the environment that the spec promotes from.',
      ),
    retain: z
      .strictObject({
        databases: z
          .boolean()
          .default(true)
          .describe('Whether databases outlive their environment.'),
      })
      .prefault({})
      .describe('What stays when an environment goes.'),
    cost: z
      .strictObject({
        base: moneySchema.describe(
          'The monthly cost of an environment before anything runs in it.',
        ),
      })
      .describe('What an environment costs.'),
    regions: z
      .array(name())
      .max(100)
      .default([])
      .describe('The regions in which environments may run. Empty: all.'),
    routes: z
      .strictObject({
        kind: z
          .enum(ROUTE_KINDS)
          .default('Auto')
          .describe(
            'The kind of route. Auto takes the first that the cluster has.',
          ),
        tls: z
          .strictObject({
            enabled: z
              .boolean()
              .default(true)
              .describe('Whether domains are served with TLS.'),
            issuer: objectName()
              .optional()
              .describe(
                "The cert-manager ClusterIssuer. Without it the cluster's default certificate is used.",
              ),
          })
          .prefault({})
          .describe('How connections are encrypted.'),
      })
      .prefault({})
      .describe('How domains reach the workloads.'),
  })
  .describe('The rules that environments of the class live by.');

/** The schema of an EnvironmentClass. @public */
export const environmentClassSchema = clusterResource('EnvironmentClass', {
  description:
    'A kind of environment: its lifetime, approval, quota, policies, delivery and cost.',
  spec: specSchema,
  status: plainStatusSchema,
});

/** A kind of environment. @public */
export type EnvironmentClass = z.output<typeof environmentClassSchema>;
/** An EnvironmentClass as it may be written, with defaults left out. @public */
export type EnvironmentClassInput = z.input<typeof environmentClassSchema>;
