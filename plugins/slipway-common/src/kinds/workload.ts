import { z } from 'zod';
import {
  hostname,
  namedList,
  need,
  objectName,
  portNumber,
  serviceName,
} from './fields';
import {
  autoscalingSchema,
  envFromSchema,
  envSchema,
  gpuSchema,
  imageOverrideSchema,
  imageSchema,
  metricsSchema,
  patchSchema,
  portSchema,
  probesSchema,
  resourcesOverrideSchema,
  resourcesSchema,
  secretSchema,
  sourceSchema,
  volumeSchema,
} from './workloadParts';

/** What a workload can run as. @public */
export const WORKLOAD_KINDS = ['Deployment', 'CronJob', 'Worker'] as const;

/*
 * Defaults are put on in `workloadSchema` only. An override has the same
 * fields without defaults: a field that it doesn't name must stay absent, or
 * it would undo what the workload says.
 */
const fields = {
  port: portNumber().describe(
    'Short for one http port named http. Excludes ports.',
  ),
  ports: namedList(portSchema, 20).describe(
    'The ports that the workload listens on.',
  ),
  domains: z
    .array(hostname())
    .max(50)
    .describe(
      'Host names under which the first http or grpc port is reached from outside.',
    ),
  needs: z
    .array(need())
    .max(100)
    .describe(
      'What the workload talks to: a workload or database of this service, organization/service[/workload], or host:port. Opens exactly that, and sets the address variables.',
    ),
  volumes: z
    .array(volumeSchema)
    .max(20)
    .describe('Folders that the workload can write to; the rest is read-only.'),
  replicas: z
    .int()
    .min(0)
    .max(1000)
    .describe('How many run; 1 when absent. Excludes autoscaling.'),
  env: namedList(envSchema, 200).describe('Environment variables.'),
  envFrom: z
    .array(envFromSchema)
    .max(20)
    .describe('Whole Secrets as environment variables.'),
  secrets: namedList(secretSchema, 100).describe(
    'Secrets by reference, as environment variables.',
  ),
  command: z
    .array(z.string().max(4096))
    .max(100)
    .describe("Replaces the image's entrypoint."),
  args: z
    .array(z.string().max(4096))
    .max(100)
    .describe("Replaces the image's arguments."),
  schedule: z
    .string()
    .min(1)
    .max(100)
    .describe(
      'When a CronJob runs, as five cron fields or a macro such as @daily.',
    ),
  runtimeClass: objectName().describe(
    'The RuntimeClass that the Pods run with.',
  ),
  patches: z
    .array(patchSchema)
    .max(50)
    .describe('JSON patches over the rendered objects, where no field fits.'),
};

/** A workload. Not marked internal: the public type is made from it, and internal declarations are stripped. */
export const workloadSchema = z
  .strictObject({
    name: serviceName().describe(
      'The name, unique among workloads and databases of the service.',
    ),
    kind: z
      .enum(WORKLOAD_KINDS)
      .default('Deployment')
      .describe(
        'A Deployment serves, a Worker runs without being called, a CronJob runs on a schedule.',
      ),
    source: sourceSchema.optional(),
    image: imageSchema,
    port: fields.port.optional(),
    ports: fields.ports.default([]),
    domains: fields.domains.default([]),
    needs: fields.needs.default([]),
    volumes: fields.volumes.default([]),
    replicas: fields.replicas.optional(),
    autoscaling: autoscalingSchema.optional(),
    resources: resourcesSchema,
    probes: probesSchema.optional(),
    env: fields.env.default([]),
    envFrom: fields.envFrom.default([]),
    secrets: fields.secrets.default([]),
    command: fields.command.optional(),
    args: fields.args.optional(),
    schedule: fields.schedule.optional(),
    metrics: metricsSchema.optional(),
    gpu: gpuSchema.optional(),
    runtimeClass: fields.runtimeClass.optional(),
    migrations: z
      .boolean()
      .optional()
      .describe(
        'Whether a new revision changes the schema of its database when it starts. A rollback warns of it.',
      ),
    patches: fields.patches.default([]),
  })
  .meta({
    description: 'Something that runs.',
    // Those rules of the parser that an API server can check for itself.
    'x-kubernetes-validations': [
      {
        rule: '!has(self.port) || size(self.ports) == 0',
        message: 'give either port or ports',
      },
      {
        rule: '!has(self.replicas) || !has(self.autoscaling)',
        message: 'give either replicas or autoscaling',
      },
      {
        rule: "(self.kind == 'CronJob') == has(self.schedule)",
        message: 'a CronJob has a schedule, and nothing else has',
      },
    ],
  });

/** An override of a workload; see `workloadSchema`. */
export const workloadOverrideSchema = z
  .strictObject({
    name: serviceName().describe('The workload that differs.'),
    image: imageOverrideSchema.optional(),
    port: fields.port.optional(),
    ports: fields.ports.optional(),
    domains: fields.domains.optional(),
    needs: fields.needs.optional(),
    volumes: fields.volumes.optional(),
    replicas: fields.replicas.optional(),
    autoscaling: autoscalingSchema.optional(),
    resources: resourcesOverrideSchema.optional(),
    probes: probesSchema.optional(),
    env: fields.env.optional(),
    envFrom: fields.envFrom.optional(),
    secrets: fields.secrets.optional(),
    command: fields.command.optional(),
    args: fields.args.optional(),
    schedule: fields.schedule.optional(),
    metrics: metricsSchema.optional(),
    gpu: gpuSchema.optional(),
    runtimeClass: fields.runtimeClass.optional(),
    patches: fields.patches.optional(),
  })
  .describe(
    'What differs in one workload. image and resources are merged by field, env and secrets by name; any other field replaces.',
  );

/** Something that runs. @public */
export type Workload = z.output<typeof workloadSchema>;
/** What differs in one workload of an environment. @public */
export type WorkloadOverride = z.output<typeof workloadOverrideSchema>;
