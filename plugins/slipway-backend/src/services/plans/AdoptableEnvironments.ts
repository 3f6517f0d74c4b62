import type { EnvironmentPlan, FoundEnvironment } from '@slipway/plan';
import type { Problem } from '@slipway/plugin-slipway-common';
import { redact } from '../../domain/redact';
import type { Clusters } from '../../ports/Clusters';
import {
  yetToAdopt,
  type FoundEnvironments,
} from '../../ports/FoundEnvironments';

/**
 * What is there of environments that a change adopts. No other plan asks a cluster; here the plan is about what is there,
 * and one cluster that is away is said and holds up nothing else.
 */
export class AdoptableEnvironments {
  constructor(
    private readonly clusters: Clusters,
    private readonly found: FoundEnvironments,
  ) {}

  async look(plans: Array<[string, EnvironmentPlan]>): Promise<{
    found: Map<string, FoundEnvironment>;
    problems: Problem[];
  }> {
    const found = new Map<string, FoundEnvironment>();
    const problems: Problem[] = [];
    await Promise.all(
      plans.map(async ([key, plan]) => {
        const info = this.clusters
          .list()
          .find(({ name }) => name === plan.cluster);
        if (!info) return;
        try {
          const there = await yetToAdopt(this.found, info, plan);
          if (there) found.set(key, there);
        } catch (error) {
          problems.push({
            file: `organizations/${plan.organization}/services/${plan.service}.yaml`,
            path: 'spec.environments',
            segments: ['spec', 'environments'],
            code: 'reference',
            severity: 'warning',
            message: `What ${key} is to adopt can't be looked at now: ${redact((error as Error).message)} It is looked at again before anything is taken over.`,
          });
        }
      }),
    );
    return { found, problems };
  }
}
