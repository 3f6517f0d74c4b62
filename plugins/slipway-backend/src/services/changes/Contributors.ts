import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  type GitHost,
  type HostedChange,
  repositoryHost,
  type RepositoryRef,
} from '@slipway/plugin-slipway-node';
import type { Askers } from '../Askers';
import type { Identities, Self } from '../Identities';
import type { PlannedChange } from '../plans/Planner';
import { RELEASE_BRANCH } from '../releases/Moves';

/** Nobody reviews more commits than these; of a longer history it can't be told who had a part in it. */
const MAX_COMMITS = 1_000;

/**
 * Trailer of what Slipway delivers by itself. The commit's author is whoever merged the spec, who wrote nothing of it;
 * who asked for it is asked for.
 */
const DELIVERED = 'Slipway-Spec-Commit';

/** A change that somebody is to agree to. */
export interface Judged {
  repository: RepositoryRef;
  change: HostedChange;
  /** What it is to be merged into. */
  base: string;
  planned: PlannedChange;
  /** Of rendered files, not of what people declare. */
  isDelivery: boolean;
}

/** Who had a part in what a change brings: nobody approves what they wrote or asked for themselves. */
export class Contributors {
  constructor(
    private readonly o: {
      host: GitHost;
      identities: Identities;
      askers: Askers;
    },
  ) {}

  /**
   * What the caller has to do with a change, as the reason why somebody else has to approve it; undefined when nothing.
   * Throws when the catalog or Git can't be asked: then nobody may approve.
   */
  async refusal(
    judged: Judged,
    credentials: BackstageCredentials,
  ): Promise<string | undefined> {
    const part = await this.partOf(judged, credentials);
    if (part !== undefined) return part;
    for (const [environment, { approval }] of judged.planned.plans) {
      if (
        approval.required &&
        (await this.asked(judged, environment, credentials))
      )
        return `You asked for what ${environment} is to become; somebody else has to approve it.`;
    }
    return undefined;
  }

  /**
   * Whether a delivery brings what the caller has declared. It is opened by Slipway itself, for somebody who asked: they
   * agree to the change, not to their own wish. A promotion or a rollback is somebody's wish of its own, unless the
   * spec comes along with it.
   */
  async asked(
    { change, planned, isDelivery }: Judged,
    environment: string,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const isMove =
      change.branch.startsWith(RELEASE_BRANCH) &&
      planned.onlyRelease?.has(environment) === true;
    if (!isDelivery || isMove) return false;
    const [organization, service, name] = environment.split('/');
    return this.o.askers.isAsker(
      { organization, service, environment: name },
      credentials,
    );
  }

  private async partOf(
    { repository, change, base, isDelivery }: Judged,
    credentials: BackstageCredentials,
  ): Promise<string | undefined> {
    const { author, editors = [], headCommit, number } = change;
    const actor = this.o.identities.actor(credentials);
    const opened = `You opened change request #${number}; somebody else has to approve it.`;
    if (author === actor) return opened;
    if (editors.includes(actor))
      return `You changed what change request #${number} brings; somebody else has to approve it.`;
    const host = hostOf(repository, change);
    const [self, commits] = await Promise.all([
      this.o.identities.self(credentials, host),
      this.o.host.log(repository, {
        from: base,
        to: headCommit,
        limit: MAX_COMMITS + 1,
      }),
    ]);
    const login = host && loginAt(host.type, author);
    if (login !== undefined && self.logins.has(login)) return opened;
    if (commits.length > MAX_COMMITS)
      return `Change request #${number} has more than ${MAX_COMMITS} commits, too many to tell who wrote them; make it a smaller one.`;
    const written = commits.filter(
      ({ trailers }) => !isDelivery || trailers[DELIVERED] === undefined,
    );
    const own = written.find(({ author: by, committer }) =>
      [by, ...(committer ? [committer] : [])].some(({ email }) =>
        isOf(self, email),
      ),
    );
    return own
      ? `You wrote commit ${own.commit.slice(0, 7)} of change request #${number}; somebody else has to approve it.`
      : undefined;
  }
}

/** Whether an address of a commit is somebody's: one of theirs, or one that a host makes of their login. */
export function isOf({ addresses, logins }: Self, email: string): boolean {
  const address = email.toLowerCase();
  const [local, domain = ''] = address.split('@');
  return (
    addresses.has(address) ||
    (/(?:^|\.)noreply\./.test(domain) &&
      logins.has(local.replace(/^\d+[+-]/, '')))
  );
}

/** The host whose people the author and the commits of a change may be. */
function hostOf({ url }: RepositoryRef, { pullRequest }: HostedChange) {
  const name = repositoryHost(url);
  return pullRequest && name !== undefined
    ? { type: pullRequest.host, name }
    : undefined;
}

/** The login of an author whom only the host knows. */
function loginAt(type: string, author: string): string | undefined {
  const prefix = `user:${type}/`;
  return author.startsWith(prefix) ? author.slice(prefix.length) : undefined;
}
