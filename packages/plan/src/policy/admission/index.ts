export { ruleExport, type RuleExport } from './exportable';
export { exportPolicies, POLICY_PACK_LABEL } from './exportPolicies';
