import { useApi, useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { cacheOf, liveOf } from './live';
import { slipwayApiRef } from './ref';

/**
 * Gives what is inside it the data of Slipway, and keeps it up to date. Every extension of the plugin has one around it.
 *
 * @internal
 */
export function SlipwayProvider(props: { children: ReactNode }) {
  const client = useApi(slipwayApiRef);
  // An app may do without the signals plugin; pages then ask by themselves.
  const signals = useApiHolder().get(signalApiRef);
  useEffect(() => liveOf(client).use(signals), [client, signals]);
  return (
    <QueryClientProvider client={cacheOf(client)}>
      {props.children}
    </QueryClientProvider>
  );
}
