import { setTimeout as delay } from 'node:timers/promises';

/** How long to wait and how to draw lots; injected so that tests need not wait. */
export interface Pauses {
  sleep(ms: number): Promise<void>;
  /** Between 0 and 1. */
  random(): number;
}

export const realPauses: Pauses = {
  sleep: async ms => {
    await delay(ms);
  },
  random: Math.random,
};

/** Exponential with full jitter: writers that collided once should not collide again. */
export function backoffMs(
  attempt: number,
  random: () => number,
  limits = { base: 25, max: 2_000 },
): number {
  return Math.ceil(random() * Math.min(limits.max, limits.base * 2 ** attempt));
}
