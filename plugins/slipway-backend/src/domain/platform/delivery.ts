import { EnvironmentName } from './planDeclared';

/** `clusters/<cluster>/<organization>/<service>/<environment>/…`, with or without a folder before it. */
const FOLDER = /(?:^|\/)clusters\/([^/]+)\/([^/]+)\/([^/]+)\/([^/]+)\//;

/** The environment whose rendered file a path of a GitOps repository is; undefined for any other path. */
export function deliveredEnvironment(
  path: string,
): (EnvironmentName & { folder: string }) | undefined {
  const match = FOLDER.exec(path);
  if (!match) return undefined;
  const [found, , organization, service, environment] = match;
  return {
    organization,
    service,
    environment,
    folder: path.slice(0, match.index + found.length - 1),
  };
}
