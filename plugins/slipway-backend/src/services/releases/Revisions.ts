import { NotFoundError } from '@backstage/errors';
import {
  ApiAcceptedRevision,
  ApiRevisionReport,
  RepoBinding,
} from '@slipway/plugin-slipway-common';
import { GitAuthor } from '@slipway/plugin-slipway-node';
import {
  environmentKey,
  EnvironmentName,
} from '../../domain/platform/planDeclared';
import { PlatformState } from '../../domain/platform/PlatformState';
import { releaseId, short } from '../../domain/releases/release';
import { CodePlaces, targetsOf } from '../../domain/releases/report';
import { redact } from '../../domain/redact';
import { EnvironmentStore } from '../../ports/EnvironmentStore';
import { EnvironmentSummary } from '../../ports/EnvironmentSummary';
import { RefusedWish, ReleaseStore, Wish } from '../../ports/ReleaseStore';
import { LiveSignals } from '../../ports/LiveSignals';
import { Identities } from '../Identities';
import { PlatformStates } from '../plans/Planner';
import { ServicePath, Teller } from './ReleasesService';

interface Options {
  releases: ReleaseStore;
  environments: Pick<EnvironmentStore, 'list'>;
  states: PlatformStates;
  identities: Identities;
  signals: LiveSignals;
}

/** Who tells of a revision, for the record and for Git. */
export interface Named {
  actor: string;
  gitAuthor: GitAuthor;
}

/** Takes revisions that were built: notes them, and asks the environments that take them. */
export class Revisions {
  constructor(private readonly o: Options) {}

  async report(
    path: ServicePath,
    report: ApiRevisionReport,
    teller: Teller,
  ): Promise<ApiAcceptedRevision> {
    const { organization, service } = path;
    const state = await this.o.states.current();
    const spec = state.service(organization, service);
    if (!spec) {
      throw new NotFoundError(
        `There is no service ${organization}/${service}, or you may not see it.`,
      );
    }
    const { workloads, targets, ignored } = targetsOf(
      spec,
      report,
      codePlaces(state, organization),
    );
    if (workloads.length === 0) return { accepted: [], ignored };
    const by = await this.whoIs(teller);
    const id = releaseId(organization, service, workloads);
    const byName = new Map(workloads.map(one => [one.name, one]));
    const { branch, repository, url, message, createdAt, revision } = report;
    const ask = (asked: Wish[]) =>
      this.o.releases.ask(
        {
          organization,
          service,
          id,
          workloads,
          ...by,
          ...(branch !== undefined && { branch }),
          ...(repository !== undefined && { repository: redact(repository) }),
          ...(url !== undefined && { url: redact(url) }),
          ...(message !== undefined && { message: message.split('\n')[0] }),
          ...(createdAt !== undefined && { createdAt: new Date(createdAt) }),
        },
        asked,
        {
          origin: 'revision',
          events: (_release, wishes) => [
            {
              subject: `service:${organization}/${service}`,
              type: 'revision.reported',
              reason: 'RevisionReported',
              title: `${short(revision)} was built${branch ? ` from ${branch.replace(/^refs\/heads\//, '')}` : ''}`,
              actor: by.actor,
              revision,
              data: {
                release: id,
                workloads: workloads.map(({ name }) => name),
                environments: [
                  ...new Set(wishes.map(({ environment }) => environment)),
                ],
                ...(url !== undefined && { url: redact(url) }),
              },
              dedupeKey: `revision/${id}`,
            },
          ],
        },
      );
    const first = await ask(
      targets.map(target => ({
        environment: environmentKey(pathOf(path, target.environment)),
        workload: byName.get(target.workload)!,
      })),
    );
    const lost = await this.lost(first.refused);
    const second = lost.length > 0 ? await ask(lost) : undefined;
    const accepted = [...first.accepted, ...(second?.accepted ?? [])];
    const refused = [
      ...first.refused.filter(one => !lost.some(wish => isSame(wish, one))),
      ...(second?.refused ?? []),
    ];
    this.o.signals.changed([`service:${organization}/${service}`]);
    return {
      id,
      accepted: accepted.map(({ environment, workload }) => ({
        environment: nameOf(environment),
        workload: workload.name,
      })),
      ignored: [
        ...ignored,
        ...refused.map(wish => ({
          environment: nameOf(wish.environment),
          workload: wish.workload.name,
          reason: whyRefused(wish),
        })),
      ],
    };
  }

  /**
   * Of what was refused, that whose workload Git has no release of any more: what was asked for last is gone with it,
   * and keeps nothing out. Looked at after the refusal, so that what Git was about to say by then is not missed.
   */
  private async lost(refused: RefusedWish[]): Promise<Wish[]> {
    const settled = refused.filter(({ stands }) => stands.settledAt);
    if (settled.length === 0) return [];
    const records = await this.o.environments.list({
      keys: [...new Set(settled.map(({ environment }) => environment))],
    });
    const summaries = new Map(
      records.map(({ key, summary }) => [
        key,
        summary as Partial<EnvironmentSummary> | undefined,
      ]),
    );
    return settled
      .filter(
        ({ environment, workload }) =>
          !summaries.get(environment)?.release?.workloads[workload.name],
      )
      .map(({ environment, workload, stands }) => ({
        environment,
        workload,
        lost: stands.serial,
      }));
  }

  /** A signature has no address; `.invalid` never belongs to anybody (RFC 2606). */
  async whoIs(teller: Teller): Promise<Named> {
    if ('credentials' in teller) {
      return {
        actor: this.o.identities.actor(teller.credentials),
        gitAuthor: await this.o.identities.gitAuthor(teller.credentials),
      };
    }
    const { organization, name } = teller.signed;
    return {
      actor: `signature:${organization}/${name}`,
      gitAuthor: {
        name: `${name} of ${organization}`,
        email: `${name}.${organization}@users.slipway.invalid`,
      },
    };
  }
}

function pathOf(path: ServicePath, environment: string): EnvironmentName {
  return { ...path, environment };
}

function isSame(one: Wish, other: Wish): boolean {
  return (
    one.environment === other.environment &&
    one.workload.name === other.workload.name
  );
}

function nameOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

function whyRefused({ workload, stands }: RefusedWish): string {
  if (
    stands.revision === workload.revision &&
    stands.digest === workload.digest
  )
    return `${short(workload.revision)} is known here already.`;
  const since = stands.orderedAt.toISOString();
  return stands.origin === 'rollback'
    ? `It was rolled back to ${short(stands.revision)} at ${since}; only a newer revision takes its place.`
    : `${short(stands.revision)} of ${since} is newer; a revision that comes late doesn't take it back.`;
}

/** Where an organization's code is, by its file and its bindings. */
function codePlaces(state: PlatformState, organization: string): CodePlaces {
  return {
    namespace:
      state.organization(organization)?.spec.gitHost.namespace ?? organization,
    bound: state
      .all('RepoBinding')
      .filter(found => found.organization === organization)
      .flatMap(({ value }) => {
        const binding = value as RepoBinding | undefined;
        if (!binding) return [];
        const { owner, name, branch } = binding.spec.repository;
        return [{ repository: `${owner}/${name}`, branch }];
      }),
  };
}
