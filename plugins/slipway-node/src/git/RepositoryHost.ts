import type { RepositoryRef } from './GitHost';
import type { InstalledWebhook } from './PullRequestHost';
import type { RepositoryPath } from './repositoryPath';

/** A repository, as its host lists it. @public */
export interface FoundRepository {
  /** Name and port of its host. */
  host: string;
  /** Everything before the name; on GitLab it may have several parts. */
  owner: string;
  name: string;
  /** Clone URL over HTTPS. */
  url: string;
  /** Its page. */
  page: string;
  description?: string;
  /** Absent where the host names none, as for a repository without a commit. */
  defaultBranch?: string;
  /** Nothing can be pushed to it any more. */
  archived: boolean;
  fork: boolean;
  private: boolean;
  /** RFC 3339. */
  updatedAt?: string;
}

/** What repositories are searched by. @public */
export interface RepositorySearch {
  /** One of `RepositoryHost.hosts()`. */
  host: string;
  /** Part of the name or of `<owner>/<name>`; empty for all, the latest first. */
  text: string;
  /** Only those of this owner. */
  owner?: string;
  /** `next` of the page before. */
  cursor?: string;
  /** At most so many. */
  limit: number;
}

/** Some of the repositories that were found. @public */
export interface RepositoryPage {
  items: FoundRepository[];
  /** For the page behind this one; absent on the last. A page may be short, or empty, and have one all the same. */
  next?: string;
}

/** The files of a branch, without their contents. @public */
export interface RepositoryTree {
  commit: string;
  /** Regular files only: no symbolic links, no submodules. */
  files: Array<{ path: string; blob: string }>;
  /** The host has left some out, as there are too many. */
  truncated: boolean;
}

/** What a host got when it delivered something. @public */
export interface WebhookAnswer {
  /** RFC 3339; absent where the host doesn't say. */
  at?: string;
  /** HTTP status of the answer; absent when nobody answered. */
  status?: number;
  /** The host's own words. */
  message?: string;
}

/** A delivery whose sender knows the webhook's secret. @public */
export interface VerifiedDelivery {
  /** The host's own id of it; stays the same when the host sends it again. */
  id?: string;
  /** As the host calls it, e.g. `push`. */
  event: string;
  /** Clone URL or page of the repository that it is about; absent where it doesn't say. */
  repository?: string;
}

/**
 * Port to repositories that are there already. Reads only; errors as in `PullRequestHost`.
 *
 * @public
 */
export interface RepositoryBrowser {
  /** Name and port of each host with credentials, in the order of the configuration. */
  hosts(): string[];
  search(query: RepositorySearch): Promise<RepositoryPage>;
  /** Clone URL, without asking the host. */
  urlOf(place: RepositoryPath): string;
  get(place: RepositoryPath): Promise<FoundRepository>;
  /** What lies at the head of the branch. `NotFoundError` when there is no such branch. */
  tree(repository: RepositoryRef): Promise<RepositoryTree>;
  /** The text of a file of a tree; `InputError` when it is larger than `maxBytes`. */
  text(
    repository: RepositoryRef,
    file: { blob: string; maxBytes: number },
  ): Promise<string>;
}

/**
 * Port to the repositories of a host that the credentials of `integrations` can see, and to what becomes of their
 * webhooks. Reads only; errors as in `PullRequestHost`.
 *
 * @public
 */
export interface RepositoryHost extends RepositoryBrowser {
  /** What the token or app needs to install a webhook, as people read it, e.g. `the scope api`. */
  readonly webhookRight: string;
  /** The webhook that delivers to the URL; undefined when there is none. */
  findWebhook(
    repository: RepositoryRef,
    url: string,
  ): Promise<InstalledWebhook | undefined>;
  /** What the host got at its last delivery; undefined before the first, and where the host keeps it to itself. */
  lastAnswer(
    repository: RepositoryRef,
    webhookId: string,
  ): Promise<WebhookAnswer | undefined>;
  /** Reads a delivery; undefined when its sender doesn't know the secret. Compares in constant time. */
  verify(
    delivery: {
      /** Names in lower case. */
      headers: Record<string, string | string[] | undefined>;
      /** As it came, byte for byte. */
      body: Buffer;
    },
    secret: string,
  ): VerifiedDelivery | undefined;
}
