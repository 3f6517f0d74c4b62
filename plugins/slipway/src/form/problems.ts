import type { TranslationFunction } from '@backstage/frontend-plugin-api';
import {
  formatPath,
  formatProblem,
  sentenceOf,
  validateResource,
  type PathSegment,
  type Problem,
} from '@slipway/plugin-slipway-common';
import type { slipwayTranslationRef } from '../translation';
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

/** Says something in the language of the reader. @internal */
export type Say = TranslationFunction<typeof slipwayTranslationRef.T>;

/**
 * What is wrong, in the language of the reader where it is the schema that says it; what other checks say is in English.
 *
 * @internal
 */
export function problemMessage(
  problem: Pick<Problem, 'message' | 'path'>,
  t: Say,
): string {
  const found = sentenceOf(problem);
  return found
    ? t(`problem.schema.${found.key}`, found.values)
    : problem.message;
}

/**
 * A problem in one line, for where a form has only a line: the same words as everywhere, without a place in a file. In
 * English where nobody can be asked for a translation.
 *
 * @internal
 */
export function problemLine(problem: Problem, t?: Say): string {
  if (!t) return formatProblem(problem).replace(/^(error|warning): /, '');
  const { found, allowed, hint } = problem;
  const facts = [
    found !== undefined && t('problem.found', { found }),
    allowed !== undefined && t('problem.allowed', { allowed }),
  ].filter(Boolean);
  return [
    problemMessage(problem, t),
    facts.length > 0 && `(${facts.join('; ')})`,
    hint && `– ${hint}`,
  ]
    .filter(Boolean)
    .join(' ');
}

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
