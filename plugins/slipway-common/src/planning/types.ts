import type { Problem } from '../parse';

/** What a plan would do to one thing. @public */
export type ChangeVerb = 'create' | 'update' | 'delete' | 'keep';

/** One file that a plan renders, relative to the GitOps repository. @public */
export interface RenderedFile {
  path: string;
  content: string;
}

/** Where in the spec a rendered field comes from. @public */
export interface Provenance {
  /** JSON pointer into the rendered object. */
  pointer: string;
  /** Dotted path into the spec such as `workloads[web].replicas`; absent when a class or a default decides. */
  specPath?: string;
  /** What decides where no spec path does. */
  origin: 'spec' | 'class' | 'quota' | 'organization' | 'release' | 'default';
  line?: number;
  /** Why a change of this field in the cluster can't be written back; absent when it can. */
  noInverse?: string;
}

/** Identity of a rendered object. @public */
export interface ObjectIdentity {
  apiVersion: string;
  kind: string;
  name: string;
  namespace?: string;
}

/** One field of an object that differs. Values of Secrets never appear. @public */
export interface FieldChange {
  pointer: string;
  before?: unknown;
  after?: unknown;
}

/** One object of a plan, beside what was rendered before. @public */
export interface ObjectChange extends ObjectIdentity {
  verb: ChangeVerb;
  /** `platform` objects are applied by Slipway, `workload` objects by Argo CD. */
  part: 'platform' | 'workload';
  path: string;
  fields: FieldChange[];
  /** Short words on what it is, such as `postgres 16, 10Gi`. */
  summary?: string;
  /** Spec path and line that it comes from. */
  source?: { specPath: string; line?: number };
  /** True when removing it loses data. */
  holdsData?: boolean;
}

/** What a policy rule says about a plan. @public */
export interface Verdict {
  pack: string;
  rule: string;
  /** `error` means the rule itself could not be evaluated; it blocks like deny. */
  result: 'pass' | 'allow' | 'warn' | 'deny' | 'error';
  message: string;
  fix?: string;
  object?: ObjectIdentity;
  source?: { specPath: string; line?: number };
}

/** Use of one quota resource. Quantities are Kubernetes quantities in canonical form. @public */
export interface QuotaLine {
  resource: string;
  before: string;
  after: string;
  limit?: string;
  fits: boolean;
}

/** One line of the monthly cost, in whole cents. @public */
export interface CostLine {
  item: string;
  detail: string;
  cents: number;
}

/** A monthly estimate. @public */
export interface CostEstimate {
  currency: string;
  cents: number;
  /** The same before the change; 0 for something new. */
  centsBefore: number;
  lines: CostLine[];
}

/** Whether a workload may be deployed yet. @public */
export interface BuildGate {
  workload: string;
  open: boolean;
  revision?: string;
}

/** The release of an environment: which revision of each workload runs. @public */
export interface Release {
  workloads: Record<string, { revision: string; digest?: string }>;
}

/** What a spec becomes in one environment. @public */
export interface EnvironmentPlanSummary {
  organization: string;
  service: string;
  environment: string;
  class: string;
  cluster: string;
  namespace: string;
  verb: ChangeVerb;
  objects: ObjectChange[];
  files: Array<{ path: string; verb: ChangeVerb }>;
  verdicts: Verdict[];
  /** Number of rules that passed. */
  passed: number;
  quota: QuotaLine[];
  cost: CostEstimate;
  gates: BuildGate[];
  approval: { required: boolean; count: number; groups: string[] };
  /** Over the canonical objects. */
  digest: string;
  /** What an approval binds to: with `approval.on: structure` image revisions are masked. */
  approvalDigest: string;
}

/** A whole plan, as the form, the change request and the CLI show it. @public */
export interface PlanSummary {
  /** Wrong input; when one is an error nothing else is filled. */
  problems: Problem[];
  /** Files of the platform repository. */
  files: Array<{
    path: string;
    verb: ChangeVerb;
    before?: string;
    after?: string;
  }>;
  environments: EnvironmentPlanSummary[];
  totals: {
    create: number;
    update: number;
    delete: number;
    warnings: number;
    denials: number;
    cents: number;
    centsBefore: number;
    currency: string;
  };
}
