import { createHash } from 'node:crypto';
import { numberAt } from '../apiserver/json';
import { KubeObject, timestamp } from '../apiserver/types';
import { ClusterClient, STAND_IN } from './client';

/** Events live an hour, as a real API server keeps them. */
const EVENT_LIFETIME_MS = 3600 * 1000;

/** Writes Events; the same one again only counts up. */
export class EventRecorder {
  constructor(
    private readonly client: ClusterClient,
    private readonly component: string,
  ) {}

  record(
    object: KubeObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
  ): void {
    const {
      namespace = 'default',
      name,
      uid,
      resourceVersion,
    } = object.metadata;
    if (
      this.client.get('namespaces', undefined, namespace)?.metadata
        .deletionTimestamp
    )
      return;
    const now = timestamp(this.client.clock());
    const digest = createHash('sha256')
      .update([uid, type, reason, message].join('\n'))
      .digest('hex')
      .slice(0, 16);
    const eventName = `${name.slice(0, 200)}.${digest}`;
    const known = this.client.get('events', namespace, eventName);
    if (known) {
      this.client.update('events', {
        ...known,
        count: (numberAt(known, 'count') ?? 1) + 1,
        lastTimestamp: now,
      });
      return;
    }
    this.prune(namespace);
    this.client.create('events', namespace, {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {
        name: eventName,
        namespace,
        annotations: { [STAND_IN]: 'true' },
      },
      involvedObject: {
        apiVersion: object.apiVersion,
        kind: object.kind,
        namespace,
        name,
        uid,
        resourceVersion,
      },
      type,
      reason,
      message,
      source: { component: `sandbox-${this.component}` },
      reportingComponent: `sandbox-${this.component}`,
      reportingInstance: 'sandbox',
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
    });
  }

  private prune(namespace: string): void {
    const oldest = timestamp(
      new Date(this.client.clock().getTime() - EVENT_LIFETIME_MS),
    );
    for (const one of this.client.list('events', namespace)) {
      if (String(one.lastTimestamp) < oldest)
        this.client.delete('events', namespace, one.metadata.name);
    }
  }
}
