import type { NormalizedWorkload } from '@slipway/plugin-slipway-common';
import type {
  IPersistentVolumeClaim,
  IVolume,
  IVolumeMount,
} from 'kubernetes-models/v1';
import { sortBy } from '../canonical';
import {
  componentLabels,
  derived,
  draft,
  fromSpec,
  type Draft,
  type RenderContext,
} from '../context';
import { claimName, volumeName } from '../names';
import type { Traceable } from '../trace';

type SpecVolume = NormalizedWorkload['volumes'][number] & { specPath: string };

/** Disks of one workload that say nothing of their size get this much. */
const DEFAULT_SIZE = '1Gi';

/** The volumes of a workload by path; of two with one path the first counts. */
function volumesOf(
  context: RenderContext,
  workload: NormalizedWorkload,
): SpecVolume[] {
  const byPath = new Map<string, SpecVolume>();
  workload.volumes.forEach((volume, index) => {
    if (!byPath.has(volume.path)) {
      byPath.set(volume.path, {
        ...volume,
        specPath: context.paths.workload(workload.name, `volumes[${index}]`),
      });
    }
  });
  return sortBy([...byPath.values()], ({ path }) => path);
}

/** Whether a workload has a disk, which only one node can mount. @internal */
export function hasDisk(workload: NormalizedWorkload): boolean {
  return workload.volumes.some(({ kind }) => kind === 'disk');
}

/** What goes into the Pod for the volumes of a workload. @internal */
export function podVolumes(
  context: RenderContext,
  workload: NormalizedWorkload,
): {
  volumes?: Array<Traceable<IVolume>>;
  volumeMounts?: Array<Traceable<IVolumeMount>>;
} {
  const volumes = volumesOf(context, workload);
  if (volumes.length === 0) {
    return {};
  }
  return {
    volumes: volumes.map(({ path, kind, size, specPath }) =>
      derived<IVolume>(
        specPath,
        kind === 'disk'
          ? {
              name: volumeName(path),
              persistentVolumeClaim: {
                claimName: claimName(workload.name, path),
              },
            }
          : {
              name: volumeName(path),
              emptyDir:
                size === undefined
                  ? {}
                  : { sizeLimit: fromSpec(`${specPath}.size`, size) },
            },
        'A volume is written by its path, kind and size.',
      ),
    ),
    volumeMounts: volumes.map(({ path, specPath }) => ({
      name: volumeName(path),
      mountPath: fromSpec(`${specPath}.path`, path),
    })),
  };
}

/** The claims of a workload's disks. @internal */
export function renderClaims(
  context: RenderContext,
  workload: NormalizedWorkload,
): Draft[] {
  return volumesOf(context, workload)
    .filter(({ kind }) => kind === 'disk')
    .map(({ path, size = DEFAULT_SIZE, specPath }) =>
      draft<IPersistentVolumeClaim>(
        context,
        'workload',
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: {
            name: claimName(workload.name, path),
            namespace: context.namespace,
            labels: componentLabels(context, { workload: workload.name }),
          },
          spec: {
            accessModes: ['ReadWriteOnce'],
            storageClassName: context.input.cluster.storageClass,
            resources: {
              requests: { storage: fromSpec(`${specPath}.size`, size) },
            },
          },
        },
        {
          summary: `disk of ${size} at ${path}`,
          source: { specPath },
          workload: workload.name,
        },
      ),
    );
}
