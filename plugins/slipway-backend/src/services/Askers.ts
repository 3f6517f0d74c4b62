import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { GitHost, RepositoryRef } from '@slipway/plugin-slipway-node';
import type { ReleaseStore } from '../ports/ReleaseStore';
import type { Identities } from './Identities';
import type { PlatformStates } from './plans/Planner';

/** Answers that are kept; one is some bytes, and a commit's author never changes. */
const MAX_KEPT = 1000;

/**
 * Who asked for what a service declares now: the author of the commit that changed its file last, which is whoever
 * opened the change request; and who asked for a release that an environment is to run and Git doesn't say yet. Nobody
 * approves what they asked for themselves.
 */
export class Askers {
  private readonly kept = new Map<string, string | undefined>();

  constructor(
    private readonly o: {
      host: GitHost;
      repository: RepositoryRef;
      states: PlatformStates;
      identities: Identities;
      releases: Pick<ReleaseStore, 'wanted'>;
    },
  ) {}

  /** Whether the caller asked for it, or for the release that it waits with. Throws when Git can't be asked: then nobody may approve. */
  async isAsker(
    of: { organization: string; service: string; environment?: string },
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    if (of.environment !== undefined) {
      const { organization, service, environment } = of;
      const wanted = await this.o.releases.wanted({
        environment: `${organization}/${service}/${environment}`,
      });
      const actor = this.o.identities.actor(credentials);
      if (wanted.some(one => !one.settledAt && one.actor === actor))
        return true;
    }
    const [asked, caller] = await Promise.all([
      this.addressOf(of),
      this.o.identities.self(credentials),
    ]);
    return asked !== undefined && caller.addresses.has(asked);
  }

  private async addressOf(of: {
    organization: string;
    service: string;
  }): Promise<string | undefined> {
    const state = await this.o.states.current();
    const file = state.resource('ServiceSpec', of.organization, of.service);
    if (!file || !state.commit) return undefined;
    const key = `${state.commit} ${file.path}`;
    if (this.kept.has(key)) return this.kept.get(key);
    const [last] = await this.o.host.log(this.o.repository, {
      to: state.commit,
      path: file.path,
      limit: 1,
    });
    const address = last?.author.email.toLowerCase();
    if (this.kept.size >= MAX_KEPT) this.kept.clear();
    this.kept.set(key, address);
    return address;
  }
}
