/**
 * The address if a browser may follow it. What comes from a repository or a cluster is data, and data may say
 * `javascript:`.
 *
 * @internal
 */
export const webUrl = (address: string | undefined): string | undefined =>
  address !== undefined && /^https?:\/\//.test(address) ? address : undefined;

/** How the hosts that we know write the way to a folder. */
const FOLDERS: Array<readonly [RegExp, string]> = [
  [/(^|\.)github\./, '/tree/HEAD/'],
  [/(^|\.)gitlab\./, '/-/tree/HEAD/'],
  [/(^|\.)bitbucket\.org$/, '/src/HEAD/'],
];

/**
 * The page of a folder of a repository; the repository's where the host is one that we don't know, and none where no
 * browser can open it.
 *
 * @internal
 */
export function folderUrl(
  repository: string,
  folder: string,
): string | undefined {
  const address = webUrl(repository)?.replace(/\.git$/, '');
  if (address === undefined) {
    return undefined;
  }
  const { hostname } = new URL(address);
  const way = FOLDERS.find(([host]) => host.test(hostname))?.[1];
  return way
    ? `${address}${way}${folder.split('/').map(encodeURIComponent).join('/')}`
    : address;
}
