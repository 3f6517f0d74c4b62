import { createHash } from 'node:crypto';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  ApiAcceptedDrift,
  ApiDrift,
  ApiDriftAcceptance,
  ApiObjectRef,
  Edit,
} from '@slipway/plugin-slipway-common';
import { FieldDrift, ObjectDrift, refKey } from '../../domain/drift/types';
import { argocdVerdict } from '../../domain/drift/verdict';
import {
  environmentKey,
  EnvironmentName,
} from '../../domain/platform/planDeclared';
import { readableField } from '../../domain/live/details';
import { PlatformState } from '../../domain/platform/PlatformState';
import { DriftRecord, DriftStore } from '../../ports/DriftStore';
import { EnvironmentStore } from '../../ports/EnvironmentStore';
import { LiveSignals } from '../../ports/LiveSignals';
import { StatusIndex } from '../../ports/StatusIndex';
import { TimelineStore } from '../../ports/TimelineStore';
import type { Transaction, Transactions } from '../../ports/Transaction';
import { WorkQueue } from '../../ports/WorkQueue';
import { CallOptions, ChangesService } from '../changes/ChangesService';
import { EnvironmentReads } from '../environments/EnvironmentReads';
import { Identities } from '../Identities';
import { PlatformStates, SurroundingsSource } from '../plans/Planner';
import { Acceptances } from './Acceptances';
import { DriftedFieldRef, DriftService } from './DriftService';

/** Fields whose way back into the spec is tried when the list is shown; each costs a plan. */
const TRIED = 40;

/** What somebody did about drift. */
interface DriftEvent {
  reason: string;
  title: string;
  actor: string;
  changeId?: string;
  dedupeKey: string;
}

interface Options {
  drifts: DriftStore;
  transactions: Transactions;
  environments: EnvironmentStore;
  reads: EnvironmentReads;
  index: StatusIndex;
  states: PlatformStates;
  facts: SurroundingsSource;
  /** Guarded by its own permissions: who accepts needs the right to change the file, too. */
  changes: ChangesService;
  timeline: TimelineStore;
  queue: WorkQueue;
  signals: LiveSignals;
  identities: Identities;
  readOnly: boolean;
}

/** Drift over the store; what it costs is a plan. */
export class DefaultDrift implements DriftService {
  /** What was tried with a platform state; a page that asks again costs no plan, and a new state starts anew. */
  private readonly tried = new WeakMap<
    PlatformState,
    Map<string, ApiDriftAcceptance>
  >();

  constructor(private readonly o: Options) {}

  async get(path: EnvironmentName): Promise<ApiDrift> {
    const { environment, drift, selfHeal } = await this.require(path);
    const drifted = drift?.drifted ?? [];
    const shape =
      drifted.length > 0
        ? await this.acceptanceOf(path, environment.digest)
        : undefined;
    let tried = 0;
    const { application } = this.o.index.environment(environmentKey(path));
    const putBack = this.putBackAllowed(drift);
    const accept =
      drifted.length > 0
        ? { allowed: true }
        : { allowed: false, reason: 'Nothing has drifted.' };
    return {
      state: drift?.state ?? 'unknown',
      ...(drift?.checkedAt && { checkedAt: drift.checkedAt.toISOString() }),
      ...(drift?.since && { since: drift.since.toISOString() }),
      message: drift
        ? drift.message
        : 'It has not been looked at yet; that happens after the first sync.',
      source: environment.source,
      ...(application && {
        argocd: argocdVerdict(application, drift?.state ?? 'unknown', drifted),
      }),
      selfHeal,
      objects: drifted.map(object => ({
        ...object,
        fields: object.fields.map(field => ({
          ...readableField(field),
          accept:
            tried++ < TRIED
              ? shape!(object, field)
              : {
                  possible: false,
                  reason: `Only the first ${TRIED} fields are tried; put some back first.`,
                },
        })),
      })),
      allowed: { putBack, accept },
    };
  }

  async putBack(
    path: EnvironmentName,
    objects: ApiObjectRef[] | undefined,
    { credentials }: CallOptions,
  ): Promise<string> {
    const { drift } = await this.require(path);
    const { allowed, reason } = this.putBackAllowed(drift);
    if (!allowed) throw new ConflictError(reason!);
    const known = new Set(drift!.drifted.map(refKey));
    const stranger = objects?.find(object => !known.has(refKey(object)));
    if (stranger) {
      throw new InputError(
        `${stranger.kind} ${stranger.name} has not drifted; look at the list again.`,
      );
    }
    const environment = environmentKey(path);
    const actor = this.o.identities.actor(credentials);
    const count = objects?.length ?? drift!.drifted.length;
    const key = `drift:${environment}`;
    // All or nothing: a request that nobody is woken for would wait for the next look, hours later.
    await this.o.transactions.run(async trx => {
      const request = await this.o.drifts.ask(
        { environment, actor, ...(objects && { objects }) },
        { trx },
      );
      await this.record(
        environment,
        {
          reason: 'PutBackAsked',
          title: `${count} drifted object${count === 1 ? ' is' : 's are'} to be put back`,
          actor,
          dedupeKey: `drift/asked/${request.id}`,
        },
        trx,
      );
      await this.o.queue.mark([key], { trx });
    });
    this.o.signals.changed([`environment:${environment}`]);
    return key;
  }

