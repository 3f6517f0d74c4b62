import { z } from 'zod';
import {
  absolutePath,
  branch,
  bytes,
  cpu,
  gitRepository,
  imageRepository,
  objectName,
  patternText,
  portNumber,
  relativePath,
  secretReferenceSchema,
  urlPath,
  variableName,
} from './fields';

/** The protocols that a port can speak. @public */
export const PORT_PROTOCOLS = ['http', 'grpc', 'tcp'] as const;

export const sourceSchema = z
  .strictObject({
    repository: gitRepository().describe(
      "The code repository: its path at the organization's Git host, or a URL.",
    ),
    branch: branch().default('main').describe('The branch that is built.'),
    path: relativePath()
      .default('.')
      .describe(
        'The folder that is built, relative to the root of the repository.',
      ),
    dockerfile: relativePath()
      .default('Dockerfile')
      .describe('The Dockerfile, relative to that folder.'),
  })
  .describe('What the image is built from. Absent when it is built elsewhere.');

const imageFields = {
  repository: imageRepository().describe(
    'The image repository, without tag or digest.',
  ),
  revision: patternText(
    /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/,
    128,
    'an image tag such as a commit SHA or v1.2.3',
  )
    .optional()
    .describe(
      'The image tag to run. Without one, here or in the release, the build gate is closed: no Deployment and no route.',
    ),
  digest: patternText(
    /^sha256:[a-f0-9]{64}$/,
    71,
    'sha256: and 64 hexadecimal digits',
  )
    .optional()
    .describe('The digest that the tag must resolve to.'),
};

export const imageSchema = z
  .strictObject(imageFields)
  .describe('The image to run.');

export const imageOverrideSchema = z
  .strictObject({
    ...imageFields,
    repository: imageFields.repository.optional(),
  })
  .describe('What differs in the image.');

export const portSchema = z
  .strictObject({
    name: patternText(
      /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
      15,
      'lower-case letters and digits, joined by single hyphens, starting with a letter, at most 15 characters',
    ).describe('The name of the port, unique in the workload.'),
    port: portNumber().describe('The number that the container listens on.'),
    protocol: z
      .enum(PORT_PROTOCOLS)
      .default('http')
      .describe('What is spoken on it.'),
  })
  .describe('A port that the workload listens on.');

/** A port that a workload listens on. @public */
export type WorkloadPort = z.output<typeof portSchema>;

export const volumeSchema = z
  .strictObject({
    path: absolutePath().describe('Where the volume is mounted.'),
    kind: z
      .enum(['temp', 'disk'])
      .default('temp')
      .describe(
        'temp is emptied with the Pod; disk is a volume claim that stays.',
      ),
    size: bytes()
      .optional()
      .describe(
        'How large it is. Required for disk; for temp the most it may hold.',
      ),
  })
  .describe('A folder that the workload can write to.');

export const autoscalingSchema = z
  .strictObject({
    min: z.int().min(1).max(1000).describe('The fewest replicas.'),
    max: z.int().min(1).max(1000).describe('The most replicas.'),
    cpu: z
      .int()
      .min(1)
      .max(100)
      .default(80)
      .describe('The CPU use, in percent of the request, that is aimed for.'),
  })
  .describe('Replicas that follow the load. Excludes replicas.');

const limitsSchema = z
  .strictObject({
    cpu: cpu().optional().describe('The most CPU a container gets.'),
    memory: bytes()
      .optional()
      .describe('The memory beyond which a container is stopped.'),
  })
  .describe('Upper bounds of each container.');

export const resourcesSchema = z
  .strictObject({
    cpu: cpu().describe('CPU that each replica requests.'),
    memory: bytes().describe('Memory that each replica requests.'),
    limits: limitsSchema.optional(),
  })
  .describe('What each replica needs.');

export const resourcesOverrideSchema = z
  .strictObject({
    cpu: cpu().optional().describe('CPU that each replica requests.'),
    memory: bytes().optional().describe('Memory that each replica requests.'),
    limits: limitsSchema.optional(),
  })
  .describe('What differs in what each replica needs.');

