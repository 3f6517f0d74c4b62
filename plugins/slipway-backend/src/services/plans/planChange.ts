import { EnvironmentPlan, headline, summarize, totals } from '@slipway/plan';
import {
  ApiPlan,
  EnvironmentPlanSummary,
  formatPath,
  PathSegment,
  PlanSummary,
  Problem,
  ServiceSpec,
} from '@slipway/plugin-slipway-common';
import {
  attemptProblem,
  environmentKey,
  EnvironmentName,
  planDeclared,
  Surroundings,
} from '../../domain/platform/planDeclared';
import { placeProblems } from '../../domain/platform/placeProblems';
import {
  FileEdit,
  locate,
  PlatformState,
} from '../../domain/platform/PlatformState';

/** A change to a class that a thousand environments follow is not planned for all of them in one request. */
const MAX_ENVIRONMENTS = 200;

/** Who holds a domain already; undefined when nobody does. */
export type DomainHolder = (
  domain: string,
) => { organization: string; service: string } | undefined;

/** Plans a change of files against a state: pure, as `plan()` is. */
export function planChange(
  base: PlatformState,
  edits: FileEdit[],
  surroundings: Surroundings,
  domainHolder: DomainHolder,
): { plan: ApiPlan; plans: Map<string, EnvironmentPlan> } {
  const { state, problems } = base.withFiles(edits);
  const names = affected(base, state, edits);
  const all: Problem[] = [...problems];
  if (names.length > MAX_ENVIRONMENTS) {
    all.push({
      path: '',
      segments: [],
      code: 'range',
      severity: 'warning',
      message: `This affects ${names.length} environments; the plan shows the first ${MAX_ENVIRONMENTS}.`,
    });
  }
  const summaries: EnvironmentPlanSummary[] = [];
  const plans = new Map<string, EnvironmentPlan>();
  for (const name of names.slice(0, MAX_ENVIRONMENTS)) {
    const after = planDeclared(state, name, surroundings);
    const before = planDeclared(base, name, surroundings);
    const path = `organizations/${name.organization}/services/${name.service}.yaml`;
    if (!('plan' in after) && after.reason !== 'Undeclared')
      all.push(attemptProblem(path, after));
    const afterPlan = 'plan' in after ? after.plan : undefined;
    const beforePlan = 'plan' in before ? before.plan : undefined;
    if (afterPlan) {
      all.push(
        ...afterPlan.problems.map(problem => ({ file: path, ...problem })),
      );
      plans.set(environmentKey(name), afterPlan);
    }
    if (afterPlan || beforePlan)
      summaries.push(summarize(afterPlan, beforePlan));
  }
  all.push(...domainProblems(state, edits, domainHolder));
  const broken = all.some(problem => problem.severity === 'error');
  const summary: PlanSummary = {
    problems: unique(placeProblems(state, all)),
    files: edits.map(edit => fileChange(base, edit, problems)),
    environments: broken ? [] : summaries,
    totals: totals(broken ? [] : summaries),
  };
  return {
    plan: {
      ...summary,
      headline: headline(summary),
      ...(base.commit ? { base: base.commit } : {}),
    },
    plans,
  };
}

function fileChange(
  base: PlatformState,
  edit: FileEdit,
  problems: Problem[],
): PlanSummary['files'][number] {
  const place = locate(edit.path);
  const before =
    'problem' in place
      ? undefined
      : base.resource(place.kind, place.organization, place.name)?.text;
  const after = edit.content ?? undefined;
  let verb: PlanSummary['files'][number]['verb'] = 'update';
  if (before === after) verb = 'keep';
  else if (after === undefined) verb = 'delete';
  else if (before === undefined) verb = 'create';
  // What is refused may hold a secret, written down by mistake; it goes no further than its problems.
  const refused = problems.some(
    it => it.file === edit.path && it.severity === 'error',
  );
  return { path: edit.path, verb, ...(refused ? {} : { before, after }) };
}

