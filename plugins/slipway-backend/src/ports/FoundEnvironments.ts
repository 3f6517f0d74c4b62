import {
  isAdopted,
  type EnvironmentPlan,
  type FoundEnvironment,
} from '@slipway/plan';
import type { ClusterInfo, ObjectRef } from './Clusters';

/** An Application that somebody made by hand, and the namespace that it delivers to. */
export interface FoundApplication {
  application: string;
  namespace: string;
  /** What it delivers from. */
  repository?: string;
  path?: string;
}

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
  /**
   * The Applications that deliver to a namespace of this cluster and aren't Slipway's, in the order of their names.
   * Throws ServiceUnavailableError where the cluster is away.
   */
  unmanaged(cluster: ClusterInfo): Promise<FoundApplication[]>;
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
