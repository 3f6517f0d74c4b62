import {
  isScalar,
  LineCounter,
  parseAllDocuments,
  type Document,
  type YAMLError,
} from 'yaml';
import {
  nodeAt,
  offsetOf,
  type PlacedFinding,
  type Position,
} from './positions';
import type { PathSegment } from './problem';
import type { Finding } from './report';
import { tooDeep, Walk } from './walk';

/**
 * The largest file that is read, in bytes. A spec with 50 workloads takes
 * about 50 KiB, and etcd refuses objects above 1.5 MiB.
 *
 * @public
 */
export const MAX_FILE_BYTES = 1024 * 1024;

/** More documents than anybody writes into one file. */
const MAX_DOCUMENTS = 100;

/** One document of a file as it was read. @internal */
export interface YamlDocument {
  document: Document.Parsed;
  /** What it says; undefined when it can't be read. */
  value: unknown;
  findings: PlacedFinding[];
  /** Where the value at a path stands; the nearest that is there otherwise. */
  locate(at: readonly PathSegment[], onKey?: boolean): Position;
  /** What a scalar looks like in the file. */
  sourceOf(at: readonly PathSegment[]): string | undefined;
}

/**
 * Reads all documents of a text. Never throws: a text that can't be read
 * answers findings.
 *
 * @internal
 */
export function readYaml(text: string): YamlDocument[] | PlacedFinding {
  const start = { line: 1, column: 1 };
  if (byteLength(text) > MAX_FILE_BYTES) {
    return {
      position: start,
      finding: {
        at: [],
        code: 'too-large',
        message: 'the file is too large to be read',
        found: `${byteLength(text)} bytes`,
        allowed: `at most ${MAX_FILE_BYTES} bytes`,
        hint: 'split it into one file per resource',
      },
    };
  }
  const lines = new LineCounter();
  try {
    const documents = parseAllDocuments(text, {
      lineCounter: lines,
      prettyErrors: false,
      // Theirs compares each key with each, which takes minutes for a long map.
      uniqueKeys: false,
      schema: 'core',
      version: '1.2',
    });
    if (documents.length > MAX_DOCUMENTS) {
      return {
        position: start,
        finding: {
          at: [],
          code: 'too-large',
          message: 'the file has too many documents to be read',
          found: `${documents.length} documents`,
          allowed: `at most ${MAX_DOCUMENTS} documents`,
          hint: 'split it into one file per resource',
        },
      };
    }
    return documents.map(document => readDocument(document, text, lines));
  } catch (error) {
    if (error instanceof RangeError) {
      return { position: start, finding: tooDeep([]) };
    }
    throw error;
  }
}

function readDocument(
  document: Document.Parsed,
  text: string,
  lines: LineCounter,
): YamlDocument {
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const syntax = [...document.errors, ...document.warnings].map(error => ({
    position: positionAt(error.pos[0]),
    finding: syntaxFinding(error),
  }));
  const broken = document.errors.length > 0;
  const walk = new Walk(document, positionAt);
  walk.visit(document.contents, [], []);
  return {
    document,
    // The walk has counted what aliases add up to.
    value:
      broken || walk.unreadable
        ? undefined
        : document.toJS({ maxAliasCount: -1 }),
    findings: [...syntax, ...walk.findings],
    locate: (at, onKey = false) => positionAt(offsetOf(document, at, onKey)),
    sourceOf: at => {
      const node = nodeAt(document, at);
      return isScalar(node) ? node.source : undefined;
    },
  };
}

/** Our words for the errors of the YAML reader, which echo the file. */
const SYNTAX: Partial<Record<YAMLError['code'], [string, string?]>> = {
  BAD_INDENT: [
    'the indentation does not fit the lines around it',
    'indent every field of a map by the same number of spaces',
  ],
  TAB_AS_INDENT: ['tabs can not indent YAML', 'use spaces'],
  MISSING_CHAR: [
    'a character is missing, such as a closing quote or bracket',
    'look for a quote or bracket that is opened further up and never closed',
  ],
  MULTILINE_IMPLICIT_KEY: [
    'a key must stand in one line with its colon',
    'check the indentation of this line and the ones above it',
  ],
  KEY_OVER_1024_CHARS: [
    'a key is too long',
    'shorten it to at most 1024 characters',
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    'a nested map must start in a line of its own',
    'is there a second colon in the line? Put the value in quotes',
  ],
  UNEXPECTED_TOKEN: [
    'something stands here that YAML does not expect',
    'put text with special characters in quotes',
  ],
  DUPLICATE_KEY: [
    'the key stands twice in the same map',
    'take one of them out',
  ],
  TAG_RESOLVE_FAILED: [
    'the tag is not known here',
    'take the tag (the word with the exclamation mark) out, or put the value in quotes',
  ],
};

function syntaxFinding(error: YAMLError): Finding {
  const [message, hint] = SYNTAX[error.code] ?? [
    'the file is not valid YAML',
    'check the quotes and the indentation here',
  ];
  return error.code === 'RESOURCE_EXHAUSTION'
    ? tooDeep([])
    : { at: [], code: 'syntax', message, ...(hint && { hint }) };
}

/** UTF-8 bytes of a text, without making a copy of it. */
function byteLength(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7ff) {
      // A surrogate pair is two units and four bytes.
      bytes += unit >= 0xd800 && unit <= 0xdfff ? 1 : 2;
    } else if (unit > 0x7f) {
      bytes += 1;
    }
  }
  return bytes;
}
