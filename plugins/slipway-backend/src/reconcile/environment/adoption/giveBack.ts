import {
  ADOPTED_ANNOTATION,
  ADOPTING_ANNOTATION,
  CLASS_LABEL,
  OWNER_ANNOTATION,
} from '@slipway/plan';
import { LABELS, type ObjectIdentity } from '@slipway/plugin-slipway-common';
import {
  formerOf,
  mergePatchBetween,
} from '../../../domain/environment/adoption';
import type { KubernetesObject } from '../../../ports/Clusters';
import type { EnvironmentRun } from '../EnvironmentRun';
import { isOurs } from '../ours';

/** Everything that Slipway writes on what was there before. */
const OUR_LABELS = [
  ...Object.values(LABELS),
  'app.kubernetes.io/part-of',
  CLASS_LABEL,
];
const POD_SECURITY = ['enforce', 'audit', 'warn'].map(
  mode => `pod-security.kubernetes.io/${mode}`,
);

const nothing = (keys: readonly string[]) =>
  Object.fromEntries(keys.map(key => [key, null]));

/** Whether an Application is this environment's to give back: handed over, or only paused. */
export function isHeld(
  run: EnvironmentRun,
  application: KubernetesObject | undefined,
): boolean {
  return (
    application !== undefined &&
    (isOurs(application, run.name) ||
      formerOf(application)?.environment === run.key)
  );
}

/**
 * Gives an Application its former spec back; what it delivered stays. One that was handed over syncs by itself no more:
 * its old repository may be behind what runs now. Survives another writer by the version that it names.
 */
export async function giveBackApplication(
  run: EnvironmentRun,
  ref: ObjectIdentity,
): Promise<void> {
  const application = await run.hub().get(ref);
  if (!application || !isHeld(run, application)) return;
  const handedOver = isOurs(application, run.name);
  const before = application.spec as Record<string, unknown>;
  const former = formerOf(application)?.spec ?? before;
  const { automated, ...policy } = (former.syncPolicy ?? {}) as {
    automated?: unknown;
  };
  const syncPolicy = {
    ...policy,
    ...(!handedOver && automated !== undefined && { automated }),
  };
  await run.hub().mergePatch(ref, {
    metadata: {
      resourceVersion: application.metadata.resourceVersion,
      ...(handedOver && { labels: nothing(OUR_LABELS) }),
      annotations: nothing([
        ADOPTED_ANNOTATION,
        ADOPTING_ANNOTATION,
        ...(handedOver ? ['argocd.argoproj.io/manifest-generate-paths'] : []),
      ]),
    },
    spec: mergePatchBetween(before, { ...former, syncPolicy }),
  });
}

/** Takes our marks off a namespace and leaves it where it is. */
export async function giveBackNamespace(run: EnvironmentRun): Promise<void> {
  const ref = { apiVersion: 'v1', kind: 'Namespace', name: run.namespace };
  const namespace = await run.client().get(ref);
  if (!namespace || !isOurs(namespace, run.name)) return;
  await run.client().mergePatch(ref, {
    metadata: {
      resourceVersion: namespace.metadata.resourceVersion,
      labels: nothing([...OUR_LABELS, ...POD_SECURITY]),
      annotations: nothing([OWNER_ANNOTATION]),
    },
  });
}

/** Takes our marks off an account: Pods may run with it, and new ones couldn't start without. */
export async function giveBackAccount(
  run: EnvironmentRun,
  { apiVersion, kind, metadata }: KubernetesObject,
): Promise<void> {
  const { name, namespace, resourceVersion } = metadata;
  await run
    .client()
    .mergePatch(
      { apiVersion, kind, name, namespace },
      { metadata: { resourceVersion, labels: nothing(OUR_LABELS) } },
    );
}
