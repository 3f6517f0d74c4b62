import {
  LABELS,
  type NormalizedWorkload,
} from '@slipway/plugin-slipway-common';
import type {
  IAffinity,
  IContainer,
  IContainerPort,
  IEnvFromSource,
  IPodTemplateSpec,
  IResourceRequirements,
} from 'kubernetes-models/v1';
import {
  componentLabels,
  derived,
  fromSpec,
  type RenderContext,
  type Revision,
} from '../context';
import { from, type Traceable } from '../trace';
import { variablesOf } from '../variables';
import { probesOf } from './probes';
import { containerSecurity, podSecurity } from './security';
import { podVolumes } from './volumes';

/** Long enough for a request that was under way when a Pod was told to stop. */
const GRACE_SECONDS = 120;

/** Until then, every proxy has heard that the Pod is going. */
const PRE_STOP_SECONDS = 10;

/** The Pod of a workload whose gate is open. @internal */
export function podTemplate(
  context: RenderContext,
  workload: NormalizedWorkload,
  revision: Revision,
): Traceable<IPodTemplateSpec> {
  const { name } = workload;
  const path = (field: string) => context.paths.workload(name, field);
  const job = workload.kind === 'CronJob';
  const { volumes, volumeMounts } = podVolumes(context, workload);
  const ports = workload.ports.map(({ port }) => port);
  return {
    metadata: {
      labels: {
        ...componentLabels(context, { workload: name }),
        ...(workload.metrics && { 'prometheus.io/scrape': 'true' }),
      },
      annotations: workload.metrics && {
        'prometheus.io/scrape': 'true',
        'prometheus.io/port': derived<string>(
          path('metrics.port'),
          `${workload.metrics.port}`,
          'The port is a number in the spec and text here.',
        ),
        'prometheus.io/path': fromSpec(
          path('metrics.path'),
          workload.metrics.path,
        ),
      },
    },
    spec: {
      serviceAccountName: name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      runtimeClassName:
        workload.runtimeClass === undefined
          ? undefined
          : fromSpec(path('runtimeClass'), workload.runtimeClass),
      restartPolicy: job ? 'Never' : undefined,
      terminationGracePeriodSeconds: GRACE_SECONDS,
      securityContext: podSecurity({ ports }),
      affinity: job ? undefined : spread(LABELS.workload, name),
      containers: [container(context, workload, revision, volumeMounts)],
      volumes,
    },
  };
}

function container(
  context: RenderContext,
  workload: NormalizedWorkload,
  { revision, digest, source }: Revision,
  volumeMounts: ReturnType<typeof podVolumes>['volumeMounts'],
): Traceable<IContainer> {
  const { name, command, args } = workload;
  const path = (field: string) => context.paths.workload(name, field);
  const env = variablesOf(context, workload);
  const ports = workload.ports.map(
    ({ name: portName, port }, index): Traceable<IContainerPort> => ({
      name: portName,
      containerPort: fromSpec(context.paths.port(workload, index), port),
      protocol: 'TCP',
    }),
  );
  const job = workload.kind === 'CronJob';
  return {
    name,
    image: from<string>(
      source,
      `${workload.image.repository}:${revision}${digest ? `@${digest}` : ''}`,
    ),
    command: command && fromSpec(path('command'), command),
    args: args && fromSpec(path('args'), args),
    env: env.length > 0 ? env : undefined,
    envFrom:
      workload.envFrom.length > 0 ? envFrom(context, workload) : undefined,
    ports: ports.length > 0 ? ports : undefined,
    resources: resourcesOf(context, workload),
    ...(!job && probesOf(context, workload)),
    ...(!job && {
      lifecycle: { preStop: { sleep: { seconds: PRE_STOP_SECONDS } } },
    }),
    securityContext: containerSecurity(),
    volumeMounts,
  };
}

function envFrom(
  context: RenderContext,
  workload: NormalizedWorkload,
): Array<Traceable<IEnvFromSource>> {
  return workload.envFrom.map(({ secret, optional, prefix }, index) =>
    derived<IEnvFromSource>(
      context.paths.workload(workload.name, `envFrom[${index}]`),
      { prefix, secretRef: { name: secret, optional } },
      'A Secret is referred to by name; change the reference in the spec.',
    ),
  );
}

function resourcesOf(
  context: RenderContext,
  workload: NormalizedWorkload,
): Traceable<IResourceRequirements> {
  const { cpu, memory, limits } = workload.resources;
  const { gpu } = workload;
  const path = (field: string) => context.paths.workload(workload.name, field);
  const gpus =
    gpu &&
    derived<string>(
      path('gpu.count'),
      `${gpu.count}`,
      'The count is a number in the spec and text here.',
    );
  return {
    requests: {
      cpu: fromSpec(path('resources.cpu'), cpu),
      memory: fromSpec(path('resources.memory'), memory),
      ...(gpu && gpus && { [gpu.resource]: gpus }),
    },
    limits:
      limits || gpu
        ? {
            ...(limits?.cpu !== undefined && {
              cpu: fromSpec(path('resources.limits.cpu'), limits.cpu),
            }),
            ...(limits?.memory !== undefined && {
              memory: fromSpec(path('resources.limits.memory'), limits.memory),
            }),
            ...(gpu && gpus && { [gpu.resource]: gpus }),
          }
        : undefined,
  };
}

/** Pods of one kind on different nodes, where there are enough. @internal */
export function spread(label: string, value: string): IAffinity {
  return {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 100,
          podAffinityTerm: {
            labelSelector: { matchLabels: { [label]: value } },
            topologyKey: 'kubernetes.io/hostname',
          },
        },
      ],
    },
  };
}

/** @internal */
export { GRACE_SECONDS };
