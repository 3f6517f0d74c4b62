import type { Found } from './Found';
import { kindOf, nameOf } from './kubernetesRoutes';
import type { Ledger } from './Ledger';
import { DISK } from './parts';
import type { FirstWorkload } from './types';

type Volume = NonNullable<FirstWorkload['volumes']>[number];

/** Replicas, autoscaling, schedule. */
export function sizeOf(
  at: Found,
  scalers: readonly Found[],
  owner: string,
  ledger: Ledger,
): Partial<FirstWorkload> {
  const spec = at.at('spec');
  if (kindOf(at) === 'CronJob')
    return { schedule: spec.at('schedule').text() ?? '@daily' };
  const scaler = scalers.find(
    one =>
      one.at('spec', 'scaleTargetRef', 'kind').text() === kindOf(at) &&
      one.at('spec', 'scaleTargetRef', 'name').text() === nameOf(at),
  );
  if (!scaler) {
    const replicas = spec.at('replicas').whole();
    return replicas === undefined ? {} : { replicas };
  }
  ledger.took(scaler);
  const bounds = scaler.at('spec');
  let cpu = bounds.at('targetCPUUtilizationPercentage').whole();
  for (const metric of bounds.at('metrics').list()) {
    const target = metric
      .at('resource', 'target', 'averageUtilization')
      .whole();
    if (metric.at('resource', 'name').text() === 'cpu' && target !== undefined)
      cpu = target;
    else
      ledger.leave(
        metric,
        `${owner}: a metric of its autoscaler`,
        'workloads are scaled by their use of CPU',
      );
  }
  if (bounds.at('behavior').exists)
    ledger.leave(
      bounds.at('behavior'),
      `${owner}: behavior of its autoscaler`,
      'Kubernetes’ own behaviour is used',
    );
  const min = Math.max(1, bounds.at('minReplicas').whole() ?? 1);
  return {
    autoscaling: {
      min,
      max: Math.max(min, bounds.at('maxReplicas').whole() ?? min),
      ...(cpu !== undefined && { cpu }),
    },
  };
}

/** Folders that the container writes to. */
export function disksOf(
  at: Found,
  template: Found,
  container: Found,
  claims: readonly Found[],
  owner: string,
  ledger: Ledger,
): Volume[] {
  const templates = at.at('spec', 'volumeClaimTemplates').list();
  const volumes = template.at('spec', 'volumes').list();
  const result: Volume[] = [];
  for (const mount of container.at('volumeMounts').list()) {
    const name = mount.at('name').text();
    const path = mount.at('mountPath').text() ?? '';
    const volume = volumes.find(one => one.at('name').text() === name);
    const claimName = volume?.at('persistentVolumeClaim', 'claimName').text();
    const claim =
      templates.find(one => nameOf(one) === name) ??
      claims.find(one => claimName !== undefined && nameOf(one) === claimName);
    const empty = volume?.at('emptyDir');
    if (mount.at('subPath').exists) {
      ledger.leave(
        mount,
        `${owner}: ${path}`,
        'a volume is mounted as a whole, without subPath',
      );
    } else if (claim || claimName !== undefined) {
      const size = claim?.at('spec', 'resources', 'requests', 'storage').text();
      if (claim) ledger.took(claim);
      if (size === undefined)
        ledger.leave(
          mount,
          `${owner}: the size of ${path}`,
          `its claim is not among the files that were read; ${DISK} is offered`,
        );
      ledger.leave(
        mount,
        `${owner}: what lies in ${path}`,
        'the disk is a new one; copy the data before you switch over',
      );
      result.push({ path, kind: 'disk', size: size ?? DISK });
    } else if (empty && volume?.fields().some(([key]) => key === 'emptyDir')) {
      const size = empty.at('sizeLimit').text();
      if (empty.at('medium').exists)
        ledger.leave(
          empty.at('medium'),
          `${owner}: ${path} in memory`,
          'a temp volume lies on the disk of the node',
        );
      result.push({ path, kind: 'temp', ...(size !== undefined && { size }) });
    } else {
      const kind = volume?.fields().find(([key]) => key !== 'name')?.[0];
      ledger.leave(
        mount,
        `${owner}: ${path}`,
        `a workload mounts no ${kind ?? 'volume that is not declared'}; give values as env, secrets by reference`,
      );
    }
  }
  return result;
}
