import { environmentNamespace } from '@slipway/plugin-slipway-common';
import type { ObjectDrift } from '../../domain/drift/types';
import type { SyncState } from '../../domain/drift/application';
import type {
  ClusterClient,
  ClusterInfo,
  KubernetesObject,
  ObjectRef,
} from '../../ports/Clusters';
import type { DriftCheck, DriftRecord } from '../../ports/DriftStore';
import type { EnvironmentRecord } from '../../ports/EnvironmentStore';
import type { EnvironmentSummary } from '../../ports/EnvironmentSummary';
import type { TimelineEntry } from '../../ports/TimelineStore';
import type { UnseenKind } from '../../ports/WriteLog';
import type { ReconcileContext } from '../engine';
import type { DriftReconcilerOptions } from './options';

/** An object as it was agreed, and who applies it where. */
export interface DesiredObject {
  key: string;
  ref: ObjectRef;
  object: KubernetesObject;
  part: 'platform' | 'workload';
  /** Name of the cluster. */
  cluster: string;
  applier: string;
  /** Hash of the object. */
  wanted: string;
}

/** What an apply or a sync wants that was begun and hasn't come to its end: where there is none, the part is absent. */
export type Underway = Partial<
  Record<DesiredObject['part'], ReadonlyMap<string, DesiredObject>>
>;

/** What one run of the reconciler knows. */
export class DriftRun {
  readonly events: Array<Omit<TimelineEntry, 'subject'>> = [];
  /** Requests that are done, or refused. */
  readonly done: string[] = [];
  application?: KubernetesObject;
  sync: SyncState = {};
  desired: DesiredObject[] = [];
  /** Live objects of this run, by key; null for one that isn't there. */
  readonly live = new Map<string, KubernetesObject | null>();
  /** Read once something differs. */
  underway?: Underway;
  /** Who was asked for in this run, by key of the object. */
  readonly putBackBy = new Map<string, string>();
  private unseenKinds?: UnseenKind[];

  constructor(
    readonly o: DriftReconcilerOptions,
    readonly context: ReconcileContext,
    readonly record: EnvironmentRecord,
    readonly before: DriftRecord | undefined,
    readonly info: ClusterInfo,
  ) {}

  get key(): string {
    return this.record.key;
  }

  /** Whether its namespace was there before Slipway. */
  get adopted(): boolean {
    const { organization, service, name } = this.record;
    return (
      this.record.namespace !==
      environmentNamespace(organization, service, name)
    );
  }

  get now(): Date {
    return this.context.now;
  }

  get summary(): Partial<EnvironmentSummary> {
    return (
      (this.record.summary as Partial<EnvironmentSummary> | undefined) ?? {}
    );
  }

  /** Kinds on its clusters whose writes aren't seen, as the run found them first. */
  get unseen(): UnseenKind[] {
    const clusters = [this.info.name, this.info.argocd.cluster];
    this.unseenKinds ??= this.o
      .unseen()
      .filter(({ cluster }) => clusters.includes(cluster));
    return this.unseenKinds;
  }

  /** Why writes to this object aren't seen; undefined where they are. */
  unseenOf({ ref, cluster }: DesiredObject): UnseenKind | undefined {
    return this.unseen.find(
      one =>
        one.cluster === cluster &&
        one.kind === ref.kind &&
        one.apiVersion === ref.apiVersion,
    );
  }

  client(cluster: string): ClusterClient {
    return this.o.clusters.client(cluster);
  }

  applicationRef(): ObjectRef {
    return {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      name: this.summary.application?.name ?? this.record.namespace,
      namespace:
        this.summary.application?.namespace ?? this.info.argocd.namespace,
    };
  }

  /** Writes what was found, with what there is to tell. */
  async save(
    record: Omit<DriftRecord, 'checks'>,
    checks: Record<string, DriftCheck>,
  ): Promise<void> {
    const events = this.events
      .splice(0)
      .map(event => ({ subject: `environment:${this.key}`, ...event }));
    await this.context.step('record drift', () =>
      this.o.drifts.save(
        { ...record, checks },
        { lease: this.context.lease, events, done: this.done.splice(0) },
      ),
    );
  }
}

/** The answer about one object. */
export interface Answer {
  drift?: ObjectDrift;
  /** Why it could not be looked at. */
  unknown?: string;
  /** It is as a newer commit wants it that was applied in part; which one may change before anything else does. */
  underway?: true;
}
