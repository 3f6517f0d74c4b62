import type { KubernetesObject } from '../types';

/**
 * What is there of an environment that is to be adopted, as plain data, so
 * that a plan of it is as pure as any.
 *
 * @public
 */
export interface FoundEnvironment {
  /** Absent: there is no such namespace. */
  namespace?: KubernetesObject;
  /** Absent: there is no such Application. */
  application?: KubernetesObject;
  /** What the Application delivers and what the plan would write over, as far as it may be read. */
  objects: KubernetesObject[];
  /** Destinations by which Argo CD means the cluster. */
  destinations: Array<{ server?: string; name?: string }>;
}

/** One object that Argo CD counts as the Application's, as its status lists them. @public */
export interface TrackedResource {
  group?: string;
  version?: string;
  kind: string;
  name: string;
  namespace?: string;
  hook?: boolean;
  requiresPruning?: boolean;
}

/** What an Application counts as its own, hooks left out. @public */
export function trackedResources(
  application: KubernetesObject | undefined,
): TrackedResource[] {
  const { resources = [] } = (application?.status ?? {}) as {
    resources?: TrackedResource[];
  };
  return resources.filter(({ hook }) => !hook);
}

/** The repositories that an Application reads from. @internal */
export function repositoriesOf(application: KubernetesObject): string[] {
  const { source, sources = [] } = (application.spec ?? {}) as {
    source?: { repoURL?: string };
    sources?: Array<{ repoURL?: string }>;
  };
  return [source, ...sources].flatMap(one => one?.repoURL ?? []);
}

/**
 * Says on a namespace which organization may adopt it. Who may write it owns
 * the namespace, which a file in Git can't prove.
 *
 * @public
 */
export const ADOPTABLE_ANNOTATION = 'slipway.dev/adoptable-by';

/**
 * On an Application that is being adopted, or was: the environment, and what
 * its spec was before.
 *
 * @public
 */
export const ADOPTED_ANNOTATION = 'slipway.dev/adopted-from';

/** On an Application that was handed over, until it is seen that nothing would be pruned. @public */
export const ADOPTING_ANNOTATION = 'slipway.dev/adopting';
