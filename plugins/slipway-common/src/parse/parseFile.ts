import { parsePlatformPath } from '../kinds/paths';
import { KINDS, type Kind, type Resource } from '../kinds/registry';
import type { PathSegment, Problem } from './problem';
import { nameOf, show, toProblem, type Finding } from './report';
import { CONTROL, nameOfCharacter } from './text';
import { validate } from './validate';
import { View } from './view';
import type { PlacedFinding, Position } from './positions';
import { readYaml, type YamlDocument } from './yamlDocument';

/** As many problems as are told of one file. */
const MAX_PROBLEMS = 1000;

/**
 * One document of a file.
 *
 * @public
 */
export interface ParsedDocument {
  /** Its place in the file, counted from 0. */
  index: number;
  kind?: Kind;
  /** What it says, as plain values; undefined when it can't be read. */
  value: unknown;
  /** The resource with defaults filled in; absent when there are errors. */
  resource?: Resource;
  /** Where the value at a path stands, or the nearest that is written down. */
  locate(path: readonly PathSegment[]): Position;
}

/**
 * What a file says, and all that is wrong with it.
 *
 * @public
 */
export interface ParsedFile {
  documents: ParsedDocument[];
  /** The resources of the documents that have no errors. */
  resources: Resource[];
  problems: Problem[];
}

/**
 * Reads a file of resources. Tells every problem at once, each with its
 * place. The path, when it is one of a platform repository, says what the
 * file has to hold; `kinds` limits what may be in it.
 *
 * @public
 */
export function parseFile(
  text: string,
  options: { path?: string; kinds?: readonly Kind[] } = {},
): ParsedFile {
  const control = controlCharacter(text);
  const read = control ?? readYaml(text);
  if (!Array.isArray(read)) {
    return {
      documents: [],
      resources: [],
      problems: place([read], options.path),
    };
  }
  const each = read.map((document, index) =>
    readDocument(document, index, options),
  );
  const documents = each.map(({ parsed }) => parsed);
  const found = [
    ...each.flatMap(({ found: own }) => own),
    ...checkFile(read, documents, options.path),
  ];
  return {
    documents,
    resources: documents.flatMap(({ resource }) => resource ?? []),
    problems: place(found, options.path),
  };
}

function readDocument(
  document: YamlDocument,
  index: number,
  options: { path?: string; kinds?: readonly Kind[] },
): { parsed: ParsedDocument; found: PlacedFinding[] } {
  const readable = document.value !== undefined && document.value !== null;
  const { kind, findings } = readable
    ? validate(document.value, {
        kinds: options.kinds,
        sourceOf: document.sourceOf,
      })
    : { kind: undefined, findings: [] };
  if (readable && kind) {
    findings.push(...checkLocation(kind, new View(document.value), options));
  }
  if (document.value === null) {
    findings.push({
      at: [],
      code: 'empty',
      message: 'the document is empty',
      allowed: 'a resource with apiVersion, kind, metadata and spec',
    });
  }
  const found = [
    ...document.findings,
    ...findings.map(finding => ({
      finding,
      position: document.locate(finding.at, finding.onKey),
    })),
  ];
  const sound = found.every(({ finding }) => finding.severity === 'warning');
  return {
    found,
    parsed: {
      index,
      value: document.value,
      locate: path => document.locate(path),
      ...(kind && { kind }),
      ...(sound &&
        kind && { resource: KINDS[kind].schema.parse(document.value) }),
    },
  };
}

/** A path of a platform repository says what kind, name and organization. */
function checkLocation(
  kind: Kind,
  root: View,
  options: { path?: string },
): Finding[] {
  const location = options.path && parsePlatformPath(options.path);
  if (!location) {
    return [];
  }
  if (location.kind !== kind) {
    return [
      {
        at: ['kind'],
        code: 'location',
        message: 'kind is not the one that belongs into this folder',
        found: kind,
        allowed: location.kind,
      },
    ];
  }
  const expected: Array<[View, string]> = [
    [root.get('metadata', 'name'), location.name],
  ];
  if (location.kind === 'ServiceSpec' || location.kind === 'RepoBinding') {
    expected.push([root.get('spec', 'organization'), location.organization]);
  }
  return expected.flatMap(([view, allowed]) =>
    view.text === undefined || view.text === allowed
      ? []
      : {
          at: view.path,
          code: 'location' as const,
          message: `${nameOf(view.path)} is not the one that the file's path says`,
          found: show(view.value),
          allowed,
          hint: 'change it, or move the file',
        },
  );
}

/** What has to hold between the documents of a file. */
function checkFile(
  read: YamlDocument[],
  documents: ParsedDocument[],
  path: string | undefined,
): PlacedFinding[] {
  if (documents.length === 0) {
    return [
      {
        position: { line: 1, column: 1 },
        finding: {
          at: [],
          code: 'empty',
          message: 'the file is empty',
          allowed: 'a resource with apiVersion, kind, metadata and spec',
        },
      },
    ];
  }
  const single = path !== undefined && parsePlatformPath(path) !== undefined;
  const seen = new Set<string>();
  return documents.flatMap(({ index, kind, value }) => {
    const root = new View(value);
    const name = root.get('metadata', 'name');
    const key = JSON.stringify([
      kind,
      root.get('spec', 'organization').value,
      name.value,
    ]);
    const found: Finding[] = [];
    if (single && index > 0) {
      found.push({
        at: [],
        code: 'document',
        message: 'the file holds more than one document',
        allowed: 'one resource per file at this path',
        hint: 'move it to a file of its own',
      });
    }
    if (kind && name.text !== undefined && seen.has(key)) {
      found.push({
        at: name.path,
        code: 'duplicate',
        message: `${nameOf(name.path)} repeats the name of a ${kind} of this file`,
        found: show(name.value),
        allowed: 'each name once',
      });
    }
    seen.add(key);
    return found.map(finding => ({
      finding,
      position: read[index].locate(finding.at),
    }));
  });
}

/** YAML allows no control characters, and nobody sees them in a review. */
function controlCharacter(text: string): PlacedFinding | undefined {
  const match = CONTROL.exec(text);
  if (!match) {
    return undefined;
  }
  const before = text.slice(0, match.index);
  const line = before.split('\n').length;
  return {
    position: { line, column: match.index - before.lastIndexOf('\n') },
    finding: {
      at: [],
      code: 'syntax',
      message: 'the file holds a control character',
      found: nameOfCharacter(match[0]),
      allowed: 'text',
      hint: 'take the character out, or write it as an escape in double quotes',
    },
  };
}

/** Problems in the order in which they stand in the file. */
function place(found: PlacedFinding[], file?: string): Problem[] {
  const ordered = [...found].sort(
    ({ position: a }, { position: b }) =>
      a.line - b.line || a.column - b.column,
  );
  const placed = ordered
    .slice(0, MAX_PROBLEMS + 1)
    .map(({ finding, position }): Problem => ({
      ...(file !== undefined && { file }),
      ...position,
      ...toProblem(finding),
    }));
  if (ordered.length > MAX_PROBLEMS) {
    Object.assign(placed[MAX_PROBLEMS], {
      code: 'too-large',
      severity: 'error',
      message: `there are ${ordered.length - MAX_PROBLEMS} more problems from here on`,
      hint: 'put the first ones right and check again',
    });
  }
  return placed;
}
