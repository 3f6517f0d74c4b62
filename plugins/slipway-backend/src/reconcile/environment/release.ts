import { NotFoundError } from '@backstage/errors';
import { short } from '../../domain/releases/release';
import type { EnvironmentSummary } from '../../ports/EnvironmentSummary';
import type {
  AskedMove,
  WantedOrigin,
  WantedRevision,
} from '../../ports/ReleaseStore';
import { type EnvironmentRun, messageOf } from './EnvironmentRun';
import { targetOf } from './places';

/** A change request that was asked for so long ago, and isn't known to be open, was never opened; a merged one has come and gone. */
const OVER_MS = 3_600_000;

/** What a commit does, by why it was asked for. */
const VERBS: Record<WantedOrigin, string> = {
  revision: 'Release',
  promotion: 'Promote',
  rollback: 'Revert to',
};

/** The newest of what the environment was asked to run and Git doesn't say yet. */
export async function lastWanted(
  run: EnvironmentRun,
): Promise<WantedRevision | undefined> {
  const wanted = await run.wanted();
  return wanted.reduce<WantedRevision | undefined>(
    (last, one) => (last && last.askedAt >= one.askedAt ? last : one),
    undefined,
  );
}

/**
 * What the run works on: a release that is on its way, or has come since it was looked at last, else whatever it was
 * before. A release is named by the revision that moves, so that what comes of it is told with it.
 */
export async function movedBy(
  run: EnvironmentRun,
): Promise<NonNullable<EnvironmentSummary['moved']>> {
  const { generation } = run;
  const { release, moved } = run.summary;
  const { workloads } = await run.wantedRelease();
  const revision = [...run.unpinned]
    .map(name => ({
      before: release?.workloads[name]?.revision,
      now: workloads[name]?.revision,
    }))
    .find(({ before, now }) => now !== undefined && now !== before)?.now;
  if (revision !== undefined) return { generation, revision };
  return moved?.generation === generation ? moved : { generation };
}

/** First line of the commit, or title of the change request, that brings what is planned. */
export async function deliveryTitle(run: EnvironmentRun): Promise<string> {
  const asked = await lastWanted(run);
  return asked
    ? `${VERBS[asked.origin]} ${short(asked.revision)} in ${run.key}`
    : `Deliver ${run.key}`;
}

/** Why: which release, of what revisions, and who asked for it. */
export async function releaseTrailers(
  run: EnvironmentRun,
): Promise<Record<string, string>> {
  const wanted = await run.wanted();
  const asked = await lastWanted(run);
  if (!asked) return {};
  return {
    'Slipway-Release': asked.release,
    'Slipway-Revision': wanted
      .map(({ name, revision, digest }) =>
        digest ? `${name}=${revision}@${digest}` : `${name}=${revision}`,
      )
      .join(' '),
    'Slipway-Asked-By': asked.actor,
  };
}

/** Lines of a change request's description that tell one asking from the next; empty where nothing was asked. */
export async function askedLines(run: EnvironmentRun): Promise<string> {
  const wanted = await run.wanted();
  return wanted
    .map(({ name, revision, serial }) => `\n${name}: ${revision} (${serial})`)
    .join('');
}

/** Git says what was asked for; what came in meanwhile has another serial and stays open. */
export async function settleWanted(run: EnvironmentRun): Promise<void> {
  const wanted = await run.wanted();
  const { workloads } = await run.release();
  const said = wanted.filter(({ name, revision, digest }) => {
    const runs = workloads[name];
    return runs?.revision === revision && runs.digest === digest;
  });
  if (said.length === 0) return;
  await run.context.step('settle', () =>
    run.o.releases.settle(
      run.key,
      said.map(({ serial }) => serial),
    ),
  );
}

/** What a change request was to bring is here, or won't come any more. */
export async function settleMove(run: EnvironmentRun): Promise<void> {
  const move = await run.moving();
  if (!move) return;
  if (await run.arrived()) {
    await run.context.step('arrive', () => run.o.releases.arrived(move));
  } else if (await isOver(run, move)) {
    await run.context.step('drop move', () => run.o.releases.drop(move));
  }
}

async function isOver(run: EnvironmentRun, move: AskedMove): Promise<boolean> {
  const isOld = (since: Date) => run.now.getTime() - since.getTime() > OVER_MS;
  // It is about to be opened, or whoever was about to has ended.
  if (move.changeId === undefined) return isOld(move.askedAt);
  try {
    const { state, updatedAt } = await run.o.host.getChange(
      targetOf(run),
      move.changeId,
    );
    // Merged just now it may not be in what this run has read.
    return (
      state === 'closed' || (state === 'merged' && isOld(new Date(updatedAt)))
    );
  } catch (error) {
    if (error instanceof NotFoundError) return true;
    run.context.logger.warn(
      `${run.key}: change request ${move.changeId} could not be read: ${messageOf(error)}`,
    );
    return false;
  }
}
