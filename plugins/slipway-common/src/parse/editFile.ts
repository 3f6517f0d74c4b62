import { isAlias, parseAllDocuments, type Document } from 'yaml';
import { KINDS, type Kind } from '../kinds/registry';
import { parseFile, type ParsedDocument } from './parseFile';
import { editValue, sameValue, type PlainEdit } from './plainEdit';
import { nodeAt } from './positions';
import {
  formatPath,
  hasErrors,
  type PathSegment,
  type Problem,
} from './problem';
import { toProblem, type Finding } from './report';
import { fieldNames, schemaAt } from './schemaLookup';
import { spliceEdit } from './splice';
import { canonicalAt, YAML_STYLE } from './stringify';
import { isRecord } from './view';

/**
 * A step to what is edited: a field, an item by its place, or an item by its
 * name.
 *
 * @public
 */
export type EditStep = PathSegment | { name: string };

/**
 * One edit of a file. `set` makes the maps on the way that aren't there,
 * `append` makes the list, `delete` leaves an absent value absent.
 *
 * @public
 */
export type Edit =
  | { path: EditStep[]; op: 'set' | 'append'; value: unknown }
  | { path: EditStep[]; op: 'delete'; value?: undefined };

/**
 * Edits a file in place: comments, the order of fields and everything that
 * isn't edited stay as they are. Refuses a file that has errors, and edits
 * after which it would have some.
 *
 * @public
 */
export function editFile(
  text: string,
  edits: readonly Edit[],
  options: { path?: string; document?: number } = {},
): { text: string } | { problems: Problem[] } {
  const index = options.document ?? 0;
  let current = text;
  let parsed = parseFile(current, options);
  if (hasErrors(parsed.problems)) {
    return { problems: parsed.problems };
  }
  for (const edit of edits) {
    const document = parsed.documents[index];
    const result = editOnce(current, document, index, edit);
    if (typeof result !== 'string') {
      return { problems: [place(result, document, options.path)] };
    }
    current = result;
    // What one edit breaks the next may put right: only the end has to be sound.
    parsed = parseFile(current, options);
  }
  return hasErrors(parsed.problems)
    ? { problems: parsed.problems }
    : { text: current };
}

function editOnce(
  text: string,
  parsed: ParsedDocument | undefined,
  index: number,
  edit: Edit,
): string | Finding {
  const kind = parsed?.kind;
  if (!parsed || !kind) {
    return problem([], `there is no resource to edit in document ${index}`);
  }
  const documents = parseAllDocuments(text, { uniqueKeys: false });
  const document = (documents as Document.Parsed[])[index];
  const path = resolvePath(edit, parsed.value, document);
  if (!Array.isArray(path)) {
    return path;
  }
  const plain: PlainEdit = {
    path,
    op: edit.op,
    value: canonicalAt(
      kind,
      edit.op === 'append' ? [...path, 0] : path,
      edit.value,
    ),
  };
  const expected = editValue(parsed.value, plain);
  if (sameValue(expected, parsed.value)) {
    return text;
  }
  const isExpected = (candidate: string | undefined): candidate is string =>
    candidate !== undefined &&
    sameValue(parseFile(candidate).documents[index]?.value, expected);
  const spliced = spliceEdit(text, document, plain, fieldOrder(kind, plain));
  if (isExpected(spliced)) {
    return spliced;
  }
  const rewritten = rewrite(documents as Document.Parsed[], document, plain);
  return isExpected(rewritten)
    ? rewritten
    : problem(
        path,
        `${formatPath(path)} can't be changed without changing something else`,
        'change it by hand; it may be part of an anchor',
      );
}

/** Looks names up, and refuses steps that lead nowhere or through an alias. */
function resolvePath(
  edit: Edit,
  root: unknown,
  document: Document.Parsed,
): PathSegment[] | Finding {
  const path: PathSegment[] = [];
  let value = root;
  for (const [at, step] of edit.path.entries()) {
    const last = at === edit.path.length - 1;
    if (typeof step === 'string') {
      if (value !== undefined && value !== null && !isRecord(value)) {
        return problem(
          path,
          `${formatPath(path)} is no map, so it has no ${step}`,
        );
      }
      path.push(step);
      value = isRecord(value) ? value[step] : undefined;
    } else {
      const index =
        typeof step === 'number' ? step : indexOfName(value, step.name);
      const label =
        typeof step === 'number' ? `item ${step}` : `item named ${step.name}`;
      if (!Array.isArray(value) || index < 0 || index >= value.length) {
        return problem(
          path,
          `${formatPath(path)} has no ${label}`,
          namesIn(value),
        );
      }
      path.push(index);
      value = value[index];
    }
    if (isAlias(nodeAt(document, path)) && !last) {
      return problem(
        path,
        `${formatPath(path)} is an alias, and others may use what it refers to`,
        'write the value out by hand first',
      );
    }
  }
  if (
    edit.op === 'append' &&
    value !== undefined &&
    value !== null &&
    !Array.isArray(value)
  ) {
    return problem(
      path,
      `${formatPath(path)} is no list, so nothing can be appended`,
    );
  }
  return path;
}

function indexOfName(list: unknown, name: string): number {
  return Array.isArray(list)
    ? list.findIndex(item => isRecord(item) && item.name === name)
    : -1;
}

function namesIn(list: unknown): string | undefined {
  const names = Array.isArray(list)
    ? list.flatMap(item => (isRecord(item) ? String(item.name) : []))
    : [];
  return names.length > 0 ? `it has ${names.join(', ')}` : undefined;
}

/** The fields of the map that is edited, in the order of the schema. */
function fieldOrder(kind: Kind, { path }: PlainEdit): string[] {
  return fieldNames(schemaAt(KINDS[kind].schema, path.slice(0, -1)));
}

/** The last resort: keeps comments and order, not quotes and line breaks. */
function rewrite(
  documents: Document.Parsed[],
  document: Document.Parsed,
  { path, op, value }: PlainEdit,
): string {
  if (op === 'delete') {
    document.deleteIn(path);
  } else if (op === 'set' || !document.hasIn(path)) {
    const written = op === 'append' ? [value] : value;
    document.setIn(path, document.createNode(written));
  } else {
    document.addIn(path, document.createNode(value));
  }
  return documents.map(each => each.toString(YAML_STYLE)).join('---\n');
}

function problem(at: PathSegment[], message: string, hint?: string): Finding {
  return { at, code: 'edit', message, ...(hint && { hint }) };
}

function place(
  finding: Finding,
  document: ParsedDocument | undefined,
  file?: string,
): Problem {
  return {
    ...(file !== undefined && { file }),
    ...(document?.locate(finding.at) ?? { line: 1, column: 1 }),
    ...toProblem(finding),
  };
}
