import { createSlipwayClient } from '@slipway/plugin-slipway-common';
import {
  createApiFactory,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { slipwayApiRef } from './ref';

/** Makes the client from the app's own discovery and fetch, which knows the user. @internal */
export const slipwayApiFactory = createApiFactory({
  api: slipwayApiRef,
  deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
  factory: apis => createSlipwayClient(apis),
});
