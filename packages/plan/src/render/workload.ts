import {
  LABELS,
  type NormalizedWorkload,
} from '@slipway/plugin-slipway-common';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import type { ICronJob } from 'kubernetes-models/batch/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IService } from 'kubernetes-models/v1';
import { serves } from '../connections';
import {
  componentLabels,
  draft,
  fromSpec,
  type Draft,
  type RenderContext,
  type Revision,
} from '../context';
import { secretsName } from '../names';
import { podTemplate } from './pod';
import { renderRoutes } from './routes';
import { renderWorkloadSecrets } from './secrets';
import { hasDisk, renderClaims } from './volumes';

/** Tells Reloader to restart Pods when one of these Secrets changes. */
const RELOAD_ANNOTATION = 'secret.reloader.stakater.com/reload';

const APP_PROTOCOLS = {
  http: 'http',
  grpc: 'kubernetes.io/h2c',
  tcp: undefined,
} as const;

/** Everything that a workload becomes in `workload/`. @internal */
export function renderWorkload(
  context: RenderContext,
  workload: NormalizedWorkload,
): Draft[] {
  const revision = context.revisions.get(workload.name);
  return [
    ...renderWorkloadSecrets(context, workload),
    ...renderClaims(context, workload),
    ...renderService(context, workload),
    ...renderBudget(context, workload),
    ...(revision
      ? [
          workload.kind === 'CronJob'
            ? renderCronJob(context, workload, revision)
            : renderDeployment(context, workload, revision),
          ...renderAutoscaler(context, workload),
          ...renderRoutes(context, workload),
        ]
      : []),
  ];
}

function metadata(context: RenderContext, workload: NormalizedWorkload) {
  return {
    name: workload.name,
    namespace: context.namespace,
    labels: componentLabels(context, { workload: workload.name }),
  };
}

function about(workload: NormalizedWorkload, summary: string, field?: string) {
  const path = `workloads[${workload.name}]`;
  return {
    summary,
    source: { specPath: field === undefined ? path : `${path}.${field}` },
    workload: workload.name,
  };
}

function reloadAnnotations(
  workload: NormalizedWorkload,
): Record<string, string> | undefined {
  const secrets = [
    ...(workload.secrets.length > 0 ? [secretsName(workload.name)] : []),
    ...workload.envFrom.map(({ secret }) => secret),
  ];
  return secrets.length > 0
    ? { [RELOAD_ANNOTATION]: [...new Set(secrets)].sort().join(',') }
    : undefined;
}

function renderDeployment(
  context: RenderContext,
  workload: NormalizedWorkload,
  revision: Revision,
): Draft {
  const { name, autoscaling, replicas } = workload;
  return draft<IDeployment>(
    context,
    'workload',
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        ...metadata(context, workload),
        annotations: reloadAnnotations(workload),
      },
      spec: {
        // Whoever scales owns the number; written here it would be put back.
        replicas: autoscaling
          ? undefined
          : fromSpec(context.paths.workload(name, 'replicas'), replicas ?? 1),
        selector: { matchLabels: { [LABELS.workload]: name } },
        // A disk can't be mounted by the new Pod while the old one has it.
        strategy: hasDisk(workload)
          ? { type: 'Recreate' }
          : {
              type: 'RollingUpdate',
              rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
            },
        template: podTemplate(context, workload, revision),
      },
    },
    about(
      workload,
      `${workload.kind === 'Worker' ? 'worker' : 'deployment'} of ${workload.image.repository}:${revision.revision}`,
    ),
  );
}

function renderCronJob(
  context: RenderContext,
  workload: NormalizedWorkload,
  revision: Revision,
): Draft {
  const { name } = workload;
  const schedule = workload.schedule ?? '@daily';
  return draft<ICronJob>(
    context,
    'workload',
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: metadata(context, workload),
      spec: {
        schedule: fromSpec(context.paths.workload(name, 'schedule'), schedule),
        timeZone: 'Etc/UTC',
        concurrencyPolicy: 'Forbid',
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 3,
        jobTemplate: {
          metadata: {
            labels: componentLabels(context, { workload: name }),
          },
          spec: {
            backoffLimit: 3,
            template: podTemplate(context, workload, revision),
          },
        },
      },
    },
    about(
      workload,
      `${schedule} of ${workload.image.repository}:${revision.revision}`,
    ),
  );
}

function renderService(
  context: RenderContext,
  workload: NormalizedWorkload,
): Draft[] {
  if (!serves(workload)) {
    return [];
  }
  return [
    draft<IService>(
      context,
      'workload',
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: metadata(context, workload),
        spec: {
          type: 'ClusterIP',
          selector: { [LABELS.workload]: workload.name },
          ports: workload.ports.map(({ name, port, protocol }, index) => ({
            name,
            port: fromSpec(context.paths.port(workload, index), port),
            targetPort: name,
            protocol: 'TCP',
            appProtocol: APP_PROTOCOLS[protocol],
          })),
        },
      },
      about(
        workload,
        workload.ports
          .map(({ port, protocol }) => `${protocol} ${port}`)
          .join(', '),
      ),
    ),
  ];
}

function renderAutoscaler(
  context: RenderContext,
  workload: NormalizedWorkload,
): Draft[] {
  const { name, autoscaling, kind } = workload;
  if (!autoscaling || kind === 'CronJob') {
    return [];
  }
  const path = (field: string) =>
    context.paths.workload(name, `autoscaling.${field}`);
  return [
    draft<IHorizontalPodAutoscaler>(
      context,
      'workload',
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: metadata(context, workload),
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
          minReplicas: fromSpec(path('min'), autoscaling.min),
          maxReplicas: fromSpec(path('max'), autoscaling.max),
          metrics: [
            {
              type: 'Resource',
              resource: {
                name: 'cpu',
                target: {
                  type: 'Utilization',
                  averageUtilization: fromSpec(path('cpu'), autoscaling.cpu),
                },
              },
            },
          ],
        },
      },
      about(
        workload,
        `${autoscaling.min} to ${autoscaling.max} at ${autoscaling.cpu}% CPU`,
        'autoscaling',
      ),
    ),
  ];
}

function renderBudget(
  context: RenderContext,
  workload: NormalizedWorkload,
): Draft[] {
  const fewest = workload.autoscaling?.min ?? workload.replicas ?? 1;
  if (workload.kind === 'CronJob' || fewest < 2) {
    return [];
  }
  return [
    draft<IPodDisruptionBudget>(
      context,
      'workload',
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: metadata(context, workload),
        spec: {
          maxUnavailable: 1,
          selector: { matchLabels: { [LABELS.workload]: workload.name } },
        },
      },
      about(workload, 'one Pod at a time may be evicted'),
    ),
  ];
}
