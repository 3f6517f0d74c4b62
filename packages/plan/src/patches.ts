import {
  formatPath,
  type NormalizedWorkload,
  type Problem,
} from '@slipway/plugin-slipway-common';
import { lineOf, type Draft, type RenderContext } from './context';
import { applyPatch } from './jsonPatch';
import { specPathSegments } from './specPaths';
import type { KubernetesObject } from './types';

/**
 * Applies the patches of workloads to what was rendered for them. A patch
 * that fails, or that would turn an object into another one, changes nothing
 * and is a problem with the place that it stands at.
 *
 * @internal
 */
export function applyPatches(
  context: RenderContext,
  drafts: Draft[],
  problems: Problem[],
): Draft[] {
  return context.workloads.reduce(
    (all, workload) => patchWorkload(context, workload, all, problems),
    drafts,
  );
}

function patchWorkload(
  context: RenderContext,
  workload: NormalizedWorkload,
  drafts: Draft[],
  problems: Problem[],
): Draft[] {
  let patched = drafts;
  workload.patches.forEach(({ target, patch }, index) => {
    const specPath = context.paths.workload(workload.name, `patches[${index}]`);
    const matches = (draft: Draft) =>
      draft.workload === workload.name &&
      draft.object.kind === target.kind &&
      (target.name === undefined || draft.object.metadata.name === target.name);
    const open = context.revisions.has(workload.name);
    if (open && !patched.some(matches)) {
      problems.push(
        problem(
          context,
          specPath,
          `Nothing that is rendered for workload ${workload.name} is a ${[target.kind, target.name].filter(Boolean).join(' ')}.`,
          kindsOf(patched, workload.name),
        ),
      );
    }
    patched = patched.map(draft => {
      if (!matches(draft)) {
        return draft;
      }
      try {
        return patchDraft(draft, patch, specPath);
      } catch (error) {
        problems.push(
          problem(
            context,
            specPath,
            `The patch of ${target.kind} ${draft.object.metadata.name} can't be applied: ${(error as Error).message}.`,
          ),
        );
        return draft;
      }
    });
  });
  return patched;
}

function patchDraft(
  draft: Draft,
  patch: NormalizedWorkload['patches'][number]['patch'],
  specPath: string,
): Draft {
  const object = applyPatch<KubernetesObject>(draft.object, patch);
  assertSameObject(draft.object, object);
  const written = patch.filter(({ op }) => op !== 'test');
  return {
    ...draft,
    object,
    provenance: [
      ...draft.provenance.filter(
        ({ pointer }) =>
          !written.some(
            ({ path }) => pointer === path || pointer.startsWith(`${path}/`),
          ),
      ),
      ...written
        .filter(({ op, path }) => op !== 'remove' && !path.endsWith('/-'))
        .map(({ path }) => ({
          pointer: path,
          origin: 'spec' as const,
          specPath,
          noInverse: 'A patch of the spec writes this field; change the patch.',
        })),
    ],
  };
}

/** What a patch must leave alone, because everything else finds the object by it. */
function assertSameObject(before: KubernetesObject, after: KubernetesObject) {
  const changed = (['apiVersion', 'kind'] as const).find(
    field => before[field] !== after[field],
  );
  const { name, namespace } = after.metadata ?? {};
  const labels = Object.entries(before.metadata.labels ?? {}).find(
    ([label, value]) =>
      label.startsWith('slipway.dev/') &&
      after.metadata?.labels?.[label] !== value,
  );
  const touched =
    changed ??
    (name === before.metadata.name ? undefined : 'metadata.name') ??
    (namespace === before.metadata.namespace
      ? undefined
      : 'metadata.namespace') ??
    labels?.[0];
  if (touched !== undefined) {
    throw new Error(`it must leave ${touched} as it is`);
  }
}

function kindsOf(drafts: Draft[], workload: string): string {
  const objects = drafts
    .filter(draft => draft.workload === workload)
    .map(({ object }) => `${object.kind} ${object.metadata.name}`);
  return objects.join(', ');
}

function problem(
  context: RenderContext,
  specPath: string,
  message: string,
  allowed?: string,
): Problem {
  const segments = specPathSegments(context.input.spec, specPath);
  return {
    path: formatPath(segments),
    segments,
    code: 'value',
    severity: 'error',
    message,
    ...lineOf(specPath, context.input.positions),
    ...(allowed !== undefined && { allowed }),
  };
}
