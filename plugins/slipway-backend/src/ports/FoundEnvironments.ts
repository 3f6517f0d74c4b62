import {
  isAdopted,
  type EnvironmentPlan,
  type FoundEnvironment,
} from '@slipway/plan';
import type { ClusterInfo, ObjectRef } from './Clusters';

/** Looks at what somebody made by hand before Slipway. */
export interface FoundEnvironments {
  /**
   * A namespace, the Application that delivers to it, and what that delivers; `also` names objects that a plan would
   * write over. No Secret is ever asked for. Throws ServiceUnavailableError where the cluster is away.
   */
  look(
    cluster: ClusterInfo,
    place: { namespace: string; application?: string },
    also?: ObjectRef[],
  ): Promise<FoundEnvironment>;
}

/** What is there of a plan's environment, where it adopts something and hasn't yet. */
export async function yetToAdopt(
  environments: FoundEnvironments | undefined,
  cluster: ClusterInfo,
  plan: EnvironmentPlan,
): Promise<FoundEnvironment | undefined> {
  if (!plan.adopts || !environments) return undefined;
  const found = await environments.look(
    cluster,
    plan.adopts,
    plan.objects
      .filter(({ part }) => part === 'workload')
      .map(({ object: { apiVersion, kind, metadata } }) => ({
        apiVersion,
        kind,
        name: metadata.name,
        namespace: plan.namespace,
      })),
  );
  return isAdopted(found.application, plan) ? undefined : found;
}
