import type {
  BuildGate,
  NormalizedWorkload,
  Problem,
  Release,
  Verdict,
} from '@slipway/plugin-slipway-common';
import { adoptionFindings } from './adopt/findings';
import { withoutStrangersAccounts } from './adopt/accounts';
import { renderKept } from './adopt/renderKept';
import { canonical, digestOfCanonical, sortBy } from './canonical';
import { isChart } from './chart/findings';
import { chartValues } from './chart/valuesOf';
import { checks } from './checks';
import {
  createContext,
  enforces,
  lineOf,
  toVerdict,
  type Draft,
  type Finding,
  type RenderContext,
  type Revision,
} from './context';
import { estimateCost } from './cost';
import { generatedSecrets, renderDatabase } from './database/renderDatabase';
import {
  objectPath,
  orderObjects,
  renderFiles,
  valuesPath,
  type Delivery,
} from './files';
import { containerDefaults, limitFindings } from './limits';
import { applyPatches } from './patches';
import { chartFolder, renderArgocd } from './platform/argocd';
import { setParameters } from './platform/applicationSet';
import { hardLimits, renderNamespace } from './platform/namespace';
import { renderNetworkPolicies } from './platform/networkPolicies';
import { evaluatePolicies } from './policy/evaluatePolicies';
import { quotaFindings, quotaLines } from './quota';
import { renderWorkload } from './render/workload';
import { holdsData } from './retention';
import type { SpecPaths } from './specPaths';
import { RENDERER_VERSION } from './version';
import type {
  EnvironmentPlan,
  PlanInput,
  PlanTerms,
  RenderedObject,
} from './types';

/** Stands for any revision where only the structure counts. */
const MASKED_REVISION = 'any-revision';

/**
 * What a spec becomes in one environment. Pure: the same input answers the
 * same plan, whatever the order of lists whose order has no meaning. It never
 * throws on a valid spec; what is wrong is in `problems`.
 *
 * @public
 */
export function planEnvironment(input: PlanInput): EnvironmentPlan {
  const problems: Problem[] = inputProblems(input);
  const context = createContext(input, (workloads, paths) =>
    revisionsOf(workloads, paths, input.release),
  );
  const objects = render(context, problems);
  const plain = objects.map(({ object }) => object);
  const digest = digestOfCanonical(plain);
  const terms = termsOf(input);
  const quota = quotaLines(plain, [], terms);
  const plan = {
    organization: context.organization,
    service: context.service,
    environment: context.environment,
    class: input.class.metadata.name,
    cluster: input.cluster.name,
    namespace: context.namespace,
    ...(context.adopt && {
      adopts: {
        namespace: context.adopt.namespace,
        application: context.adopt.application,
      },
    }),
    folder: context.folder,
    rendererVersion: input.rendererVersion ?? RENDERER_VERSION,
    objects,
    digest,
  };
  const { required, count, groups } = input.class.spec.approval;
  return {
    ...plan,
    files: renderFiles(plan, runningRelease(context), deliveryOf(context)),
    generatedSecrets: generatedSecrets(context),
    verdicts: [
      ...ownVerdicts(context, [
        ...checks(context),
        ...(input.found ? adoptionFindings(context, objects, input.found) : []),
        ...asEnforced(context, [
          ...limitFindings(objects, input.quota),
          ...quotaFindings(plain, quota, terms, input.quota.metadata.name),
        ]),
      ]),
      ...missingPacks(input),
      ...evaluatePolicies(
        objects,
        input.skipPolicies ? [] : packsOfClass(input),
        {
          organization: context.organization,
          service: context.service,
          environment: context.environment,
          class: plan.class,
          cluster: plan.cluster,
        },
      ),
    ],
    quota,
    cost: estimateCost(plain, [], terms),
    gates: gatesOf(context),
    approval: { required, count, groups },
    approvalDigest:
      input.class.spec.approval.on === 'structure'
        ? structureDigest(input)
        : digest,
    problems,
    terms,
  };
}

/** What a quota would refuse is only to be known where it isn't enforced yet. */
function asEnforced(context: RenderContext, findings: Finding[]): Finding[] {
  return enforces(context, 'quota')
    ? findings
    : findings.map(finding => ({ ...finding, result: 'warn' }));
}

/** How the environment reaches Argo CD, as its class and its cluster say. */
function deliveryOf(context: RenderContext): Delivery {
  return {
    ...(isChart(context) && {
      values: chartValues(context),
      chart: chartFolder(context),
    }),
    application: setParameters(context),
  };
}

/** Everything that the environment consists of, in order. */
function render(context: RenderContext, problems: Problem[]): RenderedObject[] {
  const drafts: Draft[] = [
    ...renderNamespace(context),
    ...renderNetworkPolicies(context),
    ...renderArgocd(context),
    ...context.workloads.flatMap(workload => renderWorkload(context, workload)),
    ...context.databases.flatMap(database => renderDatabase(context, database)),
  ];
  drafts.push(...renderKept(context, drafts));
  const patched = applyPatches(context, drafts, problems);
  const ordered = orderObjects(
    withoutStrangersAccounts(context, patched).map(draft =>
      finish(context, draft),
    ),
  );
  // What the chart renders stands in one file.
  return isChart(context)
    ? ordered.map(rendered =>
        rendered.part === 'workload'
          ? { ...rendered, path: valuesPath(context.folder) }
          : rendered,
      )
    : ordered;
}

