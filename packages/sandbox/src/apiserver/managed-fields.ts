import { FieldSet, describePath } from './fieldset';
import { JsonObject, clone, isObject } from './json';
import { ApiError, StatusCause, badRequest } from './status';
import { Schema } from './schema';
import {
  compare,
  duplicateKeys,
  merge,
  remove,
  toFieldSet,
  undeclared,
  withNamedParents,
} from './typed';
import { KubeObject, ManagedFieldsEntry } from './types';

/** Who owns what: the ownership half of server-side apply. */

interface Manager {
  entry: Omit<ManagedFieldsEntry, 'fieldsV1'>;
  fields: FieldSet;
}

export interface ManagerId {
  manager: string;
  apiVersion: string;
  subresource?: string;
}

const BOOKKEEPING = FieldSet.of(
  [],
  ['f:apiVersion'],
  ['f:kind'],
  ['f:metadata'],
  ['f:metadata', 'f:name'],
  ['f:metadata', 'f:namespace'],
  ['f:metadata', 'f:creationTimestamp'],
  ['f:metadata', 'f:deletionTimestamp'],
  ['f:metadata', 'f:deletionGracePeriodSeconds'],
  ['f:metadata', 'f:selfLink'],
  ['f:metadata', 'f:uid'],
  ['f:metadata', 'f:generation'],
  ['f:metadata', 'f:managedFields'],
  ['f:metadata', 'f:resourceVersion'],
);

function read(object: KubeObject | undefined): Manager[] {
  const entries = object?.metadata.managedFields;
  return (Array.isArray(entries) ? entries : []).map(
    ({ fieldsV1, ...entry }) => ({
      entry,
      fields: FieldSet.fromJson(fieldsV1),
    }),
  );
}

function same(a: Manager['entry'], b: Manager['entry']): boolean {
  return (
    a.manager === b.manager &&
    a.operation === b.operation &&
    a.apiVersion === b.apiVersion &&
    (a.subresource ?? '') === (b.subresource ?? '')
  );
}

function write(object: KubeObject, managers: Manager[]): void {
  const kept = managers.filter(one => !one.fields.isEmpty);
  // Applied entries first, then by time: the order in which a real server lists them.
  kept.sort(
    (a, b) =>
      a.entry.operation.localeCompare(b.entry.operation) ||
      (a.entry.time ?? '').localeCompare(b.entry.time ?? '') ||
      a.entry.manager.localeCompare(b.entry.manager),
  );
  if (kept.length === 0) {
    delete object.metadata.managedFields;
    return;
  }
  object.metadata.managedFields = kept.map(({ entry, fields }) => {
    const { subresource, ...rest } = entry;
    return {
      ...rest,
      fieldsType: 'FieldsV1',
      fieldsV1: fields.toJson(),
      ...(subresource ? { subresource } : {}),
    };
  });
}

/** Takes away what nobody owns: bookkeeping, and what this way of writing can't change. */
function ownable(
  fields: FieldSet,
  id: ManagerId,
  hasStatus: boolean,
): FieldSet {
  const result = fields.difference(BOOKKEEPING);
  if (id.subresource === 'status') {
    for (const key of [...result.children.keys()])
      if (key !== 'f:status') result.children.delete(key);
  } else if (hasStatus) {
    result.children.delete('f:status');
  }
  return result;
}

