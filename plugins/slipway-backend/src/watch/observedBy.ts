import { LABELS } from '@slipway/plugin-slipway-common';
import type { KubernetesObject } from '../ports/Clusters';
import type { Selection } from '../ports/ClusterWatch';
import type { WatchSink } from './SupervisedWatch';

/** Sees whole objects as they come in. What it can't be told for lack of rights makes no cluster look away. */
export interface WatchObserver {
  kinds: Array<{ apiVersion: string; kind: string }>;
  upsert(cluster: string, object: KubernetesObject): void;
  remove(cluster: string, uid: string): void;
  /** One of its kinds is seen no longer, or again, on this cluster. */
  unseen?(cluster: string): void;
}

/** The watches that only an observer wants, of one cluster. */
export function observedBy(
  observer: WatchObserver,
  cluster: string,
): Array<{ selection: Selection; sink: WatchSink }> {
  return observer.kinds.map(kind => {
    const uids = new Set<string>();
    const remove = (uid: string) => {
      if (uids.delete(uid)) observer.remove(cluster, uid);
    };
    return {
      selection: { ...kind, labelSelector: LABELS.service },
      sink: {
        upsert: object => {
          uids.add(object.metadata.uid ?? '');
          observer.upsert(cluster, object);
        },
        remove,
        retain: kept => {
          for (const uid of [...uids]) if (!kept.has(uid)) remove(uid);
        },
      },
    };
  });
}