  async accept(
    path: EnvironmentName,
    fields: DriftedFieldRef[],
    options: CallOptions,
  ): Promise<ApiAcceptedDrift> {
    const { drift } = await this.require(path);
    const wanted = fields.map(ref => this.pick(drift, ref));
    const acceptances = await this.acceptances(path);
    const edits: Edit[] = wanted.map(({ object, field }) => {
      const way = acceptances.way(object, field);
      if (!way.possible)
        throw new ConflictError(
          `${object.kind} ${object.name}, ${field.path}: ${way.reason}`,
        );
      return way.edit;
    });
    // Each edit may be right alone and wrong beside another one.
    const failure = acceptances.verify(edits, wanted);
    if (failure !== undefined) throw new ConflictError(failure);
    const edited = acceptances.edited(edits);
    if ('because' in edited) throw new ConflictError(edited.because);
    const environment = environmentKey(path);
    // The same fields again are the same change; others are another one, so that neither undoes the other.
    const subject = `drift/${environment}/${digestOf(fields)}`;
    const before = await this.o.changes.list({ state: 'open' }, options);
    const change = await this.o.changes.open(
      {
        subject,
        title: `Accept what runs in ${environment}`,
        description: describe(wanted),
        files: [{ path: acceptances.file!, content: edited.text }],
      },
      options,
    );
    await this.told(environment, {
      reason: 'AcceptAsked',
      title: `Change request #${change.number} accepts ${wanted.length} drifted field${wanted.length === 1 ? '' : 's'} into Git`,
      actor: this.o.identities.actor(options.credentials),
      changeId: change.id,
      dedupeKey: `drift/accept/${change.id}/${change.headCommit}`,
    });
    return {
      id: change.id,
      created: !before.some(({ id }) => id === change.id),
    };
  }

  private pick(
    drift: DriftRecord | undefined,
    { path, ...ref }: DriftedFieldRef,
  ): { object: ObjectDrift; field: FieldDrift } {
    const object = drift?.drifted.find(one => refKey(one) === refKey(ref));
    const field = object?.fields.find(one => one.path === path);
    if (!object || !field) {
      throw new ConflictError(
        `${ref.kind} ${ref.name}, ${path} has not drifted any more; look at the list again.`,
      );
    }
    return { object, field };
  }

  private putBackAllowed(drift: DriftRecord | undefined) {
    if (!drift || drift.drifted.length === 0)
      return { allowed: false, reason: 'Nothing has drifted.' };
    return this.o.readOnly
      ? {
          allowed: false,
          reason:
            'Slipway only reads this cluster (slipway.apply: gitops-only); use Argo CD itself.',
        }
      : { allowed: true };
  }

  private async acceptanceOf(
    path: EnvironmentName,
    digest: string | undefined,
  ): Promise<(object: ObjectDrift, field: FieldDrift) => ApiDriftAcceptance> {
    const state = await this.o.states.current();
    const known =
      this.tried.get(state) ?? new Map<string, ApiDriftAcceptance>();
    this.tried.set(state, known);
    let acceptances: Acceptances | undefined;
    const surroundings = await this.o.facts.surroundings();
    return (object, field) => {
      const key = JSON.stringify([
        environmentKey(path),
        digest,
        refKey(object),
        field.path,
        field.why,
        field.found,
      ]);
      const before = known.get(key);
      if (before) return before;
      acceptances ??= new Acceptances(state, path, surroundings);
      const found = acceptances.shape(object, field);
      known.set(key, found);
      return found;
    };
  }

  private async acceptances(path: EnvironmentName): Promise<Acceptances> {
    const [state, surroundings] = await Promise.all([
      this.o.states.current(),
      this.o.facts.surroundings(),
    ]);
    return new Acceptances(state, path, surroundings);
  }

  private async require(path: EnvironmentName) {
    const key = environmentKey(path);
    const [found, drift, state] = await Promise.all([
      this.o.reads.get(key),
      this.o.drifts.get(key),
      this.o.states.current(),
    ]);
    if (!found)
      throw new NotFoundError(
        `There is no environment ${key}, or you may not see it.`,
      );
    return {
      environment: found.environment,
      drift,
      selfHeal:
        state.class(found.record.class)?.spec.delivery.selfHeal ?? false,
    };
  }

  private async told(environment: string, event: DriftEvent): Promise<void> {
    await this.record(environment, event);
    this.o.signals.changed([`environment:${environment}`]);
  }

  private async record(
    environment: string,
    event: DriftEvent,
    trx?: Transaction,
  ): Promise<void> {
    const subject = `environment:${environment}`;
    await this.o.timeline.record([{ subject, type: 'Drifted', ...event }], {
      trx,
    });
  }
}

function digestOf(fields: DriftedFieldRef[]): string {
  const names = fields.map(field => `${refKey(field)} ${field.path}`).sort();
  return createHash('sha256')
    .update(JSON.stringify(names))
    .digest('hex')
    .slice(0, 10);
}

function describe(
  wanted: Array<{ object: ObjectDrift; field: FieldDrift }>,
): string {
  return wanted
    .map(
      ({ object, field }) =>
        `- ${object.kind} ${object.name}: ${field.path}${field.tool ? `, changed with ${field.tool}` : ''}`,
    )
    .join('\n');
}
