import type { ClusterInfo } from '../ports/Clusters';
import type { ClusterWatches } from '../ports/ClusterWatch';
import type { UnseenKind } from '../ports/WriteLog';
import type { Pulse } from './Heartbeat';
import { observedBy, type WatchObserver } from './observedBy';
import { SupervisedWatch, type WatchSettings } from './SupervisedWatch';

interface Options {
  clusters: ClusterWatches;
  infos: ClusterInfo[];
  observer: WatchObserver;
  settings: WatchSettings;
  /** What a cluster's heartbeat says. */
  pulseOf: (cluster: string) => Pulse;
  now: () => Date;
  random: () => number;
  /** When any stream of a cluster last carried anything. */
  carriedOf: (cluster: string) => { at?: number };
  /** A kind of this cluster is seen no longer, or again. */
  onChange: (cluster: string) => void;
}

/** Twice the longest wait between two tries: by then a cluster that had been away would have let us in again. */
const LASTING = 2;

/**
 * The watches that only an observer wants. That one of them sees nothing makes no cluster look away; it is said all the
 * same, as who relies on them would take silence for calm.
 */
export class ObserverWatches {
  static create(options: Options): ObserverWatches {
    return new ObserverWatches(options);
  }

  private readonly watches: Array<{ cluster: string; watch: SupervisedWatch }>;
  private readonly told = new Map<string, string>();
  private readonly timers = new Set<NodeJS.Timeout>();

  private constructor(private readonly o: Options) {
    const { clusters, infos, observer, settings, now, random } = o;
    this.watches = infos.flatMap(({ name: cluster }) =>
      observedBy(observer, cluster).map(watch => ({
        cluster,
        watch: SupervisedWatch.create({
          ...watch,
          source: clusters.watcher(cluster),
          settings,
          now,
          random,
          carried: o.carriedOf(cluster),
          onState: () => this.changed(cluster),
        }),
      })),
    );
  }

  start(): void {
    for (const { watch } of this.watches) watch.start();
  }

  async stop(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    await Promise.all(this.watches.map(({ watch }) => watch.stop()));
  }

  /** Whether each has answered, or failed to, once. */
  answered(): boolean {
    return this.watches.every(
      ({ watch }) => watch.current().state !== 'starting',
    );
  }

  of(cluster: string): SupervisedWatch[] {
    return this.watches
      .filter(one => one.cluster === cluster)
      .map(({ watch }) => watch);
  }

  reopen(cluster: string): void {
    for (const watch of this.of(cluster)) watch.reopen();
    this.changed(cluster);
  }

  /**
   * Kinds whose writes aren't seen: refused, or failing for long though their cluster answers. While it doesn't, that is
   * what is wrong.
   */
  unseen(): UnseenKind[] {
    return this.watches.flatMap(({ cluster, watch }) => {
      const { message, refused } = watch.current();
      if (message === undefined || !(refused || this.lasts(cluster, watch)))
        return [];
      const { apiVersion, kind } = watch.selection;
      return [{ cluster, apiVersion, kind, message }];
    });
  }

  private lasts(cluster: string, watch: SupervisedWatch): boolean {
    const { brokenAt } = watch;
    const { state, since } = this.o.pulseOf(cluster);
    if (brokenAt === undefined || state !== 'live' || !since) return false;
    const both = Math.max(brokenAt, since.getTime());
    return this.o.now().getTime() - both >= this.lastingMs;
  }

  private get lastingMs(): number {
    return LASTING * this.o.settings.maxRetryMs;
  }

  private changed(cluster: string): void {
    this.tell(cluster);
    // What fails now may be failing still when that counts, without another word.
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.tell(cluster);
    }, this.lastingMs + 1).unref();
    this.timers.add(timer);
  }

  private tell(cluster: string): void {
    const kinds = this.unseen()
      .filter(one => one.cluster === cluster)
      .map(({ apiVersion, kind }) => `${apiVersion}/${kind}`)
      .join(' ');
    if ((this.told.get(cluster) ?? '') === kinds) return;
    this.told.set(cluster, kinds);
    this.o.onChange(cluster);
  }
}
