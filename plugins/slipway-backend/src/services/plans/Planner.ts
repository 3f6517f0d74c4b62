import { EnvironmentPlan } from '@slipway/plan';
import { ApiPlan } from '@slipway/plugin-slipway-common';
import { Surroundings } from '../../domain/platform/planDeclared';
import { FileEdit, PlatformState } from '../../domain/platform/PlatformState';
import { AdoptableEnvironments } from './AdoptableEnvironments';
import { DomainHolder, domainsOf, planChange } from './planChange';

/** Where the declared state comes from. */
export interface PlatformStates {
  /** As it was last read. */
  current(): Promise<PlatformState>;
  /** At a commit of the platform repository. */
  at(commit: string): Promise<PlatformState>;
}

/** Facts of the moment: clusters, prices, releases, and who holds which domain. */
export interface SurroundingsSource {
  surroundings(): Promise<Surroundings>;
  domainHolder(domains: string[]): Promise<DomainHolder>;
}

/** A plan and, by environment key, what it was made from. */
export interface PlannedChange {
  plan: ApiPlan;
  plans: Map<string, EnvironmentPlan>;
  /** Environments of which a delivery moves the release alone: what is declared of them is delivered already. */
  onlyRelease?: Set<string>;
}

/** Plans changes of the platform repository. */
export class Planner {
  constructor(
    private readonly states: PlatformStates,
    private readonly facts: SurroundingsSource,
    private readonly adoptable?: AdoptableEnvironments,
  ) {}

  /** Against the state as it was last read. */
  async plan(edits: FileEdit[]): Promise<PlannedChange> {
    return this.planOn(await this.states.current(), edits);
  }

  /** Against a commit: what a merge into it would do. */
  async planAt(commit: string, edits: FileEdit[]): Promise<PlannedChange> {
    return this.planOn(await this.states.at(commit), edits);
  }

  private async planOn(
    base: PlatformState,
    edits: FileEdit[],
  ): Promise<PlannedChange> {
    const [surroundings, holder] = await Promise.all([
      this.facts.surroundings(),
      this.facts.domainHolder(
        base.withFiles(edits).state.services().flatMap(domainsOf),
      ),
    ]);
    const planned = planChange(base, edits, surroundings, holder);
    const adopting = [...planned.plans].filter(([, { adopts }]) => adopts);
    if (!this.adoptable || adopting.length === 0) return planned;
    const { found, problems } = await this.adoptable.look(adopting);
    if (found.size === 0 && problems.length === 0) return planned;
    const again = planChange(
      base,
      edits,
      { ...surroundings, found: key => found.get(key) },
      holder,
    );
    again.plan.problems.push(...problems);
    return again;
  }
}
