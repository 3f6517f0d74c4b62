import type { RenderContext } from '../context';
import type { ClusterFacts } from '../types';

/** The name of the ApplicationSet that makes the Applications of a cluster. @internal */
export function applicationSetName({ name }: Pick<ClusterFacts, 'name'>) {
  return `slipway-${name}`;
}

/** Whether Argo CD makes the Application itself. What was there before Slipway keeps the one that it has. @internal */
export function byApplicationSet({
  adopt,
  input,
}: Pick<RenderContext, 'adopt' | 'input'>): boolean {
  return input.cluster.argocd.applicationSet === true && adopt === undefined;
}
