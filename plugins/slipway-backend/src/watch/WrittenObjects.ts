import {
  fingerprintOf,
  foreignWrites,
  isMadeByAnother,
} from '../domain/drift/writes';
import { refKey } from '../domain/drift/types';
import { ownerOf } from '../domain/live/trim';
import type { KubernetesObject } from '../ports/Clusters';
import type { ForeignWrite, WriteLog } from '../ports/WriteLog';
import type { WatchObserver } from './observedBy';

/** Kinds that are watched for writes only; they are shown by nobody and count for no cluster's age. */
export const WRITTEN_KINDS = [
  { apiVersion: 'v1', kind: 'ServiceAccount' },
  { apiVersion: 'v1', kind: 'ResourceQuota' },
  { apiVersion: 'v1', kind: 'LimitRange' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding' },
  { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
  { apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject' },
  { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret' },
  { apiVersion: 'cert-manager.io/v1', kind: 'Certificate' },
];

/** Kinds whose objects are made, not declared. */
const NEVER_DECLARED = ['Pod', 'ReplicaSet', 'Job', 'PipelineRun', 'TaskRun'];

/** Foreign writes that are kept of one environment: enough to tell of, bounded however long nobody looks. */
const KEPT_WRITES = 20;

/** A burst of writes is told as one. */
const BATCH_MS = 50;

/** Where the object of a uid is. */
interface Place {
  environment: string;
  key: string;
}

/** What is kept of an object: whose turn it is under its name, and its fingerprint. */
interface Print {
  id: string;
  print: string;
}

/** {@link WriteLog} fed by the watches, with whole objects, of which it keeps a few letters each. */
export class WrittenObjects implements WriteLog, WatchObserver {
  static create(options: {
    allowed: (manager: string) => boolean;
    /** What is watched beside what is shown; {@link WRITTEN_KINDS} when absent. */
    kinds?: WatchObserver['kinds'];
    batchMs?: number;
  }): WrittenObjects {
    return new WrittenObjects(
      options.allowed,
      options.kinds ?? WRITTEN_KINDS,
      options.batchMs ?? BATCH_MS,
    );
  }

  private readonly prints = new Map<string, Map<string, Print>>();
  private readonly places = new Map<string, Place>();
  private readonly writes = new Map<string, ForeignWrite[]>();
  private readonly listeners = new Set<(environments: string[]) => void>();
  private readonly changed = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly allowed: (manager: string) => boolean,
    readonly kinds: WatchObserver['kinds'],
    private readonly batchMs: number,
  ) {}

  upsert(cluster: string, object: KubernetesObject): void {
    const id = `${cluster} ${object.metadata.uid ?? ''}`;
    const owner = isDeclarable(object) ? ownerOf(object) : undefined;
    const environment =
      owner?.environment &&
      `${owner.organization}/${owner.service}/${owner.environment}`;
    const before = this.places.get(id);
    if (before && before.environment !== environment) this.drop(id);
    if (!environment) return;
    const { apiVersion, kind } = object;
    const { name, namespace } = object.metadata;
    const key = refKey({ apiVersion, kind, name, namespace });
    let prints = this.prints.get(environment);
    if (!prints) {
      prints = new Map();
      this.prints.set(environment, prints);
    }
    const print = fingerprintOf(object);
    const known = prints.get(key);
    if (known?.id === id && known.print === print) return;
    prints.set(key, { id, print });
    this.places.set(id, { environment, key });
    this.note(environment, object);
    this.tell(environment);
  }

  remove(cluster: string, uid: string): void {
    this.drop(`${cluster} ${uid}`);
  }

  /** What was said of its environments on this cluster rested on being told of every write. */
  unseen(cluster: string): void {
    const there = new Set<string>();
    for (const [id, { environment }] of this.places)
      if (id.startsWith(`${cluster} `)) there.add(environment);
    for (const environment of there) this.tell(environment);
  }

  seen(environment: string): ReadonlyMap<string, string> {
    const prints = this.prints.get(environment) ?? new Map<string, Print>();
    return new Map([...prints].map(([key, { print }]) => [key, print]));
  }

  foreign(environment: string): ForeignWrite[] {
    return [...(this.writes.get(environment) ?? [])];
  }

  /** How much is kept, for those who watch that it does not grow. */
  size(): number {
    const inner = (all: Iterable<{ size?: number; length?: number }>) =>
      [...all].reduce((n, one) => n + (one.size ?? one.length ?? 0), 0);
    return (
      this.places.size +
      inner(this.prints.values()) +
      inner(this.writes.values())
    );
  }

  forget(environment: string, writes: ForeignWrite[]): void {
    const left = this.foreign(environment).filter(
      write => !writes.includes(write),
    );
    if (left.length > 0) this.writes.set(environment, left);
    else this.writes.delete(environment);
  }

  onWritten(listener: (environments: string[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Ends the timer; what is known stays. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private note(environment: string, object: KubernetesObject): void {
    const known = this.writes.get(environment) ?? [];
    const isNew = (write: ForeignWrite) =>
      !known.some(other => idOf(other) === idOf(write));
    const fresh = foreignWrites(object, this.allowed).filter(isNew);
    if (fresh.length > 0)
      this.writes.set(environment, [...known, ...fresh].slice(-KEPT_WRITES));
  }

  private drop(id: string): void {
    const place = this.places.get(id);
    if (!place) return;
    this.places.delete(id);
    const prints = this.prints.get(place.environment);
    // An object that was made anew under its name has another uid, and is there.
    if (prints?.get(place.key)?.id === id) prints.delete(place.key);
    if (prints?.size === 0) {
      this.prints.delete(place.environment);
      this.writes.delete(place.environment);
    }
    this.tell(place.environment);
  }

  private tell(environment: string): void {
    if (this.listeners.size === 0) return;
    this.changed.add(environment);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const batch = [...this.changed];
      this.changed.clear();
      for (const listener of this.listeners) listener(batch);
    }, this.batchMs).unref();
  }
}

function isDeclarable(object: KubernetesObject): boolean {
  return !NEVER_DECLARED.includes(object.kind) && !isMadeByAnother(object);
}

function idOf({ object, manager, at, fields }: ForeignWrite): string {
  return `${refKey(object)} ${manager} ${at} ${fields.join(' ')}`;
}
