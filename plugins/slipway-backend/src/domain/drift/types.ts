import type { KubernetesObject, ObjectRef } from '../../ports/Clusters';

/** Who owns a field, as `managedFields` has it. */
export interface FieldOwner {
  manager: string;
  operation: 'Apply' | 'Update';
  /** When this manager last wrote to the object, in whole seconds. */
  time?: string;
  subresource?: string;
}

/** One field that is not as agreed. Values of Secrets are hidden before they get here. */
export interface FieldDrift {
  /** For people: `spec.template.spec.containers[name=web].image`. */
  path: string;
  /** The same as steps into the object, items of lists by their place. */
  segments: Array<string | number>;
  /** As in Git; absent where Git says nothing. */
  wanted?: unknown;
  /** As in the cluster; absent where it has nothing. */
  found?: unknown;
  /** `changed`: it is not as in Git. `foreign`: somebody nobody allowed owns it. `missing`: the object isn't there. */
  why: 'changed' | 'foreign' | 'missing';
  manager?: string;
  /** The manager in people's words. */
  tool?: string;
  operation?: 'Apply' | 'Update';
  since?: string;
}

/** One object that is not as agreed. */
export interface ObjectDrift extends ObjectRef {
  missing: boolean;
  /** `platform` is applied by Slipway, `workload` by Argo CD. */
  part: 'platform' | 'workload';
  fields: FieldDrift[];
}

/** What is laid side by side. */
export interface Comparison {
  /** The object as in Git. */
  wanted: KubernetesObject;
  live: KubernetesObject;
  /** What the API server says that a forced apply of `wanted` would make of `live`: with all defaults. */
  applied: KubernetesObject;
  /** The field manager of whoever applies the object. */
  applier: string;
  /** Whether a manager's fields are no drift. */
  allowed: (manager: string) => boolean;
}

/** Names an object within its environment: a platform object and a workload never share one. */
export function refKey({
  apiVersion,
  kind,
  namespace,
  name,
}: ObjectRef): string {
  return `${apiVersion} ${kind} ${namespace ?? ''} ${name}`;
}
