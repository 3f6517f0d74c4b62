import { createHash } from 'node:crypto';
import type { KubernetesObject } from '../../ports/Clusters';
import type { ForeignWrite } from '../../ports/WriteLog';
import { fieldTree, managedFieldsOf } from './fieldTree';
import { foreignFields } from './foreign';
import { toolOf } from './managers';

/**
 * Kinds whose status has no subresource, or that have no generation while their status changes often: the version
 * would change with every look of a controller, so the fields themselves are the fingerprint.
 */
const BUSY = [
  'Application',
  'ResourceQuota',
  'Namespace',
  'PersistentVolumeClaim',
];

/** Whether an object is made by the controller of another one; nobody declared it, so it can't drift. */
export function isMadeByAnother(object: KubernetesObject): boolean {
  return (object.metadata.ownerReferences ?? []).some(
    ({ controller }) => controller,
  );
}

/**
 * Changes whenever somebody wrote something that could be drift: the generation, or a manager that isn't the
 * status's. Equal after a restart, so that nothing is asked again for nothing.
 */
export function fingerprintOf(object: KubernetesObject): string {
  const { metadata } = object;
  const version = BUSY.includes(object.kind)
    ? [object.spec, metadata.labels]
    : (metadata.generation ?? metadata.resourceVersion);
  const managers = BUSY.includes(object.kind)
    ? []
    : managedFieldsOf(object)
        .filter(({ subresource }) => subresource !== 'status')
        .map(({ manager, operation, time }) => [manager, operation, time]);
  return createHash('sha256')
    .update(
      JSON.stringify([
        metadata.uid,
        version,
        managers,
        metadata.deletionTimestamp,
      ]),
    )
    .digest('base64url')
    .slice(0, 16);
}

/** Which managers that nobody allowed own something, and what; one entry a manager. */
export function foreignWrites(
  object: KubernetesObject,
  allowed: (manager: string) => boolean,
): ForeignWrite[] {
  const empty = { owners: [], children: new Map() };
  const { apiVersion, kind, metadata } = object;
  const { name, namespace } = metadata;
  const writes = new Map<string, ForeignWrite>();
  const fields = foreignFields(
    {
      live: object,
      // Nothing is known of Git here: notes that tools leave count for nothing.
      wanted: { apiVersion, kind, metadata: { name } },
      applied: object,
      applier: '',
      allowed,
    },
    fieldTree(object),
    empty,
  );
  for (const { drift } of fields) {
    const { manager, operation, since, path } = drift;
    if (!manager || !operation || !since) continue;
    const id = `${manager} ${operation} ${since}`;
    const write = writes.get(id) ?? {
      object: { apiVersion, kind, name, ...(namespace && { namespace }) },
      manager,
      tool: drift.tool ?? toolOf({ manager }),
      operation,
      at: since,
      fields: [],
    };
    write.fields.push(path);
    writes.set(id, write);
  }
  return [...writes.values()];
}
