import type {
  PullRequestHost,
  RepositoryBrowser,
  RepositoryHost,
} from '@slipway/plugin-slipway-node';

/** A Git host whose repositories can be looked at. */
export interface SearchableHost {
  /** As in `gitHost.integration` of an organization. */
  type: string;
  /** Name and port of where an organization's code lives: the first of its type in `integrations`. */
  host: string;
  /** All of its type. */
  hosts: string[];
  repositories: RepositoryBrowser;
}

/** One that tells by webhooks what happens in its repositories. */
export interface WebhookHost extends SearchableHost {
  pulls: PullRequestHost;
  repositories: RepositoryHost;
}

/** The Git hosts whose repositories can be looked at, with credentials where they take such. */
export interface RepositoryHosts {
  all(): SearchableHost[];
  of(integration: string): SearchableHost | undefined;
  withWebhooks(): WebhookHost[];
  /** Undefined where there are no credentials, or no webhooks. */
  withWebhooksOf(integration: string): WebhookHost | undefined;
}