const probeSchema = z.strictObject({
  type: z
    .enum(['http', 'grpc', 'tcp', 'exec'])
    .describe('How the container is asked.'),
  port: portNumber()
    .optional()
    .describe("The port that is asked. Absent: the workload's first port."),
  path: urlPath()
    .optional()
    .describe('The path of an http probe; / when absent.'),
  headers: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(256).describe('The name of the header.'),
        value: z.string().max(4096).describe('The value of the header.'),
      }),
    )
    .max(20)
    .optional()
    .describe('Headers of an http probe.'),
  service: z
    .string()
    .max(253)
    .optional()
    .describe('The service name that a grpc probe sends.'),
  command: z
    .array(z.string().max(4096))
    .min(1)
    .max(100)
    .optional()
    .describe('The command of an exec probe.'),
  initialDelaySeconds: z
    .int()
    .min(0)
    .max(86_400)
    .optional()
    .describe('Seconds before the first probe.'),
  periodSeconds: z
    .int()
    .min(1)
    .max(86_400)
    .optional()
    .describe('Seconds between probes.'),
  timeoutSeconds: z
    .int()
    .min(1)
    .max(86_400)
    .optional()
    .describe('Seconds after which a probe has failed.'),
  failureThreshold: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe('Failures in a row that count.'),
  successThreshold: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe('Successes in a row that count; more than 1 for readiness only.'),
});

/** How a container is asked whether it is well. @public */
export type Probe = z.output<typeof probeSchema>;

export const probesSchema = z
  .strictObject({
    startup: probeSchema
      .optional()
      .describe('Until it succeeds the other two are not asked.'),
    readiness: probeSchema
      .optional()
      .describe(
        'While it fails no traffic is sent. Absent: the first port is tried over TCP.',
      ),
    liveness: probeSchema
      .optional()
      .describe('When it fails the container is restarted.'),
  })
  .describe('How Kubernetes learns whether the workload is well.');

export const envSchema = z
  .strictObject({
    name: variableName().describe('The name of the variable.'),
    value: z
      .string()
      .max(32_768)
      .describe(
        'Its value, as text. Secrets belong under secrets, by reference.',
      ),
  })
  .describe('An environment variable.');

export const envFromSchema = z
  .strictObject({
    secret: objectName().describe("A Secret in the environment's namespace."),
    optional: z
      .boolean()
      .default(false)
      .describe('Whether the workload may start without it.'),
    prefix: variableName()
      .optional()
      .describe('A prefix for the names of the variables.'),
  })
  .describe('A whole Secret as environment variables.');

export const secretSchema = z
  .strictObject({
    name: variableName().describe(
      'The environment variable that carries the secret.',
    ),
    from: secretReferenceSchema,
  })
  .describe('A secret by reference.');

export const metricsSchema = z
  .strictObject({
    port: portNumber().describe('The port that Prometheus scrapes.'),
    path: urlPath().default('/metrics').describe('The path that it asks for.'),
  })
  .describe(
    'Metrics in the Prometheus format; the network policy lets Prometheus in.',
  );

export const gpuSchema = z
  .strictObject({
    count: z.int().min(1).max(64).describe('How many each replica gets.'),
    resource: patternText(
      /^[a-z0-9.-]+\/[A-Za-z0-9._-]+$/,
      253,
      'an extended resource such as nvidia.com/gpu',
    )
      .default('nvidia.com/gpu')
      .describe('The extended resource that the device plugin offers.'),
  })
  .describe('GPUs of each replica.');

export const patchSchema = z
  .strictObject({
    target: z
      .strictObject({
        kind: z
          .string()
          .min(1)
          .max(63)
          .describe('The kind of the rendered object.'),
        name: objectName()
          .optional()
          .describe(
            'The name of the rendered object. Absent: every object of the kind that belongs to the workload.',
          ),
      })
      .describe('The rendered object that is changed.'),
    patch: z
      .array(
        z.strictObject({
          op: z
            .enum(['add', 'remove', 'replace', 'test'])
            .describe('The operation.'),
          path: patternText(
            /^(\/[^/]*)+$/,
            1024,
            'a JSON pointer such as /spec/replicas',
          ).describe('A JSON pointer into the object.'),
          value: z.unknown().optional().meta({
            description: 'The new value; any JSON.',
            'x-kubernetes-preserve-unknown-fields': true,
          }),
        }),
      )
      .min(1)
      .max(100)
      .describe('JSON Patch operations (RFC 6902), applied in order.'),
  })
  .describe(
    'A JSON patch over rendered objects, checked by policy like the rest.',
  );