function finish(
  context: RenderContext,
  { workload: _, provenance, source, ...draft }: Draft,
): RenderedObject {
  const { positions } = context.input;
  return {
    ...draft,
    object: canonical(draft.object),
    path: objectPath(context.folder, draft.part, draft.object),
    holdsData: holdsData(draft.object),
    ...(source && {
      source: { ...source, ...lineOf(source.specPath, positions) },
    }),
    provenance: sortBy(provenance, ({ pointer }) => pointer).map(entry => ({
      ...entry,
      ...(entry.specPath !== undefined && lineOf(entry.specPath, positions)),
    })),
  };
}

/**
 * The digest of the structure: every gate open and every revision the same,
 * so that neither the first build nor a later one lets an approval lapse.
 */
function structureDigest(input: PlanInput): string {
  const context = createContext(
    input,
    workloads =>
      new Map(
        workloads.map(({ name }) => [
          name,
          { revision: MASKED_REVISION, source: { origin: 'release' as const } },
        ]),
      ),
  );
  return digestOfCanonical(render(context, []).map(({ object }) => object));
}

/** What the spec pins counts before the release. */
function revisionsOf(
  workloads: NormalizedWorkload[],
  paths: SpecPaths,
  release: Release,
): ReadonlyMap<string, Revision> {
  const revisions = new Map<string, Revision>();
  for (const { name, image } of workloads) {
    const released = Object.hasOwn(release.workloads, name)
      ? release.workloads[name]
      : undefined;
    if (image.revision !== undefined) {
      revisions.set(name, {
        revision: image.revision,
        digest: image.digest,
        source: {
          origin: 'spec',
          specPath: paths.workload(name, 'image.revision'),
          noInverse:
            'An image is written in parts; change repository, revision or digest.',
        },
      });
    } else if (released) {
      revisions.set(name, {
        ...released,
        source: {
          origin: 'release',
          noInverse:
            'The revision belongs to the release; promote or roll back instead.',
        },
      });
    }
  }
  return revisions;
}

function gatesOf(context: RenderContext): BuildGate[] {
  return context.workloads.map(({ name }) => {
    const revision = context.revisions.get(name)?.revision;
    return {
      workload: name,
      open: revision !== undefined,
      ...(revision !== undefined && { revision }),
    };
  });
}

/** The release as it is rendered: of this environment's workloads only. */
function runningRelease(context: RenderContext): Release {
  const workloads = [...context.revisions].map(
    ([name, { revision, digest }]): [string, Release['workloads'][string]] => [
      name,
      { revision, ...(digest !== undefined && { digest }) },
    ],
  );
  return { workloads: Object.fromEntries(workloads) };
}

function termsOf({
  prices,
  class: environmentClass,
  quota,
}: PlanInput): PlanTerms {
  return {
    prices,
    base: environmentClass.spec.cost.base,
    hard: hardLimits(quota.spec.hard),
    ...containerDefaults(quota),
  };
}

function ownVerdicts(
  context: RenderContext,
  further: RenderContext['findings'],
): Verdict[] {
  const verdicts = [...context.findings, ...further].map(finding =>
    toVerdict(finding, context.input.positions),
  );
  const unique = new Map(
    verdicts.map(verdict => [`${verdict.rule} ${verdict.message}`, verdict]),
  );
  return sortBy(
    [...unique.values()],
    ({ rule, message }) => `${rule} ${message}`,
  );
}

/** The packs of the class, in its order; others that were handed in don't count. */
function packsOfClass(input: PlanInput) {
  return input.class.spec.policies.flatMap(
    name => input.policies.find(pack => pack.metadata.name === name) ?? [],
  );
}

function missingPacks(input: PlanInput): Verdict[] {
  return input.class.spec.policies
    .filter(name => !input.policies.some(pack => pack.metadata.name === name))
    .map(pack => ({
      pack,
      rule: 'pack',
      result: 'error' as const,
      message: `Class ${input.class.metadata.name} wants policy pack ${pack}, which doesn't exist.`,
      fix: 'Declare the pack, or take it out of the class.',
    }));
}

function inputProblems(input: PlanInput): Problem[] {
  const problems: Problem[] = [];
  const { environments } = input.spec.spec;
  if (!environments.some(({ name }) => name === input.environment)) {
    problems.push({
      path: 'spec.environments',
      segments: ['spec', 'environments'],
      code: 'reference',
      severity: 'error',
      message: `There is no environment ${input.environment}.`,
      allowed: environments.map(({ name }) => name).join(', '),
    });
  }
  if (
    input.rendererVersion !== undefined &&
    input.rendererVersion !== RENDERER_VERSION
  ) {
    problems.push({
      path: 'rendererVersion',
      segments: ['rendererVersion'],
      code: 'value',
      severity: 'error',
      message: `The environment is pinned to renderer ${input.rendererVersion}, which this Slipway doesn't have.`,
      allowed: RENDERER_VERSION,
    });
  }
  return problems;
}
