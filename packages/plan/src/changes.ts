import type { Verdict } from '@slipway/plugin-slipway-common';
import { diffObjects } from './diff';
import { identityOf } from './policy/evaluatePolicies';
import type { KubernetesObject, RenderedObject } from './types';
import { claimsOf } from './usage';

/** What can be rendered, but not made from what is there. @internal */
export function changeVerdicts(
  after: readonly RenderedObject[],
  before: readonly KubernetesObject[],
): Verdict[] {
  return after.flatMap(rendered => {
    const { object } = rendered;
    const old = before.find(
      candidate =>
        candidate.kind === object.kind &&
        candidate.metadata.name === object.metadata.name &&
        candidate.metadata.namespace === object.metadata.namespace,
    );
    return old
      ? [...diskVerdicts(rendered, old), ...versionVerdicts(rendered, old)]
      : [];
  });
}

function diskVerdicts(
  rendered: RenderedObject,
  before: KubernetesObject,
): Verdict[] {
  const { object } = rendered;
  const { name } = object.metadata;
  const changed =
    object.kind === 'StatefulSet' &&
    diffObjects(before, object).some(({ pointer }) =>
      pointer.startsWith('/spec/volumeClaimTemplates'),
    );
  const [size] = claimsOf(object);
  const [oldSize] = claimsOf(before);
  const shrinks =
    object.kind === 'PersistentVolumeClaim' &&
    size !== undefined &&
    oldSize !== undefined &&
    size.nanos < oldSize.nanos;
  if (!changed && !shrinks) {
    return [];
  }
  return [
    verdict(rendered, {
      rule: 'disk-change',
      result: 'deny',
      message: changed
        ? `The disk of ${name} is part of a StatefulSet, which Kubernetes doesn't let change.`
        : `The disk ${name} would shrink, which Kubernetes doesn't do.`,
      fix: changed
        ? 'Keep its size, or declare another database and move the data.'
        : 'Keep its size, or declare another volume and move the data.',
    }),
  ];
}

/** Engines whose data a newer major version doesn't open. */
const MAJOR_MATTERS = /(?:^|\/)(postgres|mongo):([0-9]+)/;

function versionVerdicts(
  rendered: RenderedObject,
  before: KubernetesObject,
): Verdict[] {
  const [, engine, major] = MAJOR_MATTERS.exec(imageOf(rendered.object)) ?? [];
  const [, , oldMajor] = MAJOR_MATTERS.exec(imageOf(before)) ?? [];
  if (
    rendered.object.kind !== 'StatefulSet' ||
    !oldMajor ||
    major === oldMajor
  ) {
    return [];
  }
  return [
    verdict(rendered, {
      rule: 'database-upgrade',
      result: 'warn',
      message: `${rendered.object.metadata.name} goes from ${engine} ${oldMajor} to ${major}, which doesn't open the data of the other by itself.`,
      fix: 'Dump and restore, or declare another database and move the data.',
    }),
  ];
}

function imageOf(object: KubernetesObject): string {
  const spec = object.spec as
    | { template?: { spec?: { containers?: Array<{ image?: unknown }> } } }
    | undefined;
  return `${spec?.template?.spec?.containers?.[0]?.image ?? ''}`;
}

function verdict(
  { object, source }: RenderedObject,
  about: Pick<Verdict, 'rule' | 'result' | 'message' | 'fix'>,
): Verdict {
  return {
    pack: 'slipway',
    ...about,
    object: identityOf(object),
    ...(source && { source }),
  };
}
