import type { BitbucketCloudIntegrationConfig } from '@backstage/integration';
import {
  hostError,
  RateLimits,
  repositoryPath,
  type RepositoryRef,
} from '@slipway/plugin-slipway-node';
import { BitbucketApi, type Question } from './BitbucketApi';

/** A repository at Bitbucket, and how it is asked. */
export interface Place {
  api: BitbucketApi;
  /** `<workspace>/<slug>`. */
  name: string;
  /** In front of the path of whatever belongs to it. */
  path: string[];
}

/** The hosts with credentials, and their APIs. */
export class Places {
  readonly limits = new RateLimits();
  readonly apis: ReadonlyMap<string, BitbucketApi>;
  readonly configs: ReadonlyMap<string, BitbucketCloudIntegrationConfig>;

  constructor(configs: BitbucketCloudIntegrationConfig[]) {
    // Backstage names bitbucket.org always; without credentials there is nothing to be done there but reading over Git.
    const usable = configs.filter(hasCredentials);
    this.configs = new Map(usable.map(config => [config.host, config]));
    this.apis = new Map(
      usable.map(config => [
        config.host,
        new BitbucketApi(config, this.limits),
      ]),
    );
  }

  api(host: string): BitbucketApi {
    const api = this.apis.get(host);
    if (api) return api;
    throw hostError({
      host,
      act: 'be asked, as integrations.bitbucketCloud has no credentials for it',
      status: 400,
    });
  }

  of({ url }: Pick<RepositoryRef, 'url'>): Place {
    const { host, owner, name } = repositoryPath(url);
    return {
      api: this.api(host),
      name: `${owner}/${name}`,
      path: ['repositories', owner, name],
    };
  }
}

/** What is asked about something that belongs to a repository. */
export function question(
  { name, path }: Place,
  act: string,
  ...rest: Array<string | number>
): Question {
  return { act: `${act} in ${name}`, path: [...path, ...rest.map(String)] };
}

/** A string in Bitbucket's query language. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** Of a commit, as people see it. */
export function pageOf({ url }: RepositoryRef, commit: string): string {
  const { host, owner, name } = repositoryPath(url);
  return `https://${host}/${owner}/${name}/commits/${commit}`;
}

function hasCredentials(config: BitbucketCloudIntegrationConfig): boolean {
  const { clientId, clientSecret, username, token, appPassword } = config;
  return Boolean(
    (clientId && clientSecret) || (username && (token ?? appPassword)),
  );
}
