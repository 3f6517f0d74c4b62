import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
  createProxyAuthenticator,
} from '@backstage/plugin-auth-node';

/**
 * The demo identities: provider id → catalog user. They let a newcomer see what rights change, and exist only where
 * NODE_ENV is `development`; like Backstage's guest provider they refuse to work anywhere else.
 */
const IDENTITIES: Record<string, string> = {
  'demo-developer': 'user:default/dana',
  'demo-platform': 'user:default/priya',
};

const authenticator = createProxyAuthenticator({
  defaultProfileTransform: async () => ({ profile: {} }),
  initialize: () => process.env.NODE_ENV === 'development',
  async authenticate(_, enabled: boolean) {
    if (!enabled)
      throw new NotAllowedError(
        'The demo identities exist in development only.',
      );
    return { result: {} };
  },
});

export default createBackendModule({
  pluginId: 'auth',
  moduleId: 'demo-identities',
  register(reg) {
    reg.registerInit({
      deps: {
        providers: authProvidersExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ providers, config }) {
        for (const [providerId, entityRef] of Object.entries(IDENTITIES)) {
          if (!config.has(`auth.providers.${providerId}`)) continue;
          providers.registerProvider({
            providerId,
            factory: createProxyAuthProviderFactory({
              authenticator,
              signInResolver: (_info, context) =>
                context.signInWithCatalogUser({ entityRef }),
            }),
          });
        }
      },
    });
  },
});
