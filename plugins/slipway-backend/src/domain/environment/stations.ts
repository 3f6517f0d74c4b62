import {
  REASONS,
  ROAD,
  type RoadStation,
} from '@slipway/plugin-slipway-common';
import type { ConditionDraft } from './decision';
import type {
  Agreement,
  Approvals,
  Declaration,
  Delivered,
  Domains,
  HandedOverStage,
  Placement,
  Planned,
  Platform,
  Remains,
  Stopped,
  Validity,
} from './observation';

/** What it is called that Slipway went as far as it was told to. */
const HANDED_OVER = {
  write: 'WrittenOnly',
  commit: 'CommittedLocally',
  branch: 'BranchPushed',
  push: 'PushedElsewhere',
} as const satisfies Record<HandedOverStage, string>;

type Ready = Extract<Planned, { state: 'ready' }>;

/** Several findings as one sentence that stays readable. */
function some(findings: string[], shown = 3): string {
  const more = findings.length - shown;
  return (
    findings.slice(0, shown).join(' ') + (more > 0 ? ` And ${more} more.` : '')
  );
}

function plural(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

export function declared(declaration: Declaration): ConditionDraft {
  const type = 'Declared';
  switch (declaration.state) {
    case 'declared':
      return {
        type,
        status: 'True',
        reason: 'Declared',
        message: 'The platform repository declares it.',
      };
    case 'undeclared':
      return {
        type,
        status: 'False',
        reason: 'Undeclared',
        message: 'No file declares it any more.',
      };
    case 'held':
      return {
        type,
        status: 'False',
        reason: 'MassDeletionHeld',
        message: declaration.message,
      };
    default:
      return {
        type,
        status: 'Unknown',
        reason: 'SourceUnreadable',
        message: declaration.message,
      };
  }
}

export function invalid(validity: Validity): ConditionDraft | undefined {
  const type = 'Validated';
  const status = 'False';
  switch (validity.state) {
    case 'invalid': {
      const keeps = validity.runsLastValid
        ? ' The last valid version keeps running.'
        : '';
      return {
        type,
        status,
        reason: 'Invalid',
        message: `${some(validity.problems) || 'The file has errors.'}${keeps}`,
      };
    }
    case 'class-unknown':
      return {
        type,
        status,
        reason: 'ClassUnknown',
        message: `No EnvironmentClass '${validity.class}'; there are: ${validity.known.join(', ') || 'none'}.`,
      };
    case 'reference-unknown':
      return {
        type,
        status,
        reason: 'ReferenceUnknown',
        message: validity.message,
      };
    default:
      return undefined;
  }
}

export function misplaced(placement: Placement): ConditionDraft | undefined {
  const type = 'Validated';
  const status = 'False';
  switch (placement.state) {
    case 'none':
      return {
        type,
        status,
        reason: 'NoClusterAllowed',
        message: placement.message,
      };
    case 'unknown':
      return {
        type,
        status,
        reason: 'ClusterUnknown',
        message: `No cluster '${placement.cluster}' in the configuration; there are: ${placement.known.join(', ') || 'none'}.`,
      };
    case 'fixed':
      return {
        type,
        status,
        reason: 'ClusterFixed',
        message: `It runs on '${placement.recorded}', the spec names '${placement.wanted}'; an environment is not moved by itself.`,
      };
    case 'unreadable':
      return {
        type,
        status,
        reason: 'GitUnavailable',
        message: `Whether it is on a cluster already is told by its folder: ${placement.message}`,
      };
    case 'occupied':
      return {
        type,
        status,
        reason: 'NamespaceTaken',
        message: `The namespace '${placement.namespace}' is managed by Slipway already and belongs to ${placement.by}.`,
      };
    default:
      return undefined;
  }
}

export function domainTaken(domains: Domains): ConditionDraft | undefined {
  if (domains.state !== 'taken') return undefined;
  return {
    type: 'Validated',
    status: 'False',
    reason: 'DomainTaken',
    message: `'${domains.domain}' belongs to ${domains.by}.`,
  };
}

export function renderFailed(message: string): ConditionDraft {
  return {
    type: 'Validated',
    status: 'False',
    reason: 'RenderFailed',
    message,
  };
}

export function clusterAway(
  type: RoadStation,
  message: string,
  credentials = false,
): ConditionDraft {
  return {
    type,
    status: 'Unknown',
    reason: credentials ? 'CredentialsRefused' : 'ClusterUnreachable',
    message,
  };
}

export function policy(plan: Ready): ConditionDraft {
  const type = 'PolicyPassed';
  if (plan.brokenRules.length > 0) {
    return {
      type,
      status: 'False',
      reason: 'PolicyError',
      message: some(plan.brokenRules),
    };
  }
  if (plan.denials.length > 0) {
    return {
      type,
      status: 'False',
      reason: 'PolicyDenied',
      message: some(plan.denials),
    };
  }
  if (plan.misfits.length > 0) {
    return {
      type,
      status: 'False',
      reason: 'QuotaExceeded',
      message: some(plan.misfits),
    };
  }
  return plan.warnings.length > 0
    ? {
        type,
        status: 'True',
        reason: 'PolicyWarned',
        message: some(plan.warnings),
      }
    : {
        type,
        status: 'True',
        reason: 'PolicyPassed',
        message: `${plural(plan.passed, 'rule')} passed.`,
      };
}

export function approved(
  plan: Agreement,
  approvals: Pick<Approvals, 'given' | 'by'>,
): ConditionDraft {
  const type = 'Approved';
  const { count, groups } = plan.approval;
  const missing = count - approvals.given;
  if (missing <= 0) {
    const by = approvals.by.length > 0 ? ` by ${approvals.by.join(', ')}` : '';
    return {
      type,
      status: 'True',
      reason: 'Approved',
      message: `Approved${by}.`,
    };
  }
  const people = missing === 1 ? 'one' : `${missing} people`;
  const anybody = missing === 1 ? 'somebody' : `${missing} people`;
  const who =
    groups.length > 0
      ? `${people} of ${groups.join(' or ')}`
      : `${anybody} with the permission to approve`;
  return {
    type,
    status: 'False',
    reason: 'ApprovalWanted',
    message: `${who[0].toUpperCase()}${who.slice(1)} must approve ${shortDigest(plan.approvalDigest)}.`,
  };
}

export function approvalNotRequired(): ConditionDraft {
  return {
    type: 'Approved',
    status: 'True',
    reason: 'NotRequired',
    message: 'The class asks for no approval.',
  };
}

export function rendered(plan: Ready): ConditionDraft {
  return {
    type: 'Rendered',
    status: 'True',
    reason: 'Rendered',
    message: `${plural(plan.objects, 'object')} in ${plural(plan.files, 'file')}.`,
  };
}

export function committed(delivered: Delivered): ConditionDraft {
  const type = 'Committed';
  switch (delivered.state) {
    case 'same':
      return {
        type,
        status: 'True',
        reason: 'Committed',
        message: `Commit ${delivered.commit.slice(0, 7)}.`,
      };
    case 'differs':
      return {
        type,
        status: 'False',
        reason: 'Committing',
        message: 'The rendered files are being written.',
      };
    case 'unavailable':
      return {
        type,
        status: 'False',
        reason: 'GitUnavailable',
        message: delivered.message,
      };
    default:
      return stopped(type, delivered);
  }
}

/** What is told where Slipway stops and somebody else brings it on. */
function stopped(
  type: 'Committed' | 'Declared',
  delivery: Stopped,
): ConditionDraft {
  const status = 'False';
  switch (delivery.state) {
    case 'change-open':
      return {
        type,
        status,
        reason: 'DeliveryChangeOpen',
        message: `Change request ${delivery.url ?? delivery.change} has to be merged.`,
      };
    case 'change-closed':
      return {
        type,
        status,
        reason: 'DeliveryChangeClosed',
        message: `Change request ${delivery.url ?? delivery.change} was closed without a merge.`,
      };
    default:
      return {
        type,
        status,
        reason: HANDED_OVER[delivery.stage],
        message: `It stands in ${delivery.where}.`,
      };
  }
}

export function provisioned(platform: Platform): ConditionDraft {
  const type = 'Provisioned';
  const status = 'False';
  switch (platform.state) {
    case 'applied':
      return {
        type,
        status: 'True',
        reason: 'Provisioned',
        message: `${plural(platform.objects, 'object')} in place.`,
      };
    case 'pending':
      return {
        type,
        status,
        reason: 'Provisioning',
        message: platform.message,
      };
    case 'terminating':
      return {
        type,
        status,
        reason: 'Provisioning',
        message: `The former namespace '${platform.namespace}' is still being deleted.`,
      };
    case 'unreachable':
      return clusterAway(type, platform.message, platform.credentials);
    case 'refused':
      return {
        type,
        status,
        reason: 'ApplyRefused',
        message: platform.message,
      };
    case 'conflict':
      return {
        type,
        status,
        reason: 'FieldConflict',
        message: platform.message,
      };
    case 'namespace-taken':
      return {
        type,
        status,
        reason: 'NamespaceTaken',
        message: `The namespace '${platform.namespace}' is there already and belongs to ${platform.by}.`,
      };
    case 'adopting':
      return { type, status, reason: 'Adopting', message: platform.message };
    case 'adoption-stopped':
      return {
        type,
        status,
        reason: 'AdoptionStopped',
        message: platform.message,
      };
    case 'argocd-missing':
      return {
        type,
        status,
        reason: 'ArgoCDMissing',
        message: platform.message,
      };
    default:
      return platform.missing.length === 0
        ? {
            type,
            status: 'True',
            reason: 'Provisioned',
            message: 'Everything of platform/ is in place.',
          }
        : {
            type,
            status,
            reason: 'LeftToOthers',
            message: `Slipway only reads this cluster. Not there yet: ${some(platform.missing.map(name => `${name}.`))}`,
          };
  }
}

/** The sentence of a removal that is under way. */
export function removing(remains: Remains): ConditionDraft {
  const type = 'Declared';
  const status = 'False';
  switch (remains.state) {
    case 'unreachable':
      return clusterAway(
        type,
        `Removal waits: ${remains.message}`,
        remains.credentials,
      );
    case 'refused':
      return { type, status, reason: 'ApplyRefused', message: remains.message };
    case 'git-unavailable':
      return {
        type,
        status,
        reason: 'GitUnavailable',
        message: remains.message,
      };
    default:
      return remains.handedOver && waitsForItsFolder(remains)
        ? stopped(type, remains.handedOver)
        : {
            type,
            status,
            reason: 'Undeclared',
            message: removalStep(remains),
          };
  }
}

/** Whether all but its folder in Git is gone. */
function waitsForItsFolder(
  remains: Extract<Remains, { state: 'looked' }>,
): boolean {
  const { application, project, objects, namespace, folder } = remains;
  return (
    folder === 'handed-over' &&
    application === 'gone' &&
    project === 'gone' &&
    objects.length === 0 &&
    namespace !== 'present' &&
    namespace !== 'deleting'
  );
}

function removalStep(remains: Extract<Remains, { state: 'looked' }>): string {
  const { application, project, objects, namespace, folder } = remains;
  if (application === 'present') return 'Deleting the Argo CD Application.';
  if (application === 'deleting') {
    return 'Argo CD deletes what it had applied.';
  }
  if (project !== 'gone') return 'Deleting the Argo CD AppProject.';
  if (objects.length > 0)
    return `Deleting ${some(objects.map(name => `${name}.`))}`;
  if (namespace === 'deleting') return 'The namespace is being deleted.';
  if (namespace === 'present') return 'Deleting the namespace.';
  if (folder === 'present')
    return 'Removing its folder from the GitOps repository.';
  return 'Giving its host names back.';
}

export function removed(keeps: string[]): ConditionDraft {
  return keeps.length > 0
    ? {
        type: 'Declared',
        status: 'False',
        reason: 'Retained',
        message: `Removed; the namespace stays with ${keeps.join(', ')}.`,
      }
    : {
        type: 'Declared',
        status: 'False',
        reason: 'Removed',
        message: 'Removed with everything that was in it.',
      };
}

export function ahead(type: RoadStation): ConditionDraft {
  return {
    type,
    status: 'Unknown',
    reason: 'Ahead',
    message: REASONS.Ahead.next,
  };
}

/** The stations after one. */
export function after(station: RoadStation): RoadStation[] {
  return ROAD.slice(ROAD.indexOf(station) + 1);
}

function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 7);
}
