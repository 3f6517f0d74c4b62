import {
  ENVIRONMENT_FILE,
  EnvironmentPlan,
  headline,
  parseEnvironmentFile,
  readRenderedFiles,
  summarize,
  totals,
} from '@slipway/plan';
import { PlanSummary, Release } from '@slipway/plugin-slipway-common';
import { GitHost, RepositoryRef } from '@slipway/plugin-slipway-node';
import { deliveredEnvironment } from '../../domain/platform/delivery';
import {
  environmentKey,
  planDeclared,
} from '../../domain/platform/planDeclared';
import { FileEdit } from '../../domain/platform/PlatformState';
import {
  PlannedChange,
  Planner,
  PlatformStates,
  SurroundingsSource,
} from '../plans/Planner';

/** A repository whose change requests the portal shows, and what its files mean. */
export interface ChangeOrigin {
  repository: RepositoryRef;
  /** What a merge of these files would do; against `base` when given, else against what was last read. */
  plan(files: FileEdit[], base?: string): Promise<PlannedChange>;
  /** Keys that concern whoever waits for a merge of these files. */
  keysAfterMerge(files: FileEdit[]): string[];
}

/** The platform repository: people's own changes to what they declare. */
export class PlatformOrigin implements ChangeOrigin {
  constructor(
    readonly repository: RepositoryRef,
    private readonly planner: Planner,
    private readonly sourceId: string,
  ) {}

  plan(files: FileEdit[], base?: string): Promise<PlannedChange> {
    return base ? this.planner.planAt(base, files) : this.planner.plan(files);
  }

  keysAfterMerge(): string[] {
    return [`source:${this.sourceId}`];
  }
}

/** The GitOps repository: deliveries that a class wants to be looked at before they reach the cluster. */
export class DeliveryOrigin implements ChangeOrigin {
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
    const summary: PlanSummary = {
      problems: [],
      files: files.map(({ path, content }) => ({
        path,
        verb: content === null ? 'delete' : 'update',
      })),
      environments: [],
      totals: totals([]),
    };
    const seen = new Set<string>();
    for (const { path } of files) {
      const name = deliveredEnvironment(path);
      if (!name || seen.has(environmentKey(name))) continue;
      seen.add(environmentKey(name));
      const release = releaseOf(files, name.folder);
      const key = environmentKey(name);
      const attempt = planDeclared(state, name, {
        ...surroundings,
        // What is proposed is judged by the release that it brings, not by the one that it replaces.
        release: other =>
          other === key && release ? release : surroundings.release(other),
      });
      if (!('plan' in attempt)) continue;
      const committed = head
        ? await this.host.readFiles(this.repository, {
            commit: head,
            prefixes: [`${name.folder}/`],
          })
        : [];
      plans.set(environmentKey(name), attempt.plan);
      summary.environments.push(
        summarize(attempt.plan, readRenderedFiles(committed)),
      );
    }
    summary.totals = totals(summary.environments);
    return {
      plan: {
        ...summary,
        headline: headline(summary),
        ...(head ? { base: head } : {}),
      },
      plans,
    };
  }

  keysAfterMerge(files: FileEdit[]): string[] {
    const names = files.flatMap(({ path }) => deliveredEnvironment(path) ?? []);
    return [
      ...new Set(names.map(name => `environment:${environmentKey(name)}`)),
    ];
  }
}

/** The release that the files bring to a folder; undefined where they leave it as it is, or can't be read. */
function releaseOf(files: FileEdit[], folder: string): Release | undefined {
  const file = files.find(
    ({ path }) => path === `${folder}/${ENVIRONMENT_FILE}`,
  );
  if (!file || file.content === null) return undefined;
  try {
    return parseEnvironmentFile(file.content).release;
  } catch {
    return undefined;
  }
}
