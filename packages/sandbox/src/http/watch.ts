import { ServerResponse } from 'node:http';
import { Api } from '../apiserver/api';
import { JsonObject } from '../apiserver/json';
import { ResourceKind, apiVersion, resourceName } from '../apiserver/kinds';
import { ListOptions, matcher, parseRevision } from '../apiserver/listing';
import { ApiError, gone } from '../apiserver/status';
import { StoreEvent } from '../apiserver/store';
import { KubeObject } from '../apiserver/types';
import { FaultSwitch } from './faults';

export interface WatchOptions extends ListOptions {
  bookmarks: boolean;
  initialEvents: boolean;
  timeoutSeconds?: number;
}

/** A real server sends a bookmark about once a minute, and one shortly before it ends a watch. */
const BOOKMARK_EVERY_MS = 60_000;
const BOOKMARK_BEFORE_END_MS = 2_000;
/** Without a wish a watch ends after half an hour to an hour. */
const LONGEST_MS = 45 * 60_000;
/** A client that reads this much slower than things happen is cut off, and starts anew. */
const UNREAD_LIMIT = 16 * 1024 * 1024;

type Shape = (object: KubeObject) => JsonObject;

/** Streams the changes of one resource until the client goes, the time is over or the watch is cut. */
export function streamWatch(
  api: Api,
  kind: ResourceKind,
  namespace: string | undefined,
  options: WatchOptions,
  response: ServerResponse,
  faults: FaultSwitch,
  shape: Shape,
): void {
  const matches = matcher(kind, options);
  const resource = resourceName(kind);
  const from = parseRevision(options.resourceVersion);
  const mine = (object: KubeObject) =>
    (!namespace || object.metadata.namespace === namespace) && matches(object);
  let held: string[] | undefined;
  let sent = api.store.revision;

  response.writeHead(200, {
    'content-type': 'application/json',
    'cache-control': 'no-cache, private',
  });
  response.flushHeaders();

  const release = () => {
    const lines = held ?? [];
    held = undefined;
    if (!response.writableEnded && !response.destroyed)
      lines.forEach(line => response.write(line));
  };
  const write = (type: string, object: JsonObject) => {
    // Between the end of a stream and its close things may still happen.
    if (response.writableEnded || response.destroyed) return;
    const line = `${JSON.stringify({ type, object })}\n`;
    // Until what was held back is out, nothing may overtake it.
    if (faults.frozen || held) {
      held ??= [];
      if (held.push(line) === 1) void faults.thaw().then(release);
      return;
    }
    response.write(line);
    if (response.writableLength > UNREAD_LIMIT) response.destroy();
  };
  const send = (type: string, object: KubeObject) =>
    write(type, shape(api.present(kind, object)));
  const bookmark = (extra: JsonObject = {}) => {
    const metadata = {
      resourceVersion: String(sent),
      creationTimestamp: null,
      ...extra,
    };
    write(
      'BOOKMARK',
      shape({
        kind: kind.kind,
        apiVersion: apiVersion(kind),
        metadata,
      } as unknown as KubeObject),
    );
  };
  const deliver = (event: StoreEvent) => {
    sent = event.revision;
    if (event.resource !== resource) return;
    const before = event.previous !== undefined && mine(event.previous);
    const after = event.type !== 'DELETED' && mine(event.object);
    if (after) send(before ? 'MODIFIED' : 'ADDED', event.object);
    else if (before)
      send('DELETED', {
        ...(event.type === 'DELETED' ? event.object : event.previous!),
        metadata: {
          ...event.previous!.metadata,
          resourceVersion: event.object.metadata.resourceVersion,
        },
      });
  };

  const synthetic = options.initialEvents || from === undefined || from === 0;
  try {
    if (synthetic) {
      for (const object of api.store.list(resource, namespace).filter(matches))
        send('ADDED', object);
      if (options.initialEvents && options.bookmarks)
        bookmark({ annotations: { 'k8s.io/initial-events-end': 'true' } });
    } else {
      if (from < kind.since)
        throw gone(`too old resource version: ${from} (${kind.since})`);
      for (const event of api.store.since(from)) deliver(event);
    }
  } catch (error) {
    // The stream has begun: a real server, too, tells it as an event and ends.
    write('ERROR', (error as ApiError).toStatus());
    response.end();
    return;
  }

  const length = options.timeoutSeconds
    ? options.timeoutSeconds * 1000
    : LONGEST_MS;
  const timers = [setTimeout(() => response.end(), length)];
  if (options.bookmarks) {
    timers.push(setInterval(() => bookmark(), BOOKMARK_EVERY_MS));
    timers.push(
      setTimeout(
        () => bookmark(),
        Math.max(0, length - BOOKMARK_BEFORE_END_MS),
      ),
    );
  }
  const unsubscribe = api.store.subscribe(deliver);
  const uncut = faults.onCut(() => response.destroy());
  // A client that goes in the middle of a line is no news.
  response.on('error', () => response.destroy());
  response.on('close', () => {
    timers.forEach(clearTimeout);
    unsubscribe();
    uncut();
  });
}
