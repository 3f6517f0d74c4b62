import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { InputError } from '@backstage/errors';

/** A user name and password (or token) for http and https. */
export interface GitCredentials {
  username: string;
  password: string;
}

/** Where a repository is, taken apart. Nothing in it but `credentials` is secret. */
export type RepositoryLocation =
  | {
      kind: 'local';
      /** Absolute and normalised. */
      path: string;
      /** The URL as it may be shown and stored. */
      url: string;
      /** Equal for two spellings of the same repository. */
      key: string;
    }
  | {
      kind: 'remote';
      protocol: 'http' | 'https' | 'ssh';
      host: string;
      url: string;
      key: string;
      credentials?: GitCredentials;
    };

const EXPECTED =
  'Expected is an absolute path or a URL with file://, https://, http:// or ssh:// of a Git repository.';

/** `git@host:organization/repository.git`, as Git's own documentation writes SSH URLs. */
const SCP_LIKE = /^([A-Za-z0-9._-]+)@([A-Za-z0-9][A-Za-z0-9.-]*):(?!\/\/)(.+)$/;

function local(given: string, folder: string): RepositoryLocation {
  const absolute = path.resolve(folder);
  return {
    kind: 'local',
    path: absolute,
    url: given,
    key: `file://${absolute}`,
  };
}

/** What is given may be no URL at all, so nothing before its last "@" is shown but the scheme. */
function withoutUser(given: string): string {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(given)?.[0] ?? '';
  return given.includes('@')
    ? `${scheme}${given.slice(given.lastIndexOf('@') + 1)}`
    : given;
}

/** Percent-encoding undone; undefined where it is none. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Takes the URL of a repository apart; throws `InputError` for what is none. The URL in the error shows no secret. */
export function parseLocation(given: string): RepositoryLocation {
  const shown = withoutUser(given);
  if (/\p{Cc}/u.test(given)) {
    throw new InputError(
      `The repository URL holds a control character. ${EXPECTED}`,
    );
  }
  if (path.isAbsolute(given)) {
    return local(given, given);
  }
  const scp = SCP_LIKE.exec(given);
  const text = scp ? `ssh://${scp[1]}@${scp[2]}/${scp[3]}` : given;
  if (!URL.canParse(text)) {
    throw new InputError(`"${shown}" is no URL of a repository. ${EXPECTED}`);
  }
  const url = new URL(text);
  if (url.protocol === 'file:') {
    if (url.host) {
      throw new InputError(
        `"${shown}" names a host, but file:// means this machine. ${EXPECTED}`,
      );
    }
    return local(given, fileURLToPath(url));
  }
  if (
    url.protocol !== 'http:' &&
    url.protocol !== 'https:' &&
    url.protocol !== 'ssh:'
  ) {
    throw new InputError(
      `"${shown}" uses ${url.protocol}// which is not allowed. ${EXPECTED}`,
    );
  }
  if (!url.hostname || url.hostname.startsWith('-') || url.search || url.hash) {
    throw new InputError(`"${shown}" is no URL of a repository. ${EXPECTED}`);
  }
  if (url.pathname.includes('@')) {
    // Most likely a password with a "/" in it, which would be shown as part of the path.
    throw new InputError(
      `"${shown}" has an "@" behind its host. Encode what belongs to the password, and a "@" of the path as "%40".`,
    );
  }
  const protocol = url.protocol.slice(0, -1) as 'http' | 'https' | 'ssh';
  const username = decoded(url.username);
  const password = decoded(url.password);
  if (username === undefined || password === undefined) {
    throw new InputError(
      `The user or password in the URL of "${shown}" is not percent-encoded. Write "%" as "%25" in it.`,
    );
  }
  url.password = '';
  // With SSH the user is part of the address (git@…) and no secret; with HTTP a token may stand in its place.
  if (protocol !== 'ssh') {
    url.username = '';
  }
  const clean = url.toString();
  return {
    kind: 'remote',
    protocol,
    host: url.host,
    url: clean,
    key: clean.replace(/\/+$/, '').replace(/\.git$/, ''),
    credentials:
      protocol !== 'ssh' && (username || password)
        ? { username, password }
        : undefined,
  };
}

/** One name for all spellings of a repository: what stores and locks are keyed by. Free of secrets. */
export function repositoryKey(url: string): string {
  return parseLocation(url).key;
}
