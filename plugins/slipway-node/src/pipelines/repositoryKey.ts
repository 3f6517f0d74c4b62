const SCP = /^(?:[^@/\s]+@)?([^:/\s]+):(?!\/\/)([^\s]+)$/;

/**
 * One word for a repository, whatever way its URL is written: `host/owner/name` in lower case, without credentials,
 * port 443 or `.git`. Undefined for what is no URL of a repository.
 *
 * @public
 */
export function repositoryKey(url: string): string | undefined {
  const scp = SCP.exec(url);
  if (scp) return joined(scp[1], scp[2]);
  try {
    const { protocol, host, pathname } = new URL(url);
    if (protocol === 'file:') return joined('file', pathname);
    return host ? joined(host, pathname) : undefined;
  } catch {
    return url.startsWith('/') ? joined('file', url) : undefined;
  }
}

function joined(host: string, path: string): string | undefined {
  const trimmed = path
    .replace(/^\/+|\/+$/g, '')
    .replace(/\.git$/, '')
    .toLowerCase();
  return trimmed ? `${host.toLowerCase()}/${trimmed}` : undefined;
}
