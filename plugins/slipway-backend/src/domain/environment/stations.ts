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
  Placement,
  Planned,
  Platform,
  Validity,
} from './observation';
import { clusterAway, plural, some, stopped } from './stationParts';

type Ready = Extract<Planned, { state: 'ready' }>;

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
