import type { SignalApi } from '@backstage/plugin-signals-react';
import type { SlipwayClient } from '@slipway/plugin-slipway-common';
import { liveOf } from '../../src/api/live';

/** `lost`: it was there and is gone; `healed`: it came back. */
export type FakeSignals = 'lost' | 'healed';

/** For how long nothing has been heard. */
const SILENT_MS = 2 * 60_000;

/** From one step to the next: the answers are on screen by then. */
const STEP_MS = 150;

/** When all of it has happened. */
export const SIGNALS_SETTLED_MS = 10 * STEP_MS;

/** A live connection that goes through what a real one goes through, faster. */
export function fakeSignals(
  until: FakeSignals,
  client: SlipwayClient,
): SignalApi {
  return {
    subscribe: (_channel, listener) => {
      const hear = listener as (message: unknown) => void;
      const steps = [
        () => hear({ sequence: 7, topics: {} }),
        () => {
          window.dispatchEvent(new Event('offline'));
          const { since } = liveOf(client).current();
          since.setTime(since.getTime() - SILENT_MS);
        },
        ...(until === 'healed'
          ? [() => hear({ sequence: 9, topics: {} })]
          : []),
      ];
      let timer: ReturnType<typeof setTimeout>;
      const walk = ([step, ...rest]: Array<() => void>) => {
        timer = setTimeout(() => {
          step();
          if (rest.length > 0) walk(rest);
        }, STEP_MS);
      };
      walk(steps);
      return { unsubscribe: () => clearTimeout(timer) };
    },
  };
}
