import { useSyncExternalStore } from 'react';

/** Ages are shown in seconds at most, and a page may hold thousands: one clock for all of them. */
const TICK_MS = 5_000;

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      listeners.forEach(each => each());
    }, TICK_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

function read(): number {
  // Without a running clock the last tick may be old.
  if (timer === undefined && Date.now() - now > TICK_MS) {
    now = Date.now();
  }
  return now;
}

/**
 * The time, renewed every few seconds.
 *
 * @internal
 */
export const useNow = (): number => useSyncExternalStore(subscribe, read, read);
