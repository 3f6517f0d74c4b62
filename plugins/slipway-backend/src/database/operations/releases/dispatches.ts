import type { SpecDispatch } from '../../../ports/ReleaseStore';
import type { TransactionContext } from '../../context';
import type { Db } from '../../dialect';
import { toJson, toOptionalJson } from '../../json';
import { DISPATCHES, DispatchRow, toDispatch } from './row';

/** Keeps an edit of a spec; the same one twice is kept once. */
export async function keepDispatch(
  { db, clock }: TransactionContext,
  dispatch: Omit<SpecDispatch, 'at'>,
): Promise<void> {
  const { id, organization, service, part, spec, actor, gitAuthor } = dispatch;
  await db(DISPATCHES)
    .insert({
      id,
      organization,
      service,
      part: toOptionalJson(part),
      spec: toJson(spec),
      actor,
      git_name: gitAuthor.name,
      git_email: gitAuthor.email,
      at: clock.sql(db),
    })
    .onConflict('id')
    .ignore();
}

/** Edits of one service, in the order in which they came. */
export async function listDispatches(
  db: Db,
  organization: string,
  service: string,
): Promise<SpecDispatch[]> {
  const rows: DispatchRow[] = await db(DISPATCHES)
    .where({ organization, service })
    .orderBy(['at', 'id']);
  return rows.map(toDispatch);
}

/** They are merged, or never will be. */
export async function forgetDispatches(db: Db, ids: string[]): Promise<void> {
  await db(DISPATCHES).whereIn('id', ids).delete();
}
