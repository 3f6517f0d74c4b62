import { isRecord, View } from '../view';
import { nameOf, show, type Report } from '../report';
import {
  checkDuration,
  checkKnown,
  checkPositive,
  checkUnique,
} from './common';
import { checkAdoption } from './adoptionChecks';
import { checkNeeds } from './needChecks';
import {
  checkRoutable,
  checkSecretReference,
  checkWhole,
  checkWorkload,
} from './workloadChecks';

/** What has to hold across a ServiceSpec. @internal */
export function checkServiceSpec(root: View, report: Report): void {
  const spec = root.get('spec');
  const workloads = spec.get('workloads').items;
  const databases = spec.get('databases').items;
  checkUnique(
    [...workloads, ...databases].map(item => item.get('name')),
    'a name; workloads and databases share one list of names',
    report,
  );
  for (const workload of workloads) {
    checkWorkload(workload, report);
    checkWhole(workload, report);
    checkRoutable(workload.get('domains'), workload, report);
    checkNeeds(workload.get('needs'), workload.get('name').text, root, report);
  }
  databases.forEach(database => checkDatabase(database, report));
  checkDomains(workloads, report);
  checkEnvironments(root, report);
}

function checkDatabase(database: View, report: Report): void {
  checkPositive(database.get('size'), report);
  checkSecretReference(database.get('credentials'), report);
}

/** One host name leads to one workload. */
function checkDomains(workloads: View[], report: Report): void {
  const owners = new Map<string, View>();
  for (const workload of workloads) {
    for (const domain of workload.get('domains').items) {
      const owner =
        domain.text === undefined ? undefined : owners.get(domain.text);
      if (owner && owner !== workload) {
        report({
          at: domain.path,
          code: 'duplicate',
          message: `${nameOf(domain.path)} is a domain of another workload`,
          found: show(domain.value),
          hint: `${nameOf(owner.path)}${owner.get('name').text ? `, ${owner.get('name').text},` : ''} has it already: give each workload its own`,
        });
      } else if (domain.text !== undefined) {
        owners.set(domain.text, workload);
      }
    }
  }
}

function checkEnvironments(root: View, report: Report): void {
  const environments = root.get('spec', 'environments').items;
  checkUnique(
    environments.map(item => item.get('name')),
    'the name of an environment',
    report,
  );
  const names = textsOf(environments.map(item => item.get('name')));
  for (const environment of environments) {
    checkDuration(environment.get('ttl'), report);
    checkKnown(
      environment.get('promoteFrom'),
      names,
      'environment of this spec',
      report,
    );
    checkOverrides(environment, root, report);
    checkAdoption(environment.get('adopt'), report);
  }
  checkPromotionCycles(environments, report);
  checkSharedDomains(root, environments, report);
}

function checkPromotionCycles(environments: View[], report: Report): void {
  const sources = new Map(
    environments.map(item => [
      item.get('name').text,
      item.get('promoteFrom').text,
    ]),
  );
  const told = new Set<string>();
  for (const environment of environments.filter(
    item => item.get('promoteFrom').present,
  )) {
    const start = environment.get('name').text;
    const road = start === undefined ? [] : [start];
    let next = sources.get(start);
    while (next !== undefined && !road.includes(next) && !told.has(next)) {
      road.push(next);
      next = sources.get(next);
    }
    if (start !== undefined && next === start) {
      road.forEach(name => told.add(name));
      const view = environment.get('promoteFrom');
      report({
        at: view.path,
        code: 'cycle',
        message: `${nameOf(view.path)} leads back to where it starts`,
        found: [...road, start].join(' ← '),
        hint: 'let the first environment be promoted from none',
      });
    }
  }
}

function checkOverrides(environment: View, root: View, report: Report): void {
  const spec = root.get('spec');
  for (const list of ['workloads', 'databases'] as const) {
    const declared = spec.get(list).items;
    const names = textsOf(declared.map(item => item.get('name')));
    const overrides = environment.get('overrides', list).items;
    checkUnique(
      overrides.map(item => item.get('name')),
      'what is overridden',
      report,
    );
    for (const override of overrides) {
      const base = checkKnown(
        override.get('name'),
        names,
        `${list.slice(0, -1)} of this spec`,
        report,
      )
        ? declared.find(
            item => item.get('name').text === override.get('name').text,
          )
        : undefined;
      if (list === 'databases') {
        checkDatabase(override, report);
      } else {
        checkWorkloadOverride(override, base, root, report);
      }
    }
  }
}

function checkWorkloadOverride(
  override: View,
  base: View | undefined,
  root: View,
  report: Report,
): void {
  checkWorkload(withBaseResources(override, base), report);
  checkNeeds(override.get('needs'), override.get('name').text, root, report);
  if (base) {
    const ports =
      override.get('port').present || override.get('ports').present
        ? override
        : base;
    checkRoutable(override.get('domains'), ports, report);
    checkWhole(asWhole(override, base), report);
  }
}

/** An override with what it can't say: the kind, and a schedule it leaves be. */
function asWhole(override: View, base: View): View {
  const kind = base.get('kind').text ?? 'Deployment';
  const schedule = base.get('schedule').value;
  return new View(
    {
      ...(kind === 'CronJob' && { schedule }),
      ...record(override.value),
      kind,
    },
    override.path,
  );
}

/** Requests and limits are compared as they will be together. */
function withBaseResources(override: View, base: View | undefined): View {
  if (!base || !override.get('resources').present) {
    return override;
  }
  const own = override.get('resources');
  return new View(
    {
      ...record(override.value),
      resources: {
        ...record(base.get('resources').value),
        ...record(own.value),
        limits: {
          ...record(base.get('resources', 'limits').value),
          ...record(own.get('limits').value),
        },
      },
    },
    override.path,
  );
}

/** Warns where several environments would answer for one host name. */
function checkSharedDomains(
  root: View,
  environments: View[],
  report: Report,
): void {
  for (const workload of root.get('spec', 'workloads').items) {
    const name = workload.get('name').text;
    const heirs = environments.filter(environment =>
      environment
        .get('overrides', 'workloads')
        .items.every(
          item =>
            item.get('name').text !== name || !item.get('domains').present,
        ),
    );
    const domains = workload.get('domains');
    if (domains.items.length > 0 && heirs.length > 1) {
      report({
        at: domains.path,
        onKey: true,
        code: 'duplicate',
        severity: 'warning',
        message: `${nameOf(domains.path)} are those of several environments`,
        found: textsOf(heirs.map(item => item.get('name'))).join(', '),
        hint: 'override domains of this workload in all environments but one',
      });
    }
  }
}

function textsOf(views: View[]): string[] {
  return views.flatMap(view => view.text ?? []);
}

function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}
