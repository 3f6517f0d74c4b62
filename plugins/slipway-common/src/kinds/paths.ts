import { NAME_MAX_LENGTH, NAME_PATTERN } from './fields';
import type { Kind } from './registry';

/**
 * What a path of a platform repository is for.
 *
 * @public
 */
export type PlatformLocation =
  | { kind: 'Organization'; organization: string; name: string }
  | { kind: 'ServiceSpec'; organization: string; name: string }
  | { kind: 'RepoBinding'; organization: string; name: string }
  | { kind: 'EnvironmentClass' | 'QuotaProfile' | 'PolicyPack'; name: string };

const ORGANIZATION_FOLDERS = {
  services: 'ServiceSpec',
  bindings: 'RepoBinding',
} as const;

const PLATFORM_FOLDERS = {
  classes: 'EnvironmentClass',
  quotas: 'QuotaProfile',
  policies: 'PolicyPack',
} as const;

/**
 * The path of a resource's file in a platform repository. Takes the
 * organization for kinds that live in one, which for an Organization is its
 * own name.
 *
 * @public
 */
export function platformPath(
  kind: Kind,
  resource: { name: string; organization?: string },
): string {
  const { name, organization } = resource;
  assertName(name);
  if (kind === 'Organization') {
    return `organizations/${name}/organization.yaml`;
  }
  const platformFolder = folderOf(PLATFORM_FOLDERS, kind);
  if (platformFolder) {
    return `${platformFolder}/${name}.yaml`;
  }
  if (organization === undefined) {
    throw new TypeError(`A ${kind} lives in an organization, none was given`);
  }
  assertName(organization);
  return `organizations/${organization}/${folderOf(ORGANIZATION_FOLDERS, kind)}/${name}.yaml`;
}

/**
 * Reads a path of a platform repository. Answers undefined for every path that
 * {@link platformPath} would not make: other folders, `..`, absolute paths,
 * backslashes, names outside the rules.
 *
 * @public
 */
export function parsePlatformPath(path: string): PlatformLocation | undefined {
  const parts = path.split('/');
  if (parts[0] === 'organizations') {
    return parseOrganizationPath(parts);
  }
  const [folder, file] = parts;
  const kind = lookUp(PLATFORM_FOLDERS, folder);
  const name = fileName(file);
  return kind && name && parts.length === 2 ? { kind, name } : undefined;
}

function parseOrganizationPath(parts: string[]): PlatformLocation | undefined {
  const [, organization, folder, file] = parts;
  if (!isName(organization)) {
    return undefined;
  }
  if (parts.length === 3 && folder === 'organization.yaml') {
    return { kind: 'Organization', organization, name: organization };
  }
  const kind = lookUp(ORGANIZATION_FOLDERS, folder);
  const name = fileName(file);
  return kind && name && parts.length === 4
    ? { kind, organization, name }
    : undefined;
}

function fileName(file: string | undefined): string | undefined {
  const name = file?.endsWith('.yaml') ? file.slice(0, -'.yaml'.length) : '';
  return isName(name) ? name : undefined;
}

function isName(name: string | undefined): name is string {
  return (
    name !== undefined &&
    name.length <= NAME_MAX_LENGTH &&
    NAME_PATTERN.test(name)
  );
}

function assertName(name: string): void {
  if (!isName(name)) {
    throw new TypeError(
      `${JSON.stringify(name)} is no name; allowed are lower-case letters and digits, joined by single hyphens, at most ${NAME_MAX_LENGTH} characters`,
    );
  }
}

function folderOf(
  folders: Record<string, string>,
  kind: string,
): string | undefined {
  return Object.keys(folders).find(folder => folders[folder] === kind);
}

function lookUp<T extends object>(
  table: T,
  key: string | undefined,
): T[keyof T] | undefined {
  return key !== undefined && Object.hasOwn(table, key)
    ? table[key as keyof T]
    : undefined;
}
