import { createHash } from 'node:crypto';
import type { LiveEnvironment, SourceAge } from '../domain/live/types';
import type {
  LiveItems,
  LiveKind,
  LiveOwner,
} from '@slipway/plugin-slipway-node';
import type { ClusterInfo, KubernetesObject } from '../ports/Clusters';
import type { ClusterWatches } from '../ports/ClusterWatch';
import type { StatusIndex } from '../ports/StatusIndex';
import type { UnseenKind } from '../ports/WriteLog';
import { ageOf } from './clusterAge';
import { Heartbeat } from './Heartbeat';
import { LiveStore } from './LiveStore';
import type { WatchObserver } from './observedBy';
import { ObserverWatches } from './ObserverWatches';
import { selectionsOf } from './selections';
import {
  SupervisedWatch,
  WATCH_SETTINGS,
  type WatchSettings,
  type WatchSink,
} from './SupervisedWatch';

interface Options {
  clusters: ClusterWatches;
  /** What engines want to be watched beside our own. */
  kinds?: LiveKind[];
  /** Told of every object that is seen, whole; and of further kinds that only it wants. */
  observer?: WatchObserver;
  settings?: Partial<WatchSettings>;
  /** How often each cluster is asked whether it is there. */
  heartbeatMs?: number;
  /** Changes of so many milliseconds are told together. */
  batchMs?: number;
  now?: () => Date;
  random?: () => number;
}

/** Short enough to feel immediate, long enough for a rollout's burst of events to be one. */
const BATCH_MS = 100;

/** A frozen server is known before a person wonders, and one small request is no load. */
const HEARTBEAT_MS = 5_000;

/** So many objects of a kind and cluster are kept: no cluster fills the memory, whatever it claims to have. */
const KEPT_OF_A_KIND = 200_000;

/** Owners that engines make up for what carries no label of ours begin like this; no organization can. */
const UNDECLARED = '~';

interface Watched {
  info: ClusterInfo;
  heartbeat: Heartbeat;
  watches: SupervisedWatch[];
}

/** {@link StatusIndex} fed by one supervised watch per kind and cluster. */
export class WatchedStatusIndex implements StatusIndex, LiveItems {
  static create(options: Options): WatchedStatusIndex {
    return new WatchedStatusIndex(options);
  }

  private readonly store: LiveStore;
  private readonly watched: Watched[];
  private readonly observing: ObserverWatches | undefined;
  private readonly listeners = new Set<(keys: string[]) => void>();
  private readonly sourceListeners = new Set<() => void>();
  private readonly itemListeners = new Set<(owners: string[]) => void>();
  private readonly changed = new Set<string>();
  private readonly changedItems = new Set<string>();
  private readonly waiting = new Set<() => void>();
  /** What is about to be opened anew, by cluster. */
  private readonly reopening = new Map<string, NodeJS.Timeout[]>();
  private readonly batchMs: number;
  private timer: NodeJS.Timeout | undefined;

  private constructor({
    clusters,
    kinds = [],
    observer,
    settings,
    heartbeatMs = HEARTBEAT_MS,
    batchMs = BATCH_MS,
    now = () => new Date(),
    random = Math.random,
  }: Options) {
    this.batchMs = batchMs;
    const all = clusters.list();
    this.store = new LiveStore(
      (application, hub) => destinationOf(application, hub, all),
      kinds,
      Math.min(...all.map(({ argocd }) => argocd.silentAfterMs ?? Infinity)),
    );
    const { staleMs } = { ...WATCH_SETTINGS, ...settings };
    const carried = new Map(all.map(({ name }) => [name, {}]));
    const carriedOf = (name: string) => carried.get(name)!;
    this.watched = all.map(info => ({
      info,
      heartbeat: Heartbeat.create({
        ask: () => clusters.watcher(info.name).alive(),
        intervalMs: heartbeatMs,
        staleMs,
        now,
        onState: ({ back, late }) => {
          if (back) this.reopen(info.name);
          if (late) this.reopenBitByBit(info.name, heartbeatMs, random);
          this.stateChanged(info.name);
        },
      }),
      watches: selectionsOf(info, all, kinds).map(selection => {
        return SupervisedWatch.create({
          source: clusters.watcher(info.name),
          selection,
          settings: { ...WATCH_SETTINGS, ...settings },
          now,
          random,
          carried: carriedOf(info.name),
          onState: () => this.stateChanged(info.name),
          sink: this.sink(info.name, observer),
        });
      }),
    }));
    this.observing =
      observer &&
      ObserverWatches.create({
        clusters,
        infos: all,
        observer,
        settings: { ...WATCH_SETTINGS, ...settings },
        pulseOf: name =>
          this.watched
            .find(({ info }) => info.name === name)!
            .heartbeat.current(),
        now,
        random,
        carriedOf,
        onChange: name => {
          observer.unseen?.(name);
          for (const listener of this.sourceListeners) listener();
        },
      });
  }

