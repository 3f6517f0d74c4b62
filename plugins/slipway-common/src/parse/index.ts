export {
  formatPath,
  formatProblem,
  hasErrors,
  type PathSegment,
  type Problem,
  type ProblemCode,
} from './problem';
export { parseFile, type ParsedDocument, type ParsedFile } from './parseFile';
export { readResource, validateResource } from './validate';
export {
  SCHEMA_SENTENCES,
  sentenceOf,
  type SchemaSentence,
  type SentenceValues,
} from './sentences';
export { isSecretName, looksLikeSecret } from './secrets';
export type { Position } from './positions';
export { MAX_FILE_BYTES } from './yamlDocument';
export { editFile, type Edit, type EditStep } from './editFile';
export { stringifyResource } from './stringify';
