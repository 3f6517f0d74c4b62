/**
 * What a ServiceSpec becomes in an environment: one pure function, for Node
 * and the browser.
 *
 * @packageDocumentation
 */
export {
  ADOPTABLE_ANNOTATION,
  ADOPTED_ANNOTATION,
  ADOPTING_ANNOTATION,
  trackedResources,
  type FoundEnvironment,
  type TrackedResource,
} from './adopt/found';
export { isAdopted } from './adopt/findings';
export {
  proposeAdoption,
  type AdoptionProposal,
  type ProposalInput,
} from './adopt/propose';
export { resolveEnvironment } from '@slipway/plugin-slipway-common';
export { digestOf } from './canonical';
export { chooseCluster } from './chooseCluster';
export { CLASS_LABEL, environmentFolder, OWNER_ANNOTATION } from './context';
export { DEFAULT_PRICES, estimateCost } from './cost';
export { diffObjects } from './diff';
export {
  ENVIRONMENT_FILE,
  parseEnvironmentFile,
  renderEnvironmentFile,
  type EnvironmentFile,
} from './environmentFile';
export { readRenderedFiles, type RenderedEnvironment } from './files';
export { planEnvironment } from './planEnvironment';
export { RENDERER_VERSION } from './version';
export { DEFAULT_POLICIES } from './policy/defaultPolicies';
export { renderApplicationSet } from './platform/applicationSet';
export { DEVELOPER_CLUSTER_ROLE } from './platform/namespace';
export {
  exportPolicies,
  POLICY_PACK_LABEL,
  ruleExport,
  type RuleExport,
} from './policy/admission';
export {
  evaluatePolicies,
  type PolicyContext,
  type PolicySubject,
} from './policy/evaluatePolicies';
export { quotaLines } from './quota';
export { holdsData } from './retention';
export { specPathSegments } from './specPaths';
export { summarize } from './summarize';
export {
  MANIFEST_MAX_BYTES,
  MANIFEST_MAX_FILES,
  manifestCandidates,
  type ManifestCandidates,
} from './firstSpec/candidates';
export { proposeFirstSpec } from './firstSpec/propose';
export type {
  FirstDatabase,
  FirstSpec,
  FirstSpecInput,
  FirstWorkload,
  ManifestFile,
  NotTaken,
} from './firstSpec/types';
export { headline, totals } from './totals';
export { provenanceAt } from './trace';
export * from './types';