function withoutManagedFields(object: KubeObject | undefined): JsonObject {
  if (!object) return {};
  const { managedFields, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** A client that sends an empty list of managed fields takes them all away; one that sends none keeps them. */
function managersOfUpdate(
  live: KubeObject | undefined,
  next: KubeObject,
): Manager[] {
  const sent = next.metadata.managedFields;
  if (!Array.isArray(sent)) return read(live);
  const cleared =
    sent.length === 0 ||
    (sent.length === 1 && Object.keys(sent[0]).length === 0);
  return cleared ? [] : read(next);
}

/** Records a create, update or patch: the writer owns what it changed, others lose it. */
export function recordUpdate(
  live: KubeObject | undefined,
  next: KubeObject,
  id: ManagerId,
  schema: Schema,
  hasStatus: boolean,
  now: string,
): void {
  const changes = compare(
    withoutManagedFields(live),
    withoutManagedFields(next),
    schema,
  );
  const taken = ownable(changes.added.union(changes.modified), id, hasStatus);
  const lost = changes.removed;
  const entry = {
    ...id,
    operation: 'Update' as const,
    time: now,
    fieldsType: 'FieldsV1' as const,
  };
  const managers = managersOfUpdate(live, next);
  let self = managers.find(one => same(one.entry, entry));
  for (const one of managers) {
    if (one !== self) one.fields = one.fields.difference(taken);
    one.fields = one.fields.without(lost);
  }
  if (!taken.isEmpty) {
    if (!self) {
      self = { entry, fields: new FieldSet() };
      managers.push(self);
    }
    self.fields = self.fields.union(taken);
    self.entry.time = now;
  }
  write(next, managers);
}

function conflictError(
  conflicts: { other: Manager; path: string[] }[],
): ApiError {
  const causes: StatusCause[] = conflicts.map(({ other, path }) => {
    const { manager, operation, apiVersion, subresource } = other.entry;
    const where = subresource ? ` with subresource "${subresource}"` : '';
    const how = operation === 'Update' ? ` using ${apiVersion}` : '';
    return {
      reason: 'FieldManagerConflict',
      message: `conflict with "${manager}"${where}${how}`,
      field: describePath(path),
    };
  });
  const count = conflicts.length;
  const managers = new Map<string, string[]>();
  for (const cause of causes) {
    managers.set(cause.message, [
      ...(managers.get(cause.message) ?? []),
      cause.field!,
    ]);
  }
  const lines = [...managers].map(([message, fields]) =>
    fields.length === 1
      ? `${message}: ${fields[0]}`
      : `${message.replace('conflict', 'conflicts')}:\n- ${fields.join('\n- ')}`,
  );
  return new ApiError(
    409,
    'Conflict',
    `Apply failed with ${count} conflict${count === 1 ? '' : 's'}: ${lines.join('\n')}`,
    { causes },
  );
}

/** Applies a configuration; answers the merged object with its managed fields, or fails with a conflict. */
export function applyConfiguration(
  live: KubeObject,
  config: KubeObject,
  id: ManagerId,
  schema: Schema,
  options: {
    force: boolean;
    hasStatus: boolean;
    now: string;
    exists: boolean;
    custom: boolean;
  },
): KubeObject {
  if (
    config.metadata.managedFields !== undefined &&
    (config.metadata.managedFields ?? []).length > 0
  ) {
    throw badRequest('metadata.managedFields must be nil');
  }
  const name = `${config.metadata.namespace ?? ''}/${config.metadata.name}; ${config.apiVersion}, Kind=${config.kind}`;
  const wrong = [
    ...(options.custom
      ? []
      : undeclared(config, schema).map(
          one => `.${one}: field not declared in schema`,
        )),
    ...duplicateKeys(config, schema),
  ];
  if (wrong.length) {
    throw new ApiError(
      500,
      '',
      `failed to create typed patch object (${name}): ${wrong.length > 1 ? `errors:\n  ${wrong.join('\n  ')}` : wrong[0]}`,
    );
  }
  const applied = ownable(toFieldSet(config, schema), id, options.hasStatus);
  const base = withoutManagedFields(live);
  const entry = {
    ...id,
    operation: 'Apply' as const,
    time: options.now,
    fieldsType: 'FieldsV1' as const,
  };
  const managers = read(live);
  let self = managers.find(one => same(one.entry, entry));
  const last = self?.fields ?? new FieldSet();
  const effective = restrict(config, id, options.hasStatus);
  let merged = merge(base, effective, schema);
  if (self) {
    self.fields = applied;
  } else {
    self = { entry, fields: applied };
    managers.push(self);
  }
  if (!last.isEmpty) {
    const owned = managers.reduce(
      (all, one) => all.union(withNamedParents(one.fields, schema)),
      // Also what nobody owns in writing, as its name: it is in the configuration.
      withNamedParents(toFieldSet(config, schema), schema),
    );
    const present = withNamedParents(toFieldSet(merged, schema), schema);
    const dropped = withNamedParents(last, schema)
      .intersection(present)
      .difference(owned);
    merged = remove(merged, dropped, schema);
  }
  const changes = compare(base, merged, schema);
  const touched = changes.added.union(changes.modified);
  const conflicts: { other: Manager; path: string[] }[] = [];
  for (const other of managers) {
    if (other === self) continue;
    const contested = other.fields.intersection(touched).intersection(applied);
    for (const path of contested.paths()) conflicts.push({ other, path });
  }
  if (conflicts.length && !options.force) throw conflictError(conflicts);
  for (const other of managers) {
    if (other === self) continue;
    for (const conflict of conflicts) {
      if (conflict.other === other)
        other.fields = other.fields.difference(FieldSet.of(conflict.path));
    }
    other.fields = other.fields.without(changes.removed);
  }
  const result = merged as KubeObject;
  const changed =
    !self.fields.equals(last) || !touched.isEmpty || !changes.removed.isEmpty;
  if (changed || !options.exists) self.entry.time = options.now;
  write(result, managers);
  return result;
}

/** An apply to an object never writes its status, and an apply to its status nothing else. */
function restrict(
  config: KubeObject,
  id: ManagerId,
  hasStatus: boolean,
): JsonObject {
  const { status, ...rest } = clone(config);
  delete rest.metadata.managedFields;
  if (id.subresource === 'status') {
    return {
      apiVersion: config.apiVersion,
      kind: config.kind,
      ...(isObject(status) ? { status } : {}),
    };
  }
  return hasStatus
    ? rest
    : { ...rest, ...(status === undefined ? {} : { status }) };
}
