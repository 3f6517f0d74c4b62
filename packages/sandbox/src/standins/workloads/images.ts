import {
  JsonObject,
  objectAt,
  objectsAt,
  stringAt,
} from '../../apiserver/json';
import { KubeObject } from '../../apiserver/types';
import { ClusterClient } from '../client';

/** How a container behaves: its image's tag decides, so that a person can see each outcome. */
export type Behaviour = 'runs' | 'missing' | 'crashes';

export function behaviourOf(image: string): Behaviour {
  const tag = image.split('/').pop()!.split(':').slice(1).join(':');
  if (tag.includes('missing')) return 'missing';
  return tag.includes('crash') ? 'crashes' : 'runs';
}

/** On a Pod: the name of the container that fails, whatever its image. */
export const FAILS = 'sandbox.slipway.dev/fails-container';
/** On a Pod: what the failing container says before it ends. */
export const FAILS_WITH = 'sandbox.slipway.dev/fails-with';

/** How a container of a Pod behaves: its image's tag decides, unless the Pod says that it fails. */
export function behaviourIn(pod: KubeObject, container: JsonObject): Behaviour {
  return pod.metadata.annotations?.[FAILS] === container.name
    ? 'crashes'
    : behaviourOf(String(container.image));
}

/** The first Secret or ConfigMap that a container needs and the namespace doesn't hold. */
export function missingReference(
  client: ClusterClient,
  pod: KubeObject,
  container: JsonObject,
): string | undefined {
  const { namespace } = pod.metadata;
  const references: { resource: string; ref: JsonObject | undefined }[] = [];
  for (const env of objectsAt(container, 'env')) {
    references.push({
      resource: 'secrets',
      ref: objectAt(env, 'valueFrom', 'secretKeyRef'),
    });
    references.push({
      resource: 'configmaps',
      ref: objectAt(env, 'valueFrom', 'configMapKeyRef'),
    });
  }
  for (const from of objectsAt(container, 'envFrom')) {
    references.push({ resource: 'secrets', ref: objectAt(from, 'secretRef') });
    references.push({
      resource: 'configmaps',
      ref: objectAt(from, 'configMapRef'),
    });
  }
  for (const { resource, ref } of references) {
    if (!ref || ref.optional === true) continue;
    const name = String(ref.name);
    const found = client.get(resource, namespace, name);
    const what = resource === 'secrets' ? 'secret' : 'configmap';
    if (!found) return `${what} "${name}" not found`;
    const key = stringAt(ref, 'key');
    if (key && objectAt(found, 'data')?.[key] === undefined) {
      return `couldn't find key ${key} in ${resource === 'secrets' ? 'Secret' : 'ConfigMap'} ${namespace}/${name}`;
    }
  }
  return undefined;
}

/** The first volume that can't be mounted, because what it is made of isn't there. */
export function missingVolume(
  client: ClusterClient,
  pod: KubeObject,
): string | undefined {
  const { namespace } = pod.metadata;
  for (const volume of objectsAt(pod, 'spec', 'volumes')) {
    const secret = objectAt(volume, 'secret');
    const map = objectAt(volume, 'configMap');
    const claim = objectAt(volume, 'persistentVolumeClaim');
    if (
      secret &&
      secret.optional !== true &&
      !client.get('secrets', namespace, String(secret.secretName))
    ) {
      return `secret "${String(secret.secretName)}" not found`;
    }
    if (
      map &&
      map.optional !== true &&
      !client.get('configmaps', namespace, String(map.name))
    ) {
      return `configmap "${String(map.name)}" not found`;
    }
    if (claim) {
      const found = client.get(
        'persistentvolumeclaims',
        namespace,
        String(claim.claimName),
      );
      if (!found)
        return `persistentvolumeclaim "${String(claim.claimName)}" not found`;
      if (stringAt(found, 'status', 'phase') !== 'Bound')
        return 'pod has unbound immediate PersistentVolumeClaims';
    }
  }
  return undefined;
}

/** The text that stands for a container's log. */
export function containerLog(
  pod: KubeObject,
  container: string,
  options: { tailLines?: number; previous: boolean },
): string {
  const spec = [
    ...objectsAt(pod, 'spec', 'containers'),
    ...objectsAt(pod, 'spec', 'initContainers'),
  ].find(one => one.name === container);
  const status = objectsAt(pod, 'status', 'containerStatuses').find(
    one => one.name === container,
  );
  const started =
    stringAt(status, 'state', 'running', 'startedAt') ??
    stringAt(status, 'state', 'terminated', 'startedAt') ??
    pod.metadata.creationTimestamp;
  const image = String(spec?.image);
  const lines = [
    `${started} [sandbox] container "${container}" of image ${image}`,
    `${started} [sandbox] this is a stand-in: the sandbox runs no images, a real cluster shows the program's own log here`,
  ];
  const words = pod.metadata.annotations?.[FAILS_WITH];
  if (words && pod.metadata.annotations?.[FAILS] === container) {
    lines.push(
      ...words
        .trimEnd()
        .split('\n')
        .map(line => `${started} ${line}`),
      `${started} [sandbox] exit status 1`,
    );
  } else if (spec && behaviourIn(pod, spec) === 'crashes') {
    lines.push(
      behaviourOf(image) === 'crashes'
        ? `${started} [sandbox] panic: the image's tag contains "crash"`
        : `${started} [sandbox] panic: the annotation ${FAILS} names this container`,
      `${started} [sandbox] exit status 1`,
    );
  } else if (stringAt(pod, 'spec', 'restartPolicy') === 'Never') {
    lines.push(
      stringAt(status, 'state', 'running', 'startedAt')
        ? `${started} [sandbox] working`
        : `${started} [sandbox] done, exit status 0`,
    );
  } else {
    lines.push(`${started} [sandbox] started, ready for requests`);
  }
  const kept =
    options.tailLines === undefined
      ? lines
      : lines.slice(Math.max(0, lines.length - options.tailLines));
  return kept.length ? `${kept.join('\n')}\n` : '';
}
