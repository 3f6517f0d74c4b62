import { API_GROUP, API_VERSION } from '../kinds/resource';
import {
  isKind,
  KIND_NAMES,
  KINDS,
  type Kind,
  type Resource,
} from '../kinds/registry';
import { checkResource, checkSecrets, checkText } from './checks';
import { didYouMean } from './didYouMean';
import { hasErrors, type Problem } from './problem';
import { oneOf, show, toProblem, type Finding, type Report } from './report';
import { schemaFindings, type SourceOf } from './schemaProblems';
import { isRecord, View } from './view';

/** @internal */
export interface Validation {
  kind?: Kind;
  findings: Finding[];
}

/**
 * Everything that is wrong with a value, without positions.
 *
 * @internal
 */
export function validate(
  value: unknown,
  options: { kinds?: readonly Kind[]; sourceOf?: SourceOf } = {},
): Validation {
  const findings: Finding[] = [];
  const report: Report = finding => findings.push(finding);
  const root = new View(value);
  if (!isRecord(value)) {
    report({
      at: [],
      code: 'type',
      message: 'the document must be a map',
      found: show(value),
      allowed: 'a map with apiVersion, kind, metadata and spec',
    });
    return { findings };
  }
  const kind = checkKind(root, options.kinds ?? KIND_NAMES, report);
  checkApiVersion(root, report);
  if (kind) {
    schemaFindings(KINDS[kind].schema, value, options.sourceOf)
      // Those of kind and apiVersion are told above, in words that fit.
      .filter(
        ({ at, code }) =>
          code === 'unknown-key' ||
          (at[0] !== 'kind' && at[0] !== 'apiVersion'),
      )
      .forEach(report);
    checkResource(kind, root, report);
  }
  checkText(root, report);
  checkSecrets(root, report);
  return { ...(kind && { kind }), findings: withoutRepeats(findings) };
}

/**
 * Checks a resource that comes from a form or a request rather than from a
 * file. The problems are those that the file would have, without positions.
 *
 * @public
 */
export function validateResource(
  value: unknown,
  options: { kinds?: readonly Kind[] } = {},
): Problem[] {
  return readResource(value, options).problems;
}

/**
 * Checks a resource and, when it has no errors, answers it with its defaults
 * filled in.
 *
 * @public
 */
export function readResource(
  value: unknown,
  options: { kinds?: readonly Kind[] } = {},
): { resource?: Resource; problems: Problem[] } {
  const { kind, findings } = validate(value, options);
  const problems = findings.map(toProblem);
  return hasErrors(problems) || !kind
    ? { problems }
    : { resource: KINDS[kind].schema.parse(value), problems };
}

function checkKind(
  root: View,
  kinds: readonly Kind[],
  report: Report,
): Kind | undefined {
  const view = root.get('kind');
  if (isKind(view.value) && kinds.includes(view.value)) {
    return view.value;
  }
  const meant =
    view.text === undefined ? undefined : didYouMean(view.text, kinds);
  report({
    at: view.path,
    code: view.present ? 'kind' : 'missing',
    message: view.present
      ? 'kind is none that can be read here'
      : 'kind is missing',
    found: show(view.value ?? null),
    allowed: oneOf(kinds),
    ...(meant && { hint: `did you mean ${meant}?` }),
  });
  return undefined;
}

function checkApiVersion(root: View, report: Report): void {
  const view = root.get('apiVersion');
  if (view.value === API_VERSION) {
    return;
  }
  const isOurs = view.text?.split('/')[0] === API_GROUP;
  report({
    at: view.path,
    code: view.present ? 'api-version' : 'missing',
    message: view.present
      ? 'apiVersion is none that can be read here'
      : 'apiVersion is missing',
    found: show(view.value ?? null),
    allowed: API_VERSION,
    hint: isOurs
      ? 'the file may have been written for a newer Slipway'
      : `write apiVersion: ${API_VERSION}`,
  });
}

/** A name that a check and the schema both refuse is told once. */
function withoutRepeats(findings: Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ at, code }) => {
    const key = JSON.stringify([at, code]);
    return !seen.has(key) && seen.add(key);
  });
}
