import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  createSlipwayClient,
  type SlipwayClient,
} from '@slipway/plugin-slipway-common';

/** What an action needs to reach the Slipway backend. @internal */
export interface SlipwayAccess {
  auth: AuthService;
  discovery: DiscoveryService;
}

/**
 * A client that speaks for whoever started the task: the backend decides by
 * their rights, not by the scaffolder's.
 *
 * @internal
 */
export function clientFor(
  { auth, discovery }: SlipwayAccess,
  ctx: { getInitiatorCredentials(): Promise<BackstageCredentials> },
): SlipwayClient {
  return createSlipwayClient({
    discoveryApi: discovery,
    fetchApi: { fetch },
    token: async () => {
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: await ctx.getInitiatorCredentials(),
        targetPluginId: 'slipway',
      });
      return token;
    },
  });
}
