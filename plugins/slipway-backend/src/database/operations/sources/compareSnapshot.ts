import type {
  DeclaredResource,
  SnapshotFile,
  SourceConflict,
  SourceSnapshot,
} from '../../../ports/SourceStore';
import { toJson, toOptionalJson } from '../../json';
import { identityKey, identityOf, ResourceRow } from '../resources/row';

/** What differs between a source as it is stored and as it was read. */
export interface SnapshotDifference {
  /** Files of resources that the source did not declare before. */
  added: SnapshotFile[];
  /** Resources to be written again. */
  changed: Array<{ before: ResourceRow; columns: ContentColumns }>;
  /** Resources that no file declares any more. */
  vanished: ResourceRow[];
  /** Files that declare what another file of the same source declares. */
  conflicts: SourceConflict[];
}

/** The columns of a resource that follow from its file. */
export type ContentColumns = Pick<
  ResourceRow,
  | 'path'
  | 'commit'
  | 'text'
  | 'value'
  | 'valid_value'
  | 'generation'
  | 'problems'
>;

/** What the file says, beside what was stored of the same resource. */
export function contentColumns(
  file: SnapshotFile,
  commit: string,
  before: ResourceRow | undefined,
): ContentColumns {
  const value = toOptionalJson(file.value);
  // What was deleted doesn't run any more, so a broken file can't bring it back.
  const lastValid =
    before && before.deleted_at === null ? before.valid_value : null;
  const validValue = value ?? lastValid;
  const grows =
    before && (before.deleted_at !== null || validValue !== before.valid_value);
  return {
    path: file.path,
    commit,
    text: file.text,
    value,
    valid_value: validValue,
    generation: (before?.generation ?? 0) + (before && !grows ? 0 : 1),
    problems: toJson(file.problems),
  };
}

function differs(before: ResourceRow, now: ContentColumns): boolean {
  return (
    before.deleted_at !== null ||
    before.path !== now.path ||
    before.text !== now.text ||
    before.value !== now.value ||
    before.problems !== now.problems
  );
}

/**
 * Compares a snapshot with the rows of its source, the deleted ones included. Of two files that declare the same
 * resource the recorded one counts, otherwise the first in the order of the path, so that the result doesn't depend
 * on the order in which files were read.
 */
export function compareSnapshot(
  rows: ResourceRow[],
  snapshot: Pick<SourceSnapshot, 'sourceId' | 'commit' | 'files'>,
): SnapshotDifference {
  const stored = new Map(rows.map(row => [identityKey(row), row]));
  const recordedPath = (file: SnapshotFile) =>
    stored.get(identityKey(file))?.path;
  const files = [...snapshot.files].sort((a, b) => (a.path < b.path ? -1 : 1));

  const chosen = new Map<string, SnapshotFile>();
  for (const file of files) {
    const key = identityKey(file);
    if (!chosen.has(key) || recordedPath(file) === file.path)
      chosen.set(key, file);
  }

  const difference: SnapshotDifference = {
    added: [],
    changed: [],
    vanished: [],
    conflicts: [],
  };
  for (const file of files) {
    const winner = chosen.get(identityKey(file))!;
    const before = stored.get(identityKey(file));
    if (file !== winner) {
      const heldBy = { sourceId: snapshot.sourceId, path: winner.path };
      difference.conflicts.push({
        ...identityOf(file),
        path: file.path,
        heldBy,
      });
    } else if (before) {
      const columns = contentColumns(file, snapshot.commit, before);
      if (differs(before, columns))
        difference.changed.push({ before, columns });
    } else {
      difference.added.push(file);
    }
  }
  difference.vanished = rows.filter(
    row => row.deleted_at === null && !chosen.has(identityKey(row)),
  );
  return difference;
}

/**
 * What must not vanish before somebody agreed to it: of any kind as many as the guard's count, and more than its
 * share. Empty when the snapshot may pass.
 */
export function guarded(
  rows: ResourceRow[],
  vanished: ResourceRow[],
  guard: SourceSnapshot['guard'],
  confirmed: DeclaredResource[],
): ResourceRow[] {
  const agreed = new Set(confirmed.map(identityKey));
  if (vanished.every(row => agreed.has(identityKey(row)))) return [];
  const trips = [...new Set(vanished.map(row => row.kind))].some(kind => {
    const gone = vanished.filter(row => row.kind === kind).length;
    const known = rows.filter(
      row => row.kind === kind && row.deleted_at === null,
    ).length;
    return gone >= guard.minCount && gone / known > guard.maxDeletedShare;
  });
  return trips ? vanished : [];
}
