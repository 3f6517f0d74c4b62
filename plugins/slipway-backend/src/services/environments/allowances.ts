import {
  ApiAllowance,
  ApiEnvironment,
  ApiEnvironmentAllowed,
  slipwayChangeApprovePermission,
  slipwayDriftAcceptPermission,
  slipwayDriftRevertPermission,
  slipwayEnvironmentPromotePermission,
  slipwayEnvironmentReconcilePermission,
  slipwayEnvironmentRefreshPermission,
  slipwayEnvironmentRollbackPermission,
  slipwayEnvironmentSyncPermission,
  slipwayLogsReadPermission,
  slipwayPipelineRerunPermission,
} from '@slipway/plugin-slipway-common';

/** What each of the acts needs, in the order in which it is asked. */
export const PERMISSION_OF = {
  reconcile: slipwayEnvironmentReconcilePermission,
  approve: slipwayChangeApprovePermission,
  refresh: slipwayEnvironmentRefreshPermission,
  sync: slipwayEnvironmentSyncPermission,
  putBack: slipwayDriftRevertPermission,
  accept: slipwayDriftAcceptPermission,
  rerun: slipwayPipelineRerunPermission,
  logs: slipwayLogsReadPermission,
  promote: slipwayEnvironmentPromotePermission,
  rollback: slipwayEnvironmentRollbackPermission,
} as const;

const YES: ApiAllowance = { allowed: true };
const no = (reason: string): ApiAllowance => ({ allowed: false, reason });

/** What the state of an environment allows, whoever asks. */
export function allowedByState(facts: {
  environment: ApiEnvironment;
  /** Whether Argo CD has an Application for it, as far as is known. */
  application: boolean;
  /** Whether anything may be asked of a cluster at all. */
  readOnly: boolean;
  /** Groups of which one has to approve, those that the caller is of, and whether the caller asked for it. */
  approval: { groups: string[]; claims: string[]; asked: boolean };
  /** The environment that its releases come from. */
  promoteFrom?: string;
}): ApiEnvironmentAllowed {
  const { environment, application, readOnly, approval } = facts;
  const waits = environment.conditions.some(
    ({ reason }) => reason === 'ApprovalWanted',
  );
  const isApprover =
    approval.groups.length === 0 ||
    approval.groups.some(group => approval.claims.includes(group));
  const drifted = environment.drift?.state === 'drifted';
  const argocd = application
    ? YES
    : no('There is no Application yet; it is made on the way to Provisioned.');
  const writing = readOnly
    ? no(
        'Slipway only reads this cluster (slipway.apply: gitops-only); use Argo CD itself.',
      )
    : argocd;
  return {
    reconcile: YES,
    approve: approve(waits, isApprover, approval),
    refresh: writing,
    sync: writing,
    putBack: drifted ? writing : no('Nothing has drifted.'),
    accept: drifted ? YES : no('Nothing has drifted.'),
    rerun: YES,
    logs: YES,
    promote:
      facts.promoteFrom === undefined
        ? no('The spec names no environment to promote from (promoteFrom).')
        : YES,
    rollback:
      Object.keys(environment.release ?? {}).length === 0
        ? no('Nothing was released here yet.')
        : YES,
  };
}

function approve(
  waits: boolean,
  isApprover: boolean,
  { groups, asked }: { groups: string[]; asked: boolean },
): ApiAllowance {
  if (!waits) return no('Nothing waits for an approval.');
  if (asked) return no('You asked for it; somebody else has to approve it.');
  return isApprover
    ? YES
    : no(`One of ${groups.join(', ')} has to approve it.`);
}

/** What is left of it for somebody with these refusals. A missing permission is told first: it is the longer way. */
export function allowedTo(
  state: ApiEnvironmentAllowed,
  refusals: Array<string | undefined>,
): ApiEnvironmentAllowed {
  const names = Object.keys(PERMISSION_OF) as Array<keyof typeof PERMISSION_OF>;
  return Object.fromEntries(
    names.map((name, index) => {
      const refusal = refusals[index];
      return [name, refusal ? no(refusal) : state[name]];
    }),
  ) as ApiEnvironmentAllowed;
}
