import type { EnvironmentPlan, FoundEnvironment } from '@slipway/plan';
import type { Verdict } from '@slipway/plugin-slipway-common';
import type { Approvals, Planned } from '../../domain/environment/observation';
import { clusterFacts } from '../../domain/platform/clusterFacts';
import {
  planDeclared,
  type PlanAttempt,
} from '../../domain/platform/planDeclared';
import { planRemembered } from '../../domain/platform/planRemembered';
import { yetToAdopt } from '../../ports/FoundEnvironments';
import { CredentialsRefusedError } from '../../ports/ClusterErrors';
import { type EnvironmentRun, messageOf } from './EnvironmentRun';

/** Plans again with what is declared now: the form's plan was a promise, this one is carried out. */
export async function observePlan(run: EnvironmentRun): Promise<Planned> {
  const info = run.cluster!;
  const away = async (error: unknown): Promise<Planned> => ({
    state: 'unreachable',
    message: messageOf(error),
    credentials: error instanceof CredentialsRefusedError,
    sameGeneration: run.record.conditions.every(
      ({ observedGeneration }) => observedGeneration === run.generation,
    ),
    ...(await lastAgreement(run)),
  });
  let capabilities;
  try {
    capabilities = await run.client().capabilities();
  } catch (error) {
    return away(error);
  }
  const release = await run.wantedRelease();
  const cluster = clusterFacts(info, capabilities);
  const given = {
    prices: run.o.prices,
    gitops: run.o.gitops.target,
  };
  const attempt = planRemembered(run.state, run.name, {
    ...given,
    cluster,
    release,
  });
  if (!('plan' in attempt))
    return { state: 'failed', message: attempt.message };
  const moved = movedNamespace(run, attempt.plan);
  if (moved) return { state: 'failed', message: moved };
  let found: FoundEnvironment | undefined;
  try {
    found = await yetToAdopt(run.o.found, info, attempt.plan);
    // A cluster that was lost gives nothing back: what was delivered before is made anew from Git.
    if (found && isGone(found) && (await run.wasDelivered())) found = undefined;
  } catch (error) {
    return away(error);
  }
  run.adopting = found !== undefined;
  return found
    ? judge(
        run,
        planDeclared(run.state, run.name, {
          ...given,
          clusters: [cluster],
          release: () => release,
          recordedCluster: () => info.name,
          found: () => found,
        }),
      )
    : judge(run, attempt);
}

function judge(run: EnvironmentRun, attempt: PlanAttempt): Planned {
  if (!('plan' in attempt))
    return { state: 'failed', message: attempt.message };
  const { plan } = attempt;
  run.plan = plan;
  run.class = attempt.class;
  const errors = plan.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    return {
      state: 'failed',
      message: errors.map(({ message }) => message).join(' '),
    };
  const said = (result: Verdict['result']) =>
    plan.verdicts.filter(verdict => verdict.result === result);
  const isQuota = ({ pack, rule }: Verdict) =>
    pack === 'slipway' && rule === 'quota';
  return {
    state: 'ready',
    digest: plan.digest,
    approvalDigest: plan.approvalDigest,
    files: plan.files.length,
    objects: plan.objects.length,
    passed: said('pass').length,
    warnings: said('warn').map(sentence),
    denials: said('deny')
      .filter(verdict => !isQuota(verdict))
      .map(sentence),
    misfits: said('deny').filter(isQuota).map(sentence),
    brokenRules: said('error').map(sentence),
    gates: plan.gates,
    approval: plan.approval,
  };
}

function isGone({ namespace, application }: FoundEnvironment): boolean {
  return namespace === undefined && application === undefined;
}

/** The namespace of an environment is where its data is; a spec that names another one changes nothing. */
function movedNamespace(
  run: EnvironmentRun,
  plan: EnvironmentPlan,
): string | undefined {
  return plan.namespace === run.namespace
    ? undefined
    : `${run.key} lives in namespace ${run.namespace}; the spec now says ${plan.namespace}. A namespace is never changed: put adopt back as it was, or declare another environment.`;
}

function sentence({ message, fix }: Verdict): string {
  return fix ? `${message} ${fix}` : message;
}

/** What the class asks for by now of what was planned last, and who agreed to that; it takes no cluster to know. */
async function lastAgreement(
  run: EnvironmentRun,
): Promise<Pick<Extract<Planned, { state: 'unreachable' }>, 'agreement'>> {
  const { approvalDigest } = run.record;
  const { approval } = run.state.class(run.declared?.class ?? '')?.spec ?? {};
  if (!approval?.required || approvalDigest === undefined) return {};
  const given = await agreedTo(run, approvalDigest);
  return { agreement: { approvalDigest, approval, ...given } };
}

/** Who agreed to exactly this. */
export async function observeApprovals(
  run: EnvironmentRun,
): Promise<Approvals> {
  const given = await agreedTo(run, run.plan!.approvalDigest);
  return { state: 'counted', ...given };
}

async function agreedTo(
  run: EnvironmentRun,
  digest: string,
): Promise<Pick<Approvals, 'given' | 'by'>> {
  const approvals = await run.o.approvals.list({
    environment: run.key,
    digest,
  });
  const by = [...new Set(approvals.map(({ actor }) => actor))];
  return { given: by.length, by };
}
