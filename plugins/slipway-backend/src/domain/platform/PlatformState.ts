import {
  EnvironmentClass,
  Kind,
  Organization,
  parseFile,
  parsePlatformPath,
  PolicyPack,
  Problem,
  QuotaProfile,
  Resource,
  ResourceByKind,
  ServiceSpec,
} from '@slipway/plugin-slipway-common';

/** One file of a platform repository, read. */
export interface PlatformResource {
  kind: Kind;
  /** Empty for kinds that live in no organization; an Organization's is its own name. */
  organization: string;
  name: string;
  path: string;
  text: string;
  /** The normalised value; undefined when the file has errors. */
  value: Resource | undefined;
  problems: Problem[];
}

/** A file as it would be; without content it is removed. */
export interface FileEdit {
  path: string;
  content: string | null;
}

const key = (kind: Kind, organization: string, name: string) =>
  `${kind}\n${organization}\n${name}`;

/**
 * Everything that people declare, at one commit (and, with `withFiles`, as it would be after a change). Pure: reads no
 * repository and no database.
 */
export class PlatformState {
  static of(
    resources: Iterable<PlatformResource>,
    commit?: string,
  ): PlatformState {
    const byKey = new Map<string, PlatformResource>();
    for (const resource of resources) {
      byKey.set(
        key(resource.kind, resource.organization, resource.name),
        resource,
      );
    }
    return new PlatformState(byKey, commit);
  }

  private constructor(
    private readonly byKey: ReadonlyMap<string, PlatformResource>,
    /** The commit of the platform repository; undefined while it is empty. */
    readonly commit: string | undefined,
  ) {}

  /** The state as it would be with these files. Files that don't validate are kept with their problems. */
  withFiles(edits: FileEdit[]): { state: PlatformState; problems: Problem[] } {
    const byKey = new Map(this.byKey);
    const problems: Problem[] = [];
    for (const edit of edits) {
      const place = locate(edit.path);
      if ('problem' in place) {
        problems.push(place.problem);
        continue;
      }
      const id = key(place.kind, place.organization, place.name);
      if (edit.content === null) {
        byKey.delete(id);
        continue;
      }
      const resource = readPlatformFile(edit.path, edit.content);
      problems.push(...resource.problems);
      byKey.set(id, resource);
    }
    return { state: new PlatformState(byKey, this.commit), problems };
  }

  resource(
    kind: Kind,
    organization: string,
    name: string,
  ): PlatformResource | undefined {
    return this.byKey.get(key(kind, organization, name));
  }

  all(kind?: Kind): PlatformResource[] {
    const all = [...this.byKey.values()];
    return kind ? all.filter(resource => resource.kind === kind) : all;
  }

  organization(name: string): Organization | undefined {
    return this.value('Organization', name, name);
  }

  service(organization: string, name: string): ServiceSpec | undefined {
    return this.value('ServiceSpec', organization, name);
  }

  services(): ServiceSpec[] {
    return this.all('ServiceSpec').flatMap(({ value }) =>
      value ? [value as ServiceSpec] : [],
    );
  }

  class(name: string): EnvironmentClass | undefined {
    return this.value('EnvironmentClass', '', name);
  }

  quota(name: string): QuotaProfile | undefined {
    return this.value('QuotaProfile', '', name);
  }

  policies(names: string[]): PolicyPack[] {
    return names.flatMap(name => this.value('PolicyPack', '', name) ?? []);
  }

  private value<K extends Kind>(
    kind: K,
    organization: string,
    name: string,
  ): ResourceByKind[K] | undefined {
    return this.resource(kind, organization, name)?.value as
      ResourceByKind[K] | undefined;
  }
}

/** Where a path puts a resource, or why it is no path of a platform repository. */
export function locate(
  path: string,
): { kind: Kind; organization: string; name: string } | { problem: Problem } {
  const location = parsePlatformPath(path);
  if (!location) {
    return {
      problem: {
        file: path,
        path: '',
        segments: [],
        code: 'location',
        severity: 'error',
        message: 'This is not a place for a file of a platform repository.',
        found: path,
        allowed:
          'organizations/<organization>/organization.yaml, organizations/<organization>/services/<service>.yaml, ' +
          'organizations/<organization>/bindings/<repository>.yaml, classes/<name>.yaml, quotas/<name>.yaml, policies/<name>.yaml',
        hint: 'Names are lower-case letters, digits and single hyphens.',
      },
    };
  }
  return {
    kind: location.kind,
    organization: 'organization' in location ? location.organization : '',
    name: location.name,
  };
}

/** Reads one file of a platform repository. Throws TypeError for a path that {@link locate} refuses. */
export function readPlatformFile(path: string, text: string): PlatformResource {
  const place = locate(path);
  if ('problem' in place) throw new TypeError(place.problem.message);
  const parsed = parseFile(text, { path, kinds: [place.kind] });
  const broken = parsed.problems.some(problem => problem.severity === 'error');
  return {
    ...place,
    path,
    text,
    value: broken ? undefined : parsed.resources[0],
    problems: parsed.problems,
  };
}
