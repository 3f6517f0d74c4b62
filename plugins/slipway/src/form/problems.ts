import {
  formatPath,
  formatProblem,
  validateResource,
  type PathSegment,
  type Problem,
} from '@slipway/plugin-slipway-common';
import {
  bindingFromForm,
  organizationFromForm,
  specFromForm,
} from './specFromForm';
import type { BindingOptions, ServiceForm } from './types';

/** A path into a resource, as far as a page or a field has it. @internal */
export type Path = readonly PathSegment[];

const startsWith = (segments: Path, prefix: Path): boolean =>
  prefix.every((segment, index) => segments[index] === segment);

const hasProblem = (problems: Problem[], field: 'name'): boolean =>
  problems.some(({ segments }) => startsWith(segments, ['metadata', field]));

/** What is wrong with the ServiceSpec that the form describes. @internal */
export const problemsOfSpec = (form: ServiceForm): Problem[] =>
  validateResource(specFromForm(form), { kinds: ['ServiceSpec'] });

/**
 * Everything that is wrong with what the form describes. A problem of the binding that is the spec's too (a wrong
 * name, say) is told once.
 *
 * @internal
 */
export function problemsOfForm(
  form: ServiceForm,
  options?: BindingOptions,
): Problem[] {
  const spec = problemsOfSpec(form);
  const told = new Set(spec.map(({ path }) => path));
  // What the binding takes over from the form has been told at its source.
  const derived = ['spec.repository', 'spec.pipeline.name'];
  const ofOptions = validateResource(bindingFromForm(form, options), {
    kinds: ['RepoBinding'],
  }).filter(
    ({ path }) =>
      !told.has(path) &&
      !(
        hasProblem(spec, 'name') && derived.some(part => path.startsWith(part))
      ),
  );
  const ofOrganization = form.newOrganization
    ? validateResource(organizationFromForm(form), { kinds: ['Organization'] })
    : [];
  return [...ofOrganization, ...spec, ...ofOptions];
}

/** The problems below a path. @internal */
export const problemsAt = (problems: Problem[], prefix: Path): Problem[] =>
  problems.filter(({ segments }) => startsWith(segments, prefix));

/** A problem in one line, for where a form has only a line: the same words as everywhere, without a place in a file. @internal */
export const problemLine = (problem: Problem): string =>
  formatProblem(problem).replace(/^(error|warning): /, '');

/** What a page of the form is about, as far as the segments of a path tell. @internal */
export function pageOf({ path }: { path: string }): string {
  if (path.startsWith('spec.workloads')) {
    return 'Workloads';
  }
  if (path.startsWith('spec.databases')) {
    return 'Databases';
  }
  if (path.startsWith('spec.environments')) {
    return 'Environments';
  }
  if (path.startsWith('spec.repository') || path.startsWith('spec.pipeline')) {
    return 'Code repository';
  }
  return 'Service';
}

/** A path as problems write it. @internal */
export const formatPathOf = (path: Path): string => formatPath(path);