  start(): void {
    for (const { heartbeat, watches } of this.watched) {
      heartbeat.start();
      watches.forEach(watch => watch.start());
    }
    this.observing?.start();
  }

  /** Ends all watches; what is known stays readable. */
  async stop(): Promise<void> {
    await Promise.all([
      ...this.watched
        .flatMap(({ heartbeat, watches }) => [heartbeat, ...watches])
        .map(part => part.stop()),
      this.observing?.stop(),
    ]);
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const timers of this.reopening.values()) timers.forEach(clearTimeout);
    this.reopening.clear();
  }

  /** Resolves when every source has answered, or failed to, once. */
  async ready(): Promise<void> {
    while (
      this.watched.some(({ watches }) =>
        watches.some(watch => watch.current().state === 'starting'),
      )
    ) {
      await new Promise<void>(resolve => this.waiting.add(resolve));
    }
  }

  /** Whether every watch that only the observer wants has answered, or failed to, once. */
  observed(): boolean {
    return this.observing?.answered() ?? true;
  }

  /** Kinds that only the observer wants and that aren't seen, with the cluster's words. */
  unseen(): UnseenKind[] {
    return this.observing?.unseen() ?? [];
  }

  environment(key: string): LiveEnvironment {
    const found = this.store.find(key);
    const clusters = new Set([
      ...found.objects.map(({ cluster }) => cluster),
      ...found.applications.flatMap(({ cluster, destination }) => [
        cluster,
        destination ?? cluster,
      ]),
    ]);
    for (const { info } of this.watched)
      if (clusters.has(info.name)) clusters.add(info.argocd.cluster);
    return {
      application: found.applications[0]?.value,
      objects: found.objects.map(({ value }) => value),
      events: found.events.map(({ cluster, value }) => ({ cluster, ...value })),
      sources: this.ages().filter(
        ({ cluster }) => clusters.size === 0 || clusters.has(cluster),
      ),
    };
  }

  items(
    { apiVersion, kind }: { apiVersion: string; kind: string },
    { organization, service, environment }: LiveOwner,
  ): ReturnType<LiveItems['items']> {
    const wanted = `${apiVersion}/${kind}`;
    const key = [organization, service, environment].filter(Boolean).join('/');
    return this.store
      .find(key)
      .items.filter(item => item.kind === wanted)
      .map(({ cluster, value }) => ({ cluster, value }));
  }

  /** How much is kept. */
  size(): ReturnType<LiveStore['size']> {
    return this.store.size();
  }

  clusters(): ReturnType<StatusIndex['clusters']> {
    return this.ages().map(({ asOf, ...age }) => ({
      ...age,
      ...(asOf !== undefined && { asOf: new Date(asOf) }),
    }));
  }

  onChange(listener: (keys: string[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Tells when items of contributed kinds change whose owner is none that is declared: as `<organization>/<service>`,
   * in the words of whoever gave them that owner. Returns the way to stop.
   */
  onItems(listener: (owners: string[]) => void): () => void {
    this.itemListeners.add(listener);
    return () => this.itemListeners.delete(listener);
  }

  /** Tells when a cluster is known better or worse than before. Returns the way to stop. */
  onSources(listener: () => void): () => void {
    this.sourceListeners.add(listener);
    return () => this.sourceListeners.delete(listener);
  }

  /**
   * A digest of everything that is shown of an environment or a service (`<org>/<service>`), or of the clusters when no
   * key is given. Processes that know the same compute the same.
   */
  digest(key?: string): string {
    const states = this.ages().map(({ cluster, state }) => [cluster, state]);
    return createHash('sha256')
      .update(
        JSON.stringify(
          key === undefined ? states : [this.store.shown(key), states],
        ),
      )
      .digest('base64url');
  }

  /** Where the objects of one kind of a cluster go. */
  private sink(
    cluster: string,
    observer: WatchObserver | undefined,
  ): WatchSink {
    const uids = new Set<string>();
    const remove = (uid: string) => {
      if (!uids.delete(uid)) return;
      observer?.remove(cluster, uid);
      this.tell(this.store.remove(cluster, uid));
    };
    return {
      upsert: object => {
        const { uid } = object.metadata;
        // Without one it could never be told from others, nor forgotten.
        if (typeof uid !== 'string' || uid === '') return;
        if (!uids.has(uid) && uids.size >= KEPT_OF_A_KIND) return;
        uids.add(uid);
        try {
          observer?.upsert(cluster, object);
          this.tell(this.store.upsert(cluster, object));
        } catch {
          // Not what its kind promises: as good as not there, and no reason to lose the others.
          remove(uid);
        }
      },
      remove,
      retain: kept => {
        for (const uid of [...uids]) if (!kept.has(uid)) remove(uid);
      },
    };
  }

  /** Kinds that a cluster serves but doesn't let us see, and without which it is known as well, with its words. */
  refused(): UnseenKind[] {
    const contributed = this.watched.flatMap(({ info, watches }) =>
      watches.flatMap(watch => {
        const { state, message } = watch.current();
        const { apiVersion, kind } = watch.selection;
        return state === 'absent' && message !== undefined
          ? [{ cluster: info.name, apiVersion, kind, message }]
          : [];
      }),
    );
    return [...contributed, ...this.unseen()];
  }

  private ages(): SourceAge[] {
    return this.watched.map(({ info, heartbeat, watches }) =>
      ageOf(
        info.name,
        heartbeat.current(),
        watches.map(watch => watch.current()),
      ),
    );
  }

  /** What was open while the cluster was away may be dead without a word. */
  private reopen(cluster: string): void {
    for (const { info, watches } of this.watched)
      if (info.name === cluster) watches.forEach(watch => watch.reopen());
    this.observing?.reopen(cluster);
  }

  /** One missed beat may be a way that was changed under open streams, or a busy moment: no reason to ask for all at once. */
  private reopenBitByBit(
    cluster: string,
    withinMs: number,
    random: () => number,
  ): void {
    if (this.reopening.has(cluster)) return;
    const watches = [
      ...this.watched
        .filter(({ info }) => info.name === cluster)
        .flatMap(one => one.watches),
      ...(this.observing?.of(cluster) ?? []),
    ];
    const timers = watches.map(watch =>
      setTimeout(() => watch.reopen(), random() * withinMs).unref(),
    );
    timers.push(
      setTimeout(() => this.reopening.delete(cluster), withinMs).unref(),
    );
    this.reopening.set(cluster, timers);
  }

  private stateChanged(cluster: string): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
    const onHub = this.watched
      .filter(({ info }) => info.argocd.cluster === cluster)
      .map(({ info }) => info.name);
    this.tell(this.store.keysOn([cluster, ...onHub]));
    for (const listener of this.sourceListeners) listener();
  }

  private tell(keys: string[]): void {
    if (keys.length === 0) return;
    for (const key of keys) {
      if (key.startsWith(UNDECLARED)) this.changedItems.add(key);
      else if (key.split('/').length === 2) {
        this.changed.add(key);
        this.store.environmentsOf(key).forEach(e => this.changed.add(e));
      } else this.changed.add(key);
    }
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const batch = [...this.changed];
      const items = [...this.changedItems];
      this.changed.clear();
      this.changedItems.clear();
      if (batch.length > 0)
        for (const listener of this.listeners) listener(batch);
      if (items.length > 0)
        for (const listener of this.itemListeners) listener(items);
    }, this.batchMs).unref();
  }
}

/** The cluster that an Application's destination means, by the names that Argo CD has for our clusters. */
function destinationOf(
  application: KubernetesObject,
  hub: string,
  clusters: ClusterInfo[],
): string | undefined {
  const { destination } = (application.spec ?? {}) as {
    destination?: { server?: string; name?: string };
  };
  return clusters.find(
    ({ argocd }) =>
      argocd.cluster === hub &&
      ((argocd.destination.server !== undefined &&
        argocd.destination.server === destination?.server) ||
        (argocd.destination.name !== undefined &&
          argocd.destination.name === destination?.name)),
  )?.name;
}