/** Every environment, declared before or after, whose plan these files can change. */
function affected(
  base: PlatformState,
  after: PlatformState,
  edits: FileEdit[],
): EnvironmentName[] {
  const services = new Map<string, { organization: string; service: string }>();
  const add = (spec: ServiceSpec | undefined) => {
    if (!spec) return;
    const { organization } = spec.spec;
    services.set(`${organization}/${spec.metadata.name}`, {
      organization,
      service: spec.metadata.name,
    });
  };
  for (const edit of edits) {
    const place = locate(edit.path);
    if ('problem' in place) continue;
    if (place.kind === 'ServiceSpec') {
      add(base.service(place.organization, place.name));
      add(after.service(place.organization, place.name));
    } else if (place.kind === 'Organization') {
      after
        .services()
        .filter(s => s.spec.organization === place.organization)
        .forEach(add);
    } else if (place.kind !== 'RepoBinding') {
      [...base.services(), ...after.services()]
        .filter(s => follows(s, place, base, after))
        .forEach(add);
    }
  }
  return [...services.values()].flatMap(({ organization, service }) => {
    const names = new Set(
      [base, after].flatMap(
        state =>
          state
            .service(organization, service)
            ?.spec.environments.map(e => e.name) ?? [],
      ),
    );
    return [...names].map(environment => ({
      organization,
      service,
      environment,
    }));
  });
}

function follows(
  spec: ServiceSpec,
  place: { kind: string; name: string },
  ...states: PlatformState[]
): boolean {
  return spec.spec.environments.some(environment => {
    if (place.kind === 'EnvironmentClass')
      return environment.class === place.name;
    return states.some(state => {
      const environmentClass = state.class(environment.class);
      return place.kind === 'QuotaProfile'
        ? environmentClass?.spec.quota === place.name
        : (environmentClass?.spec.policies.includes(place.name) ?? false);
    });
  });
}

/** A domain belongs to the first that holds it: in the files, and in what was claimed before. */
function domainProblems(
  state: PlatformState,
  edits: FileEdit[],
  holder: DomainHolder,
): Problem[] {
  const touched = new Set(
    edits.filter(e => e.content !== null).map(e => e.path),
  );
  const problems: Problem[] = [];
  for (const resource of state.all('ServiceSpec')) {
    if (!touched.has(resource.path) || !resource.value) continue;
    const spec = resource.value as ServiceSpec;
    for (const [domain, segments] of domainPlaces(spec)) {
      const claimed = holder(domain);
      const other =
        claimed &&
        (claimed.organization !== spec.spec.organization ||
          claimed.service !== spec.metadata.name)
          ? claimed
          : state
              .services()
              .filter(s => s !== spec && domainsOf(s).includes(domain))
              .map(s => ({
                organization: s.spec.organization,
                service: s.metadata.name,
              }))[0];
      if (!other) continue;
      problems.push({
        file: resource.path,
        path: formatPath(segments),
        segments,
        code: 'conflict',
        severity: 'error',
        message: `The domain ${domain} belongs to ${other.organization}/${other.service}.`,
        found: domain,
        allowed: 'a domain that nobody else holds',
        hint: `Choose another domain, or ask the owners of ${other.organization} to give it up.`,
      });
    }
  }
  return problems;
}

/** All domains of a spec, overrides included. */
export function domainsOf(spec: ServiceSpec): string[] {
  return [...domainPlaces(spec).keys()];
}

/** Every domain with where the spec names it first. */
function domainPlaces(spec: ServiceSpec): Map<string, PathSegment[]> {
  const places = new Map<string, PathSegment[]>();
  const collect = (
    workloads: Array<{ domains?: string[] }>,
    at: PathSegment[],
  ) =>
    workloads.forEach(({ domains = [] }, workload) =>
      domains.forEach((domain, index) => {
        if (!places.has(domain))
          places.set(domain, [...at, workload, 'domains', index]);
      }),
    );
  collect(spec.spec.workloads, ['spec', 'workloads']);
  spec.spec.environments.forEach(({ overrides }, index) =>
    collect(overrides?.workloads ?? [], [
      'spec',
      'environments',
      index,
      'overrides',
      'workloads',
    ]),
  );
  return places;
}

function unique(problems: Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(problem => {
    const id = JSON.stringify([
      problem.file,
      problem.line,
      problem.column,
      problem.path,
      problem.message,
    ]);
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}
