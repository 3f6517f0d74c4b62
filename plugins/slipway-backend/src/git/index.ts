export {
  PlainGitHost,
  SLIPWAY_IDENTITY,
  type PlainGitHostOptions,
} from './PlainGitHost';
export {
  BatchingGitWriter,
  type BatchingGitWriterOptions,
} from './BatchingGitWriter';
export { PlainRepositories } from './PlainRepositories';
export { WorkingFolder } from './WorkingFolder';
export { FileConflictError } from './errors';
export { assertBranch } from './names';
export { assertFiles } from './writeObjects';
export { repositoryKey, type GitCredentials } from './location';
