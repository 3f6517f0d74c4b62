import { InputError } from '@backstage/errors';
import { ApiSkeleton, Organization } from '@slipway/plugin-slipway-common';
import {
  FileEdit,
  locate,
  PlatformState,
} from '../domain/platform/PlatformState';
import { Skeleton } from '../ports/ChangeIntentStore';
import type { RepositoryHosts } from '../ports/RepositoryHosts';

/**
 * Where code lives. A caller names a repository as `<namespace>/<name>`; its URL is made here, so that nobody can have
 * the backend write anywhere else.
 */
export class CodeRepositories {
  constructor(
    private readonly o: {
      /** `slipway.git.plainBaseUrl`. */
      plainBaseUrl: string | undefined;
      /** Those with credentials: a repository is made there with the first commit. */
      hosts: Pick<RepositoryHosts, 'withWebhooksOf'>;
      /** Throws InputError for a branch or files that Git would refuse; asked before anything is opened. */
      check: (skeleton: Skeleton) => void;
    },
  ) {}

  /** The skeleton of a change, for the one organization whose files it touches. */
  skeleton(
    base: PlatformState,
    edits: FileEdit[],
    skeleton: ApiSkeleton,
  ): Skeleton {
    const organizations = new Set(
      edits
        .map(edit => locate(edit.path))
        .map(place => ('problem' in place ? '' : place.organization)),
    );
    const [name] = organizations;
    const organization =
      organizations.size === 1 && name
        ? base.withFiles(edits).state.organization(name)
        : undefined;
    if (!organization) {
      throw new InputError(
        'A skeleton travels with a change of exactly one organization that exists.',
      );
    }
    const checked: Skeleton = {
      repository: {
        url: this.url(organization, skeleton.repository),
        branch: skeleton.branch,
      },
      files: skeleton.files.map(({ path, content, executable }) => ({
        path,
        content,
        mode: executable ? '100755' : '100644',
      })),
    };
    this.o.check(checked);
    return checked;
  }

  private url(organization: Organization, repository: string): string {
    const { integration, namespace } = organization.spec.gitHost;
    const at = repository.lastIndexOf('/');
    const found = repository.slice(0, at);
    if (found !== namespace) {
      throw new InputError(
        `The repository ${repository} is not in ${namespace}/, where the code of ${organization.metadata.name} lives.`,
      );
    }
    if (repository.split('/').some(part => part === '..' || part === '.')) {
      throw new InputError(
        `The repository ${repository} has a step that leads elsewhere.`,
      );
    }
    if (integration !== 'plain') {
      const known = this.o.hosts.withWebhooksOf(integration);
      if (!known) {
        throw new InputError(
          `The repository ${repository} would be made at ${integration}, of which no host has credentials. Add them to ` +
            `integrations.${integration} in the configuration, or leave the skeleton out.`,
        );
      }
      return known.repositories.urlOf({
        host: known.host,
        owner: namespace,
        name: repository.slice(at + 1),
      });
    }
    if (!this.o.plainBaseUrl) {
      throw new InputError(
        'The configuration has no slipway.git.plainBaseUrl, below which plain repositories are made.',
      );
    }
    return `${this.o.plainBaseUrl.replace(/\/+$/, '')}/${repository}.git`;
  }
}
