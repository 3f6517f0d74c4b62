import {
  ENVIRONMENT_FILE,
  EnvironmentFile,
  EnvironmentPlan,
  headline,
  parseEnvironmentFile,
  readRenderedFiles,
  summarize,
  totals,
} from '@slipway/plan';
import { PlanSummary, Problem, Release } from '@slipway/plugin-slipway-common';
import { GitHost, RepositoryRef } from '@slipway/plugin-slipway-node';
import { deliveredEnvironment } from '../../domain/platform/delivery';
import {
  environmentKey,
  EnvironmentName,
  planDeclared,
} from '../../domain/platform/planDeclared';
import { FileEdit, PlatformState } from '../../domain/platform/PlatformState';
import { GITOPS_PULLS, pullsKey } from '../../ports/PullRequests';
import {
  PlannedChange,
  Planner,
  PlatformStates,
  SurroundingsSource,
} from '../plans/Planner';
import { problemOf, strayChartFiles, strayFiles } from './strays';

/** A repository whose change requests the portal shows, and what its files mean. */
export interface ChangeOrigin {
  repository: RepositoryRef;
  /** What a merge of these files would do; against `base` when given, else against what was last read. */
  plan(files: FileEdit[], base?: string): Promise<PlannedChange>;
  /** The key that tells its pull requests what there is to say of them. */
  readonly pullsKey: string;
  /** Keys that concern whoever waits for a merge of these files. */
  keysAfterMerge(files: FileEdit[]): string[];
}

/** The platform repository: people's own changes to what they declare. */
export class PlatformOrigin implements ChangeOrigin {
  readonly pullsKey: string;

  constructor(
    readonly repository: RepositoryRef,
    private readonly planner: Planner,
    private readonly sourceId: string,
  ) {
    this.pullsKey = pullsKey(sourceId);
  }

  plan(files: FileEdit[], base?: string): Promise<PlannedChange> {
    return base ? this.planner.planAt(base, files) : this.planner.plan(files);
  }

  keysAfterMerge(): string[] {
    return [`source:${this.sourceId}`];
  }
}

/**
 * The GitOps repository: deliveries that a class wants to be looked at before they reach the cluster. What a plan, a
 * policy and an approval are about is what Slipway renders, so nothing else may come along with it.
 */
export class DeliveryOrigin implements ChangeOrigin {
  readonly pullsKey = pullsKey(GITOPS_PULLS);

  constructor(
    readonly repository: RepositoryRef,
    private readonly host: GitHost,
    private readonly states: PlatformStates,
    private readonly facts: SurroundingsSource,
  ) {}

  async plan(files: FileEdit[], base?: string): Promise<PlannedChange> {
    const [state, surroundings, head] = await Promise.all([
      this.states.current(),
      this.facts.surroundings(),
      base ?? this.host.head(this.repository),
    ]);
    const plans = new Map<string, EnvironmentPlan>();
    const onlyRelease = new Set<string>();
    const summary: PlanSummary = {
      problems: [],
      files: files.map(({ path, content }) => ({
        path,
        verb: content === null ? 'delete' : 'update',
      })),
      environments: [],
      totals: totals([]),
    };
    if (
      state
        .all('EnvironmentClass')
        .some(({ name }) => state.class(name)?.spec.delivery.form === 'chart')
    )
      summary.problems.push(
        ...strayChartFiles(files, surroundings.gitops.chart),
      );
    for (const { name, changed } of byFolder(files)) {
      const key = environmentKey(name);
      const committed = head
        ? await this.host.readFiles(this.repository, {
            commit: head,
            prefixes: [`${name.folder}/`],
          })
        : [];
      const before = fileOf(committed, name.folder);
      const planWith = (release: Release | undefined) =>
        planDeclared(state, name, {
          ...surroundings,
          release: other =>
            other === key && release ? release : surroundings.release(other),
        });
      // What is proposed is judged by the release that it brings, not by the one that it replaces.
      const attempt = planWith(
        (fileOf(changed, name.folder) ?? before)?.release,
      );
      const where = { key, folder: name.folder };
      if (!('plan' in attempt)) {
        summary.problems.push(...unplanned(state, name, attempt, changed));
        continue;
      }
      const { plan } = attempt;
      const isIts = plan.folder === name.folder;
      summary.problems.push(
        ...plan.problems.filter(({ severity }) => severity === 'error'),
        ...strayFiles(where, changed, isIts ? plan : undefined, committed),
      );
      if (isIts || !plans.has(key)) plans.set(key, plan);
      if (!isIts) continue;
      summary.environments.push(summarize(plan, readRenderedFiles(committed)));
      const unmoved = before && planWith(before.release);
      if (unmoved && 'plan' in unmoved && unmoved.plan.digest === before.digest)
        onlyRelease.add(key);
    }
    summary.totals = totals(summary.environments);
    return {
      plan: {
        ...summary,
        headline: headline(summary),
        ...(head ? { base: head } : {}),
      },
      plans,
      onlyRelease,
    };
  }

  keysAfterMerge(files: FileEdit[]): string[] {
    const names = files.flatMap(({ path }) => deliveredEnvironment(path) ?? []);
    return [
      ...new Set(names.map(name => `environment:${environmentKey(name)}`)),
    ];
  }
}

/** The changed files of each folder of an environment. */
function byFolder(files: FileEdit[]): Array<{
  name: EnvironmentName & { folder: string };
  changed: FileEdit[];
}> {
  const folders = new Map<string, ReturnType<typeof byFolder>[number]>();
  for (const file of files) {
    const name = deliveredEnvironment(file.path);
    if (!name) continue;
    const one = folders.get(name.folder) ?? { name, changed: [] };
    one.changed.push(file);
    folders.set(name.folder, one);
  }
  return [...folders.values()];
}

/** What is wrong with a change of an environment that can't be planned. One that nobody declares may go. */
function unplanned(
  state: PlatformState,
  { folder, ...name }: EnvironmentName & { folder: string },
  { reason, message }: { reason: string; message: string },
  changed: FileEdit[],
): Problem[] {
  const { organization, service } = name;
  const isBroken =
    state.resource('ServiceSpec', organization, service) !== undefined &&
    state.service(organization, service) === undefined;
  const astray =
    reason === 'Undeclared' && !isBroken
      ? changed.filter(({ content }) => content !== null)
      : changed;
  const [first] = astray;
  if (!first) return [];
  const key = environmentKey(name);
  return [
    isBroken
      ? problemOf(
          first.path,
          `The spec of ${organization}/${service} has errors, so nobody can tell what ${key} is to be.`,
          'Put the spec right first.',
        )
      : problemOf(
          first.path,
          `${folder} is not what Slipway renders: ${message}`,
          reason === 'Undeclared'
            ? 'Declare the environment in the spec of its service: Slipway renders its folder. Take the folder out of the branch.'
            : 'Put that right first, then promote or roll back again.',
        ),
  ];
}

/** What `environment.yaml` of a folder says; undefined where it isn't among the files, or can't be read. */
function fileOf(
  files: readonly FileEdit[],
  folder: string,
): EnvironmentFile | undefined {
  const file = files.find(
    ({ path }) => path === `${folder}/${ENVIRONMENT_FILE}`,
  );
  if (!file || file.content === null) return undefined;
  try {
    return parseEnvironmentFile(file.content);
  } catch {
    return undefined;
  }
}
