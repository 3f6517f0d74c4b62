/**
 * A step into a resource: a field's name, or an item's place in a list.
 *
 * @public
 */
export type PathSegment = string | number;

/**
 * What kind of problem it is, for programs.
 *
 * @public
 */
export type ProblemCode =
  | 'syntax'
  | 'too-large'
  | 'too-deep'
  | 'alias'
  | 'duplicate-key'
  | 'key-type'
  | 'empty'
  | 'document'
  | 'api-version'
  | 'kind'
  | 'location'
  | 'missing'
  | 'type'
  | 'unknown-key'
  | 'value'
  | 'format'
  | 'too-long'
  | 'too-short'
  | 'range'
  | 'literal-secret'
  | 'duplicate'
  | 'reference'
  | 'conflict'
  | 'cycle'
  | 'edit';

/**
 * Something that is wrong with a file or a form.
 *
 * @public
 */
export interface Problem {
  /** The file, where there is one. */
  file?: string;
  /** The line, counted from 1. Absent when no file was read. */
  line?: number;
  /** The column, counted from 1. Absent when no file was read. */
  column?: number;
  /** The JSON path, as in `spec.workloads[0].name`. */
  path: string;
  /** The same path in steps, for forms. */
  segments: PathSegment[];
  code: ProblemCode;
  /** A warning doesn't stop anything. */
  severity: 'error' | 'warning';
  /** What is wrong, in a sentence that says where. */
  message: string;
  /** What was found. Never a secret. */
  found?: string;
  /** What is allowed. */
  allowed?: string;
  /** What to do. */
  hint?: string;
}

/**
 * Writes a path as in `spec.workloads[0].name`; the whole is an empty path.
 *
 * @public
 */
export function formatPath(segments: readonly PathSegment[]): string {
  return segments.reduce<string>((path, segment) => {
    if (typeof segment === 'number') {
      return `${path}[${segment}]`;
    }
    if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(segment)) {
      return `${path}[${JSON.stringify(segment)}]`;
    }
    return path === '' ? segment : `${path}.${segment}`;
  }, '');
}

/**
 * Writes a problem in one line, as compilers do: file, line and column first.
 *
 * @public
 */
export function formatProblem(problem: Problem): string {
  const place = [problem.file, problem.line, problem.column]
    .filter(part => part !== undefined)
    .join(':');
  const facts = [
    problem.found !== undefined && `found ${problem.found}`,
    problem.allowed !== undefined && `allowed: ${problem.allowed}`,
  ].filter(Boolean);
  return [
    place && `${place}:`,
    `${problem.severity}:`,
    facts.length > 0
      ? `${problem.message} (${facts.join('; ')})`
      : problem.message,
    problem.hint && `– ${problem.hint}`,
  ]
    .filter(Boolean)
    .join(' ');
}

/**
 * Whether any of the problems is more than a warning.
 *
 * @public
 */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}
