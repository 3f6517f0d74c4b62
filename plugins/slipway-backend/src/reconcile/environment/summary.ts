import { isDeepStrictEqual } from 'node:util';
import type { Verdict } from '@slipway/plugin-slipway-common';
import type {
  EnvironmentSummary,
  KeptVerdict,
} from '../../ports/EnvironmentSummary';
import type { EnvironmentRun } from './EnvironmentRun';
import { movedBy } from './release';

/**
 * The summary as it is known now. What is only younger, and says nothing new, is left as it was recorded, so that no
 * write is made at every tick.
 */
export async function summaryOf(
  run: EnvironmentRun,
): Promise<Partial<EnvironmentSummary>> {
  const { plan, summary: recorded, delivered } = run;
  const { promoteFrom, ...before } = recorded;
  const from = run.declared ? run.declared.promoteFrom : promoteFrom;
  return {
    ...before,
    ...(from !== undefined && { promoteFrom: from }),
    ...(plan && {
      moved: await movedBy(run),
      owner: run.spec?.spec.owner ?? before.owner ?? '',
      release: await run.release(),
      gates: plan.gates,
      cost: { cents: plan.cost.cents, currency: plan.cost.currency },
      folder: plan.folder,
      verdicts: keptVerdicts(plan.verdicts),
    }),
    ...(run.cluster && {
      application: {
        cluster: run.cluster.argocd.cluster,
        namespace: run.cluster.argocd.namespace,
        name: run.applicationName,
      },
    }),
    ...(delivered && { lastChange: { ...delivered } }),
    ...liveSummary(run, before),
    ...toldSyncs(run),
  };
}

/** The fix is the rule's own words and is read from the rule. */
function keptVerdicts(verdicts: Verdict[]): KeptVerdict[] {
  return verdicts.flatMap(({ fix: _, result, ...verdict }) =>
    result === 'pass' ? [] : [{ ...verdict, result }],
  );
}

function liveSummary(
  run: EnvironmentRun,
  before: Partial<EnvironmentSummary>,
): Pick<EnvironmentSummary, 'live'> | undefined {
  const { application, objects } = run.o.index.environment(run.key);
  // Nothing seen is nothing new: after a restart the last known state stays until the watches have answered.
  if (!application && objects.length === 0)
    return before.live && { live: before.live };
  const seen = {
    ...(application?.revision !== undefined && {
      syncedRevision: application.revision,
    }),
    objects: objects
      .map(object => ({ ...object }))
      .sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1)),
  };
  const { asOf: _, ...last } = before.live ?? { asOf: '' };
  // What comes from the database has its keys in another order, and lacks what is undefined.
  if (isDeepStrictEqual(last, JSON.parse(JSON.stringify(seen))))
    return { live: before.live! };
  return { live: { ...seen, asOf: run.now.toISOString() } };
}

function toldSyncs(
  run: EnvironmentRun,
): Pick<EnvironmentSummary, 'synced'> | undefined {
  const { application } = run.o.index.environment(run.key);
  const last = application?.syncs.at(-1);
  return last && { synced: { uid: application!.uid, id: last.id } };
}

function idOf({
  kind,
  namespace,
  name,
}: {
  kind: string;
  namespace?: string;
  name: string;
}): string {
  return `${kind} ${namespace ?? ''} ${name}`;
}
