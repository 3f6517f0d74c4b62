import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  MANIFEST_MAX_BYTES,
  manifestCandidates,
  proposeFirstSpec,
  type FirstSpec,
  type ManifestFile,
} from '@slipway/plan';
import {
  platformPath,
  stringifyResource,
  type ApiNotTaken,
  type ApiOnboardingPreview,
  type ApiOnboardingRequest,
  type Organization,
  type RepoBinding,
  type ServiceSpec,
} from '@slipway/plugin-slipway-common';
import type {
  FoundRepository,
  RepositoryRef,
  RepositoryTree,
} from '@slipway/plugin-slipway-node';
import { elsewhere, isInside } from '../../domain/onboarding/places';
import { redact } from '../../domain/redact';
import type { PlatformState } from '../../domain/platform/PlatformState';
import type {
  RepositoryHosts,
  SearchableHost,
} from '../../ports/RepositoryHosts';
import { shapeRepository, whatBecomesOfTheWebhook } from './shapes';

/** As many files are asked for at once as a host likes to answer. */
const AT_ONCE = 6;

/** What of an organization a first spec is made from, where it isn't there yet. */
const NEW: Pick<Organization['spec'], 'secretStore' | 'registry'> = {
  secretStore: { provider: 'kubernetes' },
  registry: { url: 'registry.example.com' },
};

/** Reads a repository, and proposes what it could be declared as. */
export class FirstSpecs {
  constructor(
    private readonly hosts: RepositoryHosts,
    private readonly has: { key: boolean; pollSeconds: number },
    private readonly urlOf: (organization: string, name: string) => string,
  ) {}

  async preview(
    state: PlatformState,
    request: ApiOnboardingRequest,
  ): Promise<ApiOnboardingPreview> {
    const { organization: name, service } = request;
    const organization = state.organization(name);
    const at = this.placeOf(request, organization);
    if (state.resource('ServiceSpec', name, service)) {
      throw new ConflictError(
        `Service '${name}/${service}' is declared already; choose another name, or edit its file.`,
      );
    }
    const found = await at.repositories.get({
      host: at.place,
      owner: request.repository.owner,
      name: request.repository.name,
    });
    const branch = request.repository.branch ?? found.defaultBranch ?? 'main';
    const repository = { url: found.url, branch };
    const { commit, files, notTaken } = await this.read(at, repository);
    const propose = (from: ApiOnboardingRequest['from']): FirstSpec =>
      proposeFirstSpec({
        organization: name,
        service,
        owner:
          request.owner ?? organization?.spec.owner ?? 'group:default/owner',
        ...(found.description && {
          description: found.description.slice(0, 1000),
        }),
        files,
        source: { repository: `${found.owner}/${found.name}`, branch },
        registry: (organization?.spec ?? NEW).registry.url,
        secretStore: (organization?.spec ?? NEW).secretStore,
        ...(from && { from }),
      });
    const { spec, from, read, notTaken: left } = propose(request.from);
    const offered = (['kubernetes', 'compose'] as const).filter(
      one => propose(one).from === one,
    );
    return {
      repository: shapeRepository(at.type, found, boundTo(state, at, found)),
      branch,
      commit,
      path: platformPath('ServiceSpec', { organization: name, name: service }),
      // What is left out is left out on purpose: it is filled in when the file is read.
      content: stringifyResource(spec as ServiceSpec),
      workloads: (spec.spec.workloads ?? []) as Array<Record<string, unknown>>,
      databases: (spec.spec.databases ?? []) as Array<Record<string, unknown>>,
      ...(from && { from }),
      offered,
      read,
      notTaken: [...left, ...notTaken],
      webhook: whatBecomesOfTheWebhook(
        at,
        this.hosts.withWebhooksOf(at.type),
        found,
        this.has,
        this.urlOf(name, service),
      ),
    };
  }

  /** The host of the request: the organization's own, or for a new one that which is named. */
  private placeOf(
    request: ApiOnboardingRequest,
    organization: Organization | undefined,
  ): SearchableHost & { place: string } {
    if (organization) {
      const { integration, namespace } = organization.spec.gitHost;
      const found = this.hosts.of(integration);
      if (!found) {
        throw new NotFoundError(
          `The code of ${request.organization} lives at ${integration}, whose repositories can't be looked at. Declare the service with New service.`,
        );
      }
      if (!isInside(namespace, request.repository.owner)) {
        throw new InputError(
          `${request.repository.owner}/${request.repository.name} is not in ${namespace}/, where the code of ${request.organization} lives.`,
        );
      }
      return { ...found, place: found.host };
    }
    const found = this.hosts
      .all()
      .find(({ hosts }) => hosts.includes(request.host ?? ''));
    if (found && request.host !== found.host)
      throw new InputError(elsewhere(found, request.host!));
    if (!found) {
      throw new InputError(
        request.host === undefined
          ? `There is no valid organization '${request.organization}'; name the host of the repository for a new one.`
          : `No credentials for ${request.host} are in integrations.`,
      );
    }
    return { ...found, place: request.host! };
  }

  private async read(
    { repositories }: SearchableHost,
    repository: RepositoryRef,
  ): Promise<{
    commit: string;
    files: ManifestFile[];
    notTaken: ApiNotTaken[];
  }> {
    let tree: RepositoryTree;
    try {
      tree = await repositories.tree(repository);
    } catch (error) {
      // Nothing was pushed yet, so there is nothing to take over.
      if (!(error instanceof NotFoundError)) throw error;
      return {
        commit: '',
        files: [],
        notTaken: [
          {
            file: '',
            line: 1,
            what: `the branch ${repository.branch}`,
            why: 'it is not there, or has no commit',
          },
        ],
      };
    }
    const blobs = new Map(tree.files.map(({ path, blob }) => [path, blob]));
    const candidates = manifestCandidates([...blobs.keys()]);
    const notTaken: ApiNotTaken[] = candidates.left.map(({ path, why }) => ({
      file: path,
      line: 1,
      what: 'the file',
      why,
    }));
    if (tree.truncated) {
      notTaken.push({
        file: '',
        line: 1,
        what: 'some files',
        why: 'the repository has more than its host lists at once',
      });
    }
    const files: ManifestFile[] = [];
    for (let i = 0; i < candidates.read.length; i += AT_ONCE) {
      const some = candidates.read.slice(i, i + AT_ONCE).map(async path => {
        try {
          const content = await repositories.text(repository, {
            blob: blobs.get(path)!,
            maxBytes: MANIFEST_MAX_BYTES,
          });
          files.push({ path, content });
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          const why = redact(error.message);
          notTaken.push({ file: path, line: 1, what: 'the file', why });
        }
      });
      await Promise.all(some);
    }
    const order = new Map(candidates.read.map((path, index) => [path, index]));
    files.sort((a, b) => order.get(a.path)! - order.get(b.path)!);
    return { commit: tree.commit, files, notTaken };
  }
}

/** Which binding has the repository already, as organization/binding. */
export function boundTo(
  state: PlatformState,
  { type }: SearchableHost,
  { owner, name }: FoundRepository,
): string | undefined {
  const same = (one: string, other: string) =>
    one.toLocaleLowerCase('en-US') === other.toLocaleLowerCase('en-US');
  const found = state.all('RepoBinding').find(({ organization, value }) => {
    const repository = (value as RepoBinding | undefined)?.spec.repository;
    return (
      repository !== undefined &&
      same(repository.owner, owner) &&
      same(repository.name, name) &&
      state.organization(organization)?.spec.gitHost.integration === type
    );
  });
  return found && `${found.organization}/${found.name}`;
}
