import type { Knex } from 'knex';
import type { ResourceRecord } from '../../../ports/ResourceStore';
import type {
  SnapshotFile,
  SnapshotResult,
  SourceConflict,
  SourceSnapshot,
} from '../../../ports/SourceStore';
import type { TransactionContext } from '../../context';
import { toJson } from '../../json';
import { readClock } from '../../time';
import {
  identityOf,
  ResourceRow,
  RESOURCES,
  toResourceRecord,
} from '../resources/row';
import { compareSnapshot, contentColumns, guarded } from './compareSnapshot';
import { lockSource } from './lockSource';
import { fromHeld, SOURCES, toHeld } from './row';

interface Change {
  before?: ResourceRecord;
  after?: ResourceRecord;
}

/**
 * Takes over what was read: new, changed and vanished resources, the keys that they concern, and the head, as one.
 *
 * Survives two readers of one source: the row of the source is locked and its head compared with the one that the
 * reader started from, so that an older snapshot never overwrites a newer one; the slower reader is told to read
 * again. Survives two sources that declare the same resource at once: the primary key lets one of them in, and the
 * other one gets a conflict. A stop at any statement leaves all of it undone.
 *
 * @param mark - Queues keys in the same transaction.
 */
export async function applySourceSnapshot(
  { db, clock }: TransactionContext,
  snapshot: SourceSnapshot,
  mark: (keys: string[], trx: Knex.Transaction) => Promise<void>,
): Promise<SnapshotResult> {
  const source = await lockSource(db, snapshot.sourceId);
  const headCommit = source.head_commit ?? undefined;
  if (headCommit !== snapshot.expectedHead)
    return { outcome: 'superseded', headCommit };

  const now = await readClock(db, clock);
  const rows: ResourceRow[] = await db(RESOURCES).where({
    source_id: source.id,
  });
  const difference = compareSnapshot(rows, snapshot);

  const heldBefore = fromHeld(source.held);
  const tooMany = guarded(
    rows,
    difference.vanished,
    snapshot.guard,
    heldBefore?.confirmed ? heldBefore.vanished : [],
  );
  if (tooMany.length > 0) {
    const held = {
      commit: snapshot.commit,
      since: heldBefore?.since ?? now,
      vanished: tooMany.map(row => ({ ...identityOf(row), path: row.path })),
    };
    await db(SOURCES)
      .where({ id: source.id })
      .update({
        state: 'held',
        held: toHeld(held),
        error: null,
        read_at: now,
        updated_at: now,
      });
    return { outcome: 'held', held };
  }

  const { changes, conflicts } = await writeAdded(
    db,
    snapshot,
    difference.added,
    now,
  );
  for (const { before, columns } of difference.changed) {
    const after = { ...before, ...columns, deleted_at: null, updated_at: now };
    await writeRow(db, after);
    changes.push({
      before: before.deleted_at === null ? toResourceRecord(before) : undefined,
      after: toResourceRecord(after),
    });
  }
  const deleted: ResourceRecord[] = [];
  for (const before of difference.vanished) {
    const gone = {
      ...before,
      commit: snapshot.commit,
      generation: before.generation + 1,
      deleted_at: now,
      updated_at: now,
    };
    await writeRow(db, gone);
    deleted.push(toResourceRecord(gone));
    changes.push({ before: toResourceRecord(before) });
  }

  const allConflicts = [...difference.conflicts, ...conflicts];
  const keys = [
    ...new Set(
      changes.flatMap(change => snapshot.keys(change.before, change.after)),
    ),
  ].sort();
  await mark(keys, db);
  await db(SOURCES)
    .where({ id: source.id })
    .update({
      head_commit: snapshot.commit,
      state: 'ok',
      read_at: now,
      error: null,
      held: null,
      conflicts: toJson(allConflicts),
      updated_at: now,
    });
  return {
    outcome: 'applied',
    changed: changes.flatMap(change => change.after ?? []),
    deleted,
    conflicts: allConflicts,
    keys,
  };
}

function writeRow(db: Knex.Transaction, row: ResourceRow): Promise<number> {
  const { kind, organization, name, ...columns } = row;
  return db(RESOURCES).where({ kind, organization, name }).update(columns);
}

/** Inserts what is new; where another source has the resource, takes over a deleted one or notes the conflict. */
async function writeAdded(
  db: Knex.Transaction,
  snapshot: SourceSnapshot,
  files: SnapshotFile[],
  now: Date,
): Promise<{ changes: Change[]; conflicts: SourceConflict[] }> {
  const changes: Change[] = [];
  const conflicts: SourceConflict[] = [];
  for (const file of files) {
    const fresh: ResourceRow = {
      ...identityOf(file),
      source_id: snapshot.sourceId,
      ...contentColumns(file, snapshot.commit, undefined),
      deleted_at: null,
      updated_at: now,
    };
    const inserted: unknown[] = await db(RESOURCES)
      .insert(fresh)
      .onConflict(['kind', 'organization', 'name'])
      .ignore()
      .returning('name');
    if (inserted.length > 0) {
      changes.push({ after: toResourceRecord(fresh) });
      continue;
    }
    const other: ResourceRow = await db(RESOURCES)
      .where(identityOf(file))
      .first();
    const taken = { ...fresh, ...contentColumns(file, snapshot.commit, other) };
    const { kind, organization, name, ...columns } = taken;
    const takenOver = await db(RESOURCES)
      .where({ kind, organization, name })
      .whereNotNull('deleted_at')
      .update(columns);
    if (takenOver > 0) {
      changes.push({ after: toResourceRecord(taken) });
    } else {
      const heldBy = { sourceId: other.source_id, path: other.path };
      conflicts.push({ ...identityOf(file), path: file.path, heldBy });
    }
  }
  return { changes, conflicts };
}
