import { randomUUID } from 'node:crypto';
import { InputError, NotFoundError } from '@backstage/errors';
import type {
  ApiAcceptedDispatch,
  ApiDispatchRequest,
} from '@slipway/plugin-slipway-common';
import {
  type ReadDispatch,
  readDispatch,
} from '../../domain/releases/dispatch';
import type { ReleaseStore } from '../../ports/ReleaseStore';
import type { PlatformStates } from '../plans/Planner';
import type { ServicePath, Teller } from './ReleasesService';
import type { Revisions } from './Revisions';

/** Takes what comes in from outside in other forms than our own. */
export class Dispatches {
  constructor(
    private readonly o: {
      revisions: Revisions;
      releases: ReleaseStore;
      states: PlatformStates;
      /** As long as a signature would be taken. */
      signatureLifeMs: number;
    },
  ) {}

  /**
   * What a dispatch is about. A service that is named alone is looked for among those that are visible; throws where it
   * can't be told.
   */
  async read(
    request: ApiDispatchRequest,
    {
      organization,
      visible = () => true,
    }: {
      organization?: string;
      visible?: (path: ServicePath) => boolean;
    } = {},
  ): Promise<{ path: ServicePath; read: ReadDispatch }> {
    const read = readDispatch(request);
    const named = read.organization ?? organization;
    if (named !== undefined)
      return { path: { organization: named, service: read.service }, read };
    const state = await this.o.states.current();
    const found = state
      .services()
      .filter(({ metadata }) => metadata.name === read.service)
      .map(({ spec }) => ({
        organization: spec.organization,
        service: read.service,
      }))
      .filter(visible);
    if (found.length === 1) return { path: found[0], read };
    throw found.length === 0
      ? new NotFoundError(
          `There is no service ${read.service}, or you may not see it.`,
        )
      : new InputError(
          `Several organizations have a service ${read.service}; name the one that is meant: organizations/<organization>/services/${read.service}.`,
        );
  }

  async dispatch(
    request: ApiDispatchRequest,
    teller: Teller,
    organization?: string,
  ): Promise<ApiAcceptedDispatch> {
    const { path, read } = await this.read(request, {
      organization:
        'signed' in teller ? teller.signed.organization : organization,
    });
    const state = await this.o.states.current();
    if (!state.service(path.organization, path.service)) {
      throw new NotFoundError(
        `There is no service ${path.organization}/${path.service}, or you may not see it.`,
      );
    }
    const answer: ApiAcceptedDispatch = {};
    if (read.report)
      answer.revision = await this.o.revisions.report(
        path,
        read.report,
        teller,
      );
    if (read.spec) {
      // A revision that is sent twice changes nothing, an edit might; whoever sends it again hears what they heard.
      answer.key = await this.o.releases.dispatch(
        {
          id: randomUUID(),
          ...path,
          part: read.part,
          spec: read.spec,
          ...(await this.o.revisions.whoIs(teller)),
        },
        'signed' in teller
          ? {
              signature: teller.signed.signature,
              keepMs: this.o.signatureLifeMs,
            }
          : undefined,
      );
    }
    return answer;
  }
}
