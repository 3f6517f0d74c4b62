import { randomUUID } from 'node:crypto';
import type { HostedChange } from '@slipway/plugin-slipway-node';
import type { TransactionContext } from '../../context';
import { CHANGE_EDITORS, ChangeRow, CHANGES, toHostedChange } from './row';

/** A change before it has a number. */
export type NewChange = Omit<
  HostedChange,
  | 'id'
  | 'number'
  | 'state'
  | 'createdAt'
  | 'updatedAt'
  | 'mergeCommit'
  | 'url'
  | 'pullRequest'
  | 'editors'
>;

/**
 * Inserts the change with the next number of its repository, or returns the open one of the same branch.
 *
 * Survives two callers at once: the row with the repository's counter is written first, so the second one waits there
 * until the first has committed, and then finds its change open. A number that is taken for nothing is given back
 * with the next statement, so numbers have no gaps. The unique index over the open branch holds even so. Whoever asks
 * for what is open already is an editor of it, noted before any of their commits is there.
 */
export async function openChange(
  { db, clock }: TransactionContext,
  change: NewChange,
): Promise<{ change: HostedChange; adopted: boolean }> {
  const repository = { repository_url: change.repository.url };
  await db('change_counters')
    .insert({ ...repository, last_number: 0 })
    .onConflict('repository_url')
    .ignore();
  const counters: Array<{ last_number: number }> = await db('change_counters')
    .where(repository)
    .update({ last_number: db.raw('last_number + 1') })
    .returning('last_number');

  const open: ChangeRow | undefined = await db(CHANGES)
    .where({ ...repository, branch: change.branch, state: 'open' })
    .first();
  if (open) {
    await db('change_counters')
      .where(repository)
      .update({ last_number: db.raw('last_number - 1') });
    if (open.author !== change.author) {
      await db(CHANGE_EDITORS)
        .insert({ change_id: open.id, actor: change.author })
        .onConflict(['change_id', 'actor'])
        .ignore();
    }
    return { change: toHostedChange(open), adopted: true };
  }

  const [inserted]: ChangeRow[] = await db(CHANGES)
    .insert({
      id: randomUUID(),
      number: counters[0].last_number,
      ...repository,
      repository_branch: change.repository.branch,
      branch: change.branch,
      title: change.title,
      description: change.description,
      state: 'open',
      author: change.author,
      base_commit: change.baseCommit,
      head_commit: change.headCommit,
      created_at: clock.sql(db),
      updated_at: clock.sql(db),
    })
    .returning('*');
  return { change: toHostedChange(inserted), adopted: false };
}
