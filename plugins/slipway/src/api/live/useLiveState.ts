import { useApiHolder } from '@backstage/frontend-plugin-api';
import { useSyncExternalStore } from 'react';
import { slipwayApiRef } from '../ref';
import { liveOf } from './caches';
import type { LiveState } from './LiveUpdates';

const OFF: LiveState = { state: 'off', since: new Date(0) };
const never = () => () => {};
const off = () => OFF;

/**
 * How well what is on screen is kept up to date.
 *
 * @internal
 */
export function useLiveState(): LiveState {
  // What only draws, such as a card, may stand where there is no client.
  const client = useApiHolder().get(slipwayApiRef);
  const live = client && liveOf(client);
  return useSyncExternalStore(live?.subscribe ?? never, live?.current ?? off);
}
