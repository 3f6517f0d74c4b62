import {
  LABELS,
  MANAGED_BY,
  type EnvironmentClass,
  type PolicyPack,
  type PolicyRule,
} from '@slipway/plugin-slipway-common';
import { canonical } from '../../canonical';
import { CLASS_LABEL } from '../../context';
import type { KubernetesObject } from '../../types';
import { typeOf } from '../cel';
import { kindsOf, ruleExport } from './exportable';

const API_VERSION = 'admissionregistration.k8s.io/v1';

/** The pack that a policy was made from. @public */
export const POLICY_PACK_LABEL = 'slipway.dev/policy-pack';

/** Allow only records, so it says nothing to whoever applies. */
const ACTIONS: Record<PolicyRule['action'], string[]> = {
  deny: ['Deny'],
  warn: ['Warn', 'Audit'],
  allow: ['Audit'],
};

/**
 * Controllers write to objects that others made: what was there before a rule
 * has to go on working, and what goes has to be able to go.
 */
const CONDITIONS = [
  {
    name: 'not-by-a-controller',
    expression:
      "!request.userInfo.username.matches('^system:(kube-controller-manager|serviceaccount:kube-system:[a-z0-9-]+-(controller|collector|autoscaler))$')",
  },
  {
    name: 'not-going',
    expression: '!has(object.metadata.deletionTimestamp)',
  },
];

/**
 * The rules of packs as ValidatingAdmissionPolicies and their bindings, each
 * for the namespaces of the classes that use its pack. What `ruleExport` says
 * can't be exported is left out, and so are packs that no class uses.
 *
 * Slipway never applies them: whoever may write an admission policy may stop a
 * whole cluster. They are files, for the platform team's own Application.
 *
 * @public
 */
export function exportPolicies(
  packs: readonly PolicyPack[],
  classes: readonly EnvironmentClass[],
): KubernetesObject[] {
  return packs.flatMap(pack => {
    const users = classes
      .filter(({ spec }) => spec.policies.includes(pack.metadata.name))
      .map(({ metadata }) => metadata.name)
      .sort();
    if (users.length === 0) return [];
    return pack.spec.rules
      .filter(rule => ruleExport(rule).exported)
      .flatMap(rule => [policyOf(pack, rule), bindingOf(pack, rule, users)])
      .map(object => canonical(object));
  });
}

/** A rule's name is its own pack's only, so both are in it. */
function metadataOf(pack: PolicyPack, rule: PolicyRule) {
  return {
    name: `${rule.name}.${pack.metadata.name}.policies.slipway.dev`,
    labels: {
      [LABELS.managedBy]: MANAGED_BY,
      [POLICY_PACK_LABEL]: pack.metadata.name,
    },
  };
}

function policyOf(pack: PolicyPack, rule: PolicyRule): KubernetesObject {
  const annotations = {
    ...(rule.description && { 'slipway.dev/description': rule.description }),
    ...(rule.fix && { 'slipway.dev/fix': rule.fix }),
  };
  const { condition } = rule.match;
  return {
    apiVersion: API_VERSION,
    kind: 'ValidatingAdmissionPolicy',
    metadata: {
      ...metadataOf(pack, rule),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: {
      // A rule that can't be evaluated blocks, as it does in a plan.
      failurePolicy: 'Fail',
      matchConstraints: {
        matchPolicy: 'Equivalent',
        resourceRules: kindsOf(rule).map(({ group, version, resource }) => ({
          apiGroups: [group],
          apiVersions: [version],
          resources: [resource],
          operations: ['CREATE', 'UPDATE'],
          scope: '*',
        })),
      },
      matchConditions: [
        ...CONDITIONS,
        ...(condition === undefined
          ? []
          : [{ name: 'applies', expression: ofType('bool', condition) }]),
      ],
      validations: [
        {
          expression: ofType('bool', rule.expression),
          messageExpression: ofType('string', rule.messageExpression),
          // For when the message can't be evaluated.
          message: `Rule ${rule.name} doesn't hold.`,
        },
      ],
    },
  };
}

function bindingOf(
  pack: PolicyPack,
  rule: PolicyRule,
  classes: string[],
): KubernetesObject {
  const metadata = metadataOf(pack, rule);
  return {
    apiVersion: API_VERSION,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata,
    spec: {
      policyName: metadata.name,
      validationActions: ACTIONS[rule.action],
      matchResources: {
        namespaceSelector: {
          matchExpressions: [
            { key: CLASS_LABEL, operator: 'In', values: classes },
          ],
        },
      },
    },
  };
}

/**
 * The API server wants to know the type beforehand. Where it only shows when
 * the expression is run, this says it without changing what comes out.
 */
function ofType(type: 'bool' | 'string', expression: string): string {
  if (typeOf(expression) === type) return expression;
  return type === 'bool'
    ? `(${expression}) ? true : false`
    : `'' + (${expression})`;
}
