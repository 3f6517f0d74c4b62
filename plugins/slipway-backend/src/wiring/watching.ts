import { Adapters } from './adapters';
import { followWrites } from './drift';

/** A rollout's many changes are one run. */
const ROLLOUT_DELAY_MS = 500;

/** What the watches see marks the keys that record it, and tells open pages. */
export function followIndex({
  index,
  signals,
  stores,
  writes,
}: Adapters): void {
  index.onChange(keys => {
    void stores.queue.mark(
      keys
        .filter(key => key.split('/').length === 3)
        .map(key => `environment:${key}`),
      { delayMs: ROLLOUT_DELAY_MS },
    );
    signals.seen(keys.map(subjectOfKey), subject =>
      index.digest(subject.slice(subject.indexOf(':') + 1)),
    );
  });
  index.onSources(() => signals.seen(['operations'], () => index.digest()));
  followWrites(writes, stores.queue);
}

/** The index knows environments and services by their path alone. */
function subjectOfKey(key: string): string {
  return `${key.split('/').length === 2 ? 'service' : 'environment'}:${key}`;
}
