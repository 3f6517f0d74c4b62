import type { LoggerService } from '@backstage/backend-plugin-api';
import { GatheredMarks } from '../reconcile/engine';
import { Adapters } from './adapters';

/** A rollout's many changes are one run. */
const ROLLOUT_DELAY_MS = 500;

/** Long enough for the burst of one apply, short enough that a page shows drift within a second. */
const SETTLE_MS = 250;

/** What the watches see marks the keys that record it, and tells open pages. */
export function followIndex(
  { index, signals, stores: { queue }, writes }: Adapters,
  logger: LoggerService,
  lookAtPromotions: (environments: string[]) => Promise<void>,
): { stop(): void } {
  const mark = (prefix: string, keys: string[], delayMs: number) =>
    queue.mark(
      keys.map(key => `${prefix}:${key}`),
      { delayMs },
    );
  const failed = ({ message }: Error) =>
    logger.warn(
      `What the watches saw can't be queued, and is queued later: ${message}`,
    );
  const seen = new GatheredMarks({
    // In this order, however late: what promotes by itself reads what the environments' runs record.
    async mark(keys) {
      await mark('environment', keys, ROLLOUT_DELAY_MS);
      await lookAtPromotions(keys);
    },
    failed,
  });
  const written = new GatheredMarks({
    mark: keys => mark('drift', keys, SETTLE_MS),
    failed,
  });
  index.onChange(keys => {
    seen.add(keys.filter(key => key.split('/').length === 3));
    signals.seen(keys.map(subjectOfKey), subject =>
      index.digest(subject.slice(subject.indexOf(':') + 1)),
    );
  });
  index.onSources(() => signals.seen(['operations'], () => index.digest()));
  writes.onWritten(environments => written.add(environments));
  return {
    stop() {
      seen.stop();
      written.stop();
    },
  };
}

/** The index knows environments and services by their path alone. */
function subjectOfKey(key: string): string {
  return `${key.split('/').length === 2 ? 'service' : 'environment'}:${key}`;
}
