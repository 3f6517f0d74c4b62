import { organizationNamespace } from '../../kinds/namespace';
import { KINDS, type Kind } from '../../kinds/registry';
import { nameOf, show, type Report } from '../report';
import type { View } from '../view';
import {
  checkEnvironmentClass,
  checkOrganization,
  checkPolicyPack,
  checkQuotaProfile,
} from './otherChecks';
import { checkSecrets } from './secretChecks';
import { checkServiceSpec } from './serviceSpecChecks';
import { checkText } from './textChecks';

const CHECKS: Partial<Record<Kind, (root: View, report: Report) => void>> = {
  Organization: checkOrganization,
  ServiceSpec: checkServiceSpec,
  EnvironmentClass: checkEnvironmentClass,
  QuotaProfile: checkQuotaProfile,
  PolicyPack: checkPolicyPack,
};

/**
 * What a schema can't say: everything that has to hold between fields. Runs
 * on values that the schema may have refused.
 *
 * @internal
 */
export function checkResource(kind: Kind, root: View, report: Report): void {
  CHECKS[kind]?.(root, report);
  if (KINDS[kind].scope === 'Namespaced') {
    checkNamespace(root, report);
  }
}

function checkNamespace(root: View, report: Report): void {
  const namespace = root.get('metadata', 'namespace');
  const organization = root.get('spec', 'organization').text;
  if (organization === undefined || namespace.text === undefined) {
    return;
  }
  const allowed = organizationNamespace(organization);
  if (namespace.text !== allowed) {
    report({
      at: namespace.path,
      code: 'conflict',
      message: `${nameOf(namespace.path)} is not the namespace of spec.organization`,
      found: show(namespace.value),
      allowed,
      hint: 'take it out: it is filled in',
    });
  }
}

export { checkSecrets, checkText };
