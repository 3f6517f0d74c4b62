import { ApiChangeRequest } from '@slipway/plugin-slipway-common';
import { GitHost, RepositoryRef } from '@slipway/plugin-slipway-node';
import { ChangeIntentStore } from '../../ports/ChangeIntentStore';
import { approvers, shape } from '../changes/shapes';

/** Branch of the change request that delivers an environment, as the reconciler names it. */
const DELIVERY = /^slipway\/deliver\/([^/]+)\/([^/]+)\/([^/]+)$/;

/**
 * The open change requests, from what is recorded of them. Their diffs stay where they are: a page that lists them
 * must not make Git work for each.
 */
export class OpenChanges {
  constructor(
    private readonly host: GitHost,
    private readonly repositories: RepositoryRef[],
    private readonly intents: ChangeIntentStore,
  ) {}

  async list(): Promise<ApiChangeRequest[]> {
    const lists = await Promise.all(
      this.repositories.map(async repository => {
        const changes = await this.host.listChanges(repository, {
          state: 'open',
        });
        return Promise.all(
          changes.map(async change => {
            const [intent, comments] = await Promise.all([
              this.intents.forChange(repository.url, change.id),
              this.host.listComments(repository, change.id),
            ]);
            const paths = intent?.plan?.files.map(file => file.path) ?? [];
            const item = shape(
              change,
              paths,
              approvers(comments, change.headCommit),
            );
            const [, organization] = DELIVERY.exec(change.branch) ?? [];
            return organization ? { ...item, organization } : item;
          }),
        );
      }),
    );
    return lists.flat().sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  }
}
