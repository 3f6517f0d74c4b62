import { commonLabels, type Draft, type RenderContext } from '../context';
import type { KubernetesObject } from '../types';
import { idOf, titleOf } from './identity';

/** Argo CD leaves an object that carries this where it is, whatever becomes of its file or its Application. */
const STAYS = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };

/** Objects that were there before, as they are: a label on an object restarts nothing. @internal */
export function renderKept(
  context: RenderContext,
  drafts: readonly Draft[],
): Draft[] {
  const rendered = new Set(drafts.map(({ object }) => idOf(object)));
  return (context.adopt?.keep ?? []).flatMap((kept, index) => {
    const specPath = `${context.paths.environment}.adopt.keep[${index}]`;
    if (rendered.has(idOf(kept))) {
      context.findings.push({
        rule: 'adopt',
        result: 'deny',
        message: `${titleOf(kept)} is kept as it was found, and something else of the spec makes one of that name, too.`,
        fix: 'Take it out of adopt.keep, or give the other one another name.',
        specPath,
      });
      return [];
    }
    const { labels, annotations, ...metadata } = kept.metadata as Partial<
      KubernetesObject['metadata']
    > & { name: string };
    const object: KubernetesObject = {
      ...kept,
      metadata: {
        ...metadata,
        namespace: context.namespace,
        labels: { ...labels, ...commonLabels(context, 'workload') },
        annotations: { ...annotations, ...STAYS },
      },
    };
    const draft: Draft = {
      part: 'workload',
      cluster: context.input.cluster.name,
      object,
      summary: 'kept as it was found',
      source: { specPath },
      provenance: Object.keys(kept)
        .filter(
          field =>
            !['apiVersion', 'kind', 'metadata', 'status'].includes(field),
        )
        .map(field => ({
          pointer: `/${field}`,
          origin: 'spec',
          specPath: `${specPath}.${field}`,
          noInverse: 'The object is kept as a whole; change it in the spec.',
        })),
    };
    return [draft];
  });
}
