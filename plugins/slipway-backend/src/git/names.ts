import { InputError } from '@backstage/errors';

/** ext4, XFS and APFS end a name at 255 bytes. */
const MAX_COMPONENT_BYTES = 255;
/** Far above any path that we write, far below PATH_MAX (4096). */
const MAX_PATH_BYTES = 1024;
/** A loose ref is a file of its own plus `.lock`. */
const MAX_BRANCH_BYTES = 200;

const CONTROL = /\p{Cc}/u;

function show(value: string): string {
  return JSON.stringify(
    value.length > 120 ? `${value.slice(0, 117)}...` : value,
  );
}

/** Names that a file system may take for `.git`: other case, trailing dots or spaces, the short name on NTFS. */
function isGitFolder(component: string): boolean {
  const plain = component
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, '')
    .replace(/[. ]+$/, '')
    .split(':')[0]
    .toLowerCase();
  return plain === '.git' || plain === 'git~1';
}

function problemOfPath(path: string): string | undefined {
  if (path === '') return 'it is empty';
  if (CONTROL.test(path)) return 'it holds a control character';
  if (path.includes('\\')) return 'it holds a backslash';
  if (path.startsWith('/')) return 'it is absolute';
  if (Buffer.byteLength(path) > MAX_PATH_BYTES)
    return `it is longer than ${MAX_PATH_BYTES} bytes`;
  for (const component of path.split('/')) {
    if (component === '') return 'it has an empty segment';
    if (component === '.' || component === '..')
      return `it has the segment "${component}"`;
    if (isGitFolder(component))
      return 'it has a segment that Git keeps for itself (.git)';
    if (Buffer.byteLength(component) > MAX_COMPONENT_BYTES) {
      return `a segment is longer than ${MAX_COMPONENT_BYTES} bytes`;
    }
  }
  return undefined;
}

/** Throws `InputError` unless the path stays inside the repository and means the same on every file system. */
export function assertPath(path: string): void {
  const problem = problemOfPath(path);
  if (problem) {
    throw new InputError(
      `The path ${show(path)} can't be used: ${problem}. Allowed are paths relative to the repository's root, ` +
        `separated by "/", without ".." and ".git".`,
    );
  }
}

function problemOfBranch(branch: string): string | undefined {
  if (branch === '') return 'it is empty';
  if (Buffer.byteLength(branch) > MAX_BRANCH_BYTES)
    return `it is longer than ${MAX_BRANCH_BYTES} bytes`;
  if (branch === 'HEAD' || branch.startsWith('refs/'))
    return 'a plain branch name is expected';
  if (CONTROL.test(branch) || /[ ~^:?*[\\]/.test(branch))
    return 'it holds a character that Git refuses';
  if (
    branch.startsWith('-') ||
    branch.includes('..') ||
    branch.includes('@{') ||
    branch === '@'
  ) {
    return 'Git would read it as something else';
  }
  if (branch.endsWith('.')) return 'it ends with a dot';
  for (const component of branch.split('/')) {
    if (component === '') return 'it has an empty segment';
    if (component.startsWith('.') || component.endsWith('.lock'))
      return `Git refuses the segment "${component}"`;
  }
  return undefined;
}

/** Throws `InputError` unless Git takes it as the name of a branch. */
export function assertBranch(branch: string): void {
  const problem = problemOfBranch(branch);
  if (problem) {
    throw new InputError(
      `The branch name ${show(branch)} can't be used: ${problem}. Allowed is what "git check-ref-format --branch" takes, ` +
        `e.g. "main" or "slipway/checkout-service".`,
    );
  }
}

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Throws `InputError` unless it is a full object id. */
export function assertCommit(commit: string): void {
  if (!COMMIT.test(commit)) {
    throw new InputError(
      `${show(commit)} is no commit id. Expected are all 40 (or 64) hexadecimal digits of one.`,
    );
  }
}

/** Ids come from the store and become part of a ref. */
export function assertChangeId(id: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(id)) {
    throw new InputError(`${show(id)} is no id of a change request.`);
  }
}
