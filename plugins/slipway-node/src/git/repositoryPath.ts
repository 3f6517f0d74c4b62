import { InputError } from '@backstage/errors';

/**
 * Where a repository lies at its host.
 * @public
 */
export interface RepositoryPath {
  /** Name and port. */
  host: string;
  /** Everything before the name; on GitLab it may have several parts. */
  owner: string;
  name: string;
}

/** `git@host:owner/name.git`. */
const SCP_LIKE = /^[^@/]+@([^:/]+):(?!\/\/)(.+)$/;

/**
 * Reads the clone URL (http, https, ssh) or the page of a repository. Throws `InputError` for what is neither.
 * @public
 */
export function repositoryPath(url: string): RepositoryPath {
  const scp = SCP_LIKE.exec(url);
  const text = scp ? `ssh://${scp[1]}/${scp[2]}` : url;
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  const parts = (parsed?.pathname ?? '')
    .replace(/\.git\/?$/, '')
    .split('/')
    .filter(Boolean)
    .map(decodeURIComponent);
  const name = parts.pop();
  if (!parsed?.host || !name || parts.length === 0) {
    const shown = parsed ? `${parsed.host}${parsed.pathname}` : 'What is given';
    throw new InputError(
      `${shown} is no repository at a Git host; expected is <host>/<owner>/<name>.`,
    );
  }
  return { host: parsed.host, owner: parts.join('/'), name };
}

/**
 * Name and port of the host that a repository lies at; undefined for what lies at none, such as a folder.
 * @public
 */
export function repositoryHost(url: string): string | undefined {
  try {
    return repositoryPath(url).host;
  } catch {
    return undefined;
  }
}
