import { createBackend } from '@backstage/backend-defaults';
import {
  type BackendFeature,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { VIEWER_HEADER, VIEWER_PROVIDER } from './viewers';

/** Which card's backend stands beside what every portal has. */
export type Side = 'slipway' | 'roadie' | 'community' | 'kubernetes';

/** What the parent asks for. */
export interface BackendOrder {
  side: Side;
  config: object;
}

// One portal, in a process of its own, so that its CPU is nobody else's: sign-in, catalog, permissions (all of it real,
// so every request is authenticated and authorized), and the one plugin that is looked at.
process.on('message', (message: BackendOrder | 'used') => {
  if (message === 'used') {
    const { user, system } = process.cpuUsage();
    process.send!({ used: (user + system) / 1e6 });
  } else
    start(message).then(
      () => process.send!({ started: true }),
      error => {
        process.stderr.write(`${error.stack}\n`);
        process.exit(1);
      },
    );
});
process.on('disconnect', () => process.exit());

/** Signs in whoever says who they are: each viewer is a person of their own, with a token of their own. */
const viewers = createBackendModule({
  pluginId: 'auth',
  moduleId: VIEWER_PROVIDER,
  register(reg) {
    reg.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        providers.registerProvider({
          providerId: VIEWER_PROVIDER,
          factory: createProxyAuthProviderFactory({
            authenticator: createProxyAuthenticator({
              defaultProfileTransform: async () => ({ profile: {} }),
              initialize: () => {},
              authenticate: async ({ req }) => ({
                result: { name: String(req.headers[VIEWER_HEADER]) },
              }),
            }),
            signInResolver: async ({ result }, context) => {
              const ref = `user:default/${result.name}`;
              return context.issueToken({ claims: { sub: ref, ent: [ref] } });
            },
          }),
        });
      },
    });
  },
});

const everything = createBackendModule({
  pluginId: 'permission',
  moduleId: 'allow',
  register(reg) {
    reg.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy({
          handle: async () => ({ result: AuthorizeResult.ALLOW }),
        });
      },
    });
  },
});

async function start({ side, config }: BackendOrder): Promise<void> {
  const backend = createBackend();
  backend.add(mockServices.rootConfig.factory({ data: config as never }));
  // What a busy portal logs is the same on all sides; here nobody reads it.
  backend.add(mockServices.rootLogger.factory({ level: 'none' }));
  backend.add(import('@backstage/plugin-auth-backend'));
  backend.add(viewers);
  backend.add(import('@backstage/plugin-catalog-backend'));
  backend.add(import('@backstage/plugin-permission-backend'));
  backend.add(everything);
  for (const feature of featuresOf(side)) backend.add(feature);
  await backend.start();
}

function featuresOf(
  side: Side,
): Array<BackendFeature | Promise<{ default: BackendFeature }>> {
  switch (side) {
    case 'slipway':
      return [
        import('@backstage/plugin-events-backend'),
        import('@backstage/plugin-signals-backend'),
        import('../../src/index'),
        import('@slipway/plugin-slipway-backend-module-tekton'),
      ];
    case 'kubernetes':
      return [import('@backstage/plugin-kubernetes-backend')];
    case 'roadie':
      return [
        peer('@roadiehq/backstage-plugin-argo-cd-backend', 'ArgoCDPlugin'),
      ];
    default:
      return [peer('@backstage-community/plugin-argocd-backend', 'default')];
  }
}

/** A package as it is published, from where `npm run bench` has put it. */
function peer(name: string, exported: string): BackendFeature {
  const folder = process.env.SLIPWAY_BENCH_PEERS;
  if (!folder) throw new Error('Run this by "npm run bench peers".');
  const found = createRequire(join(folder, 'x.js'))(name) as Record<
    string,
    BackendFeature
  >;
  const feature = found[exported] ?? found.default;
  if (!feature) throw new Error(`${name} exports no ${exported}`);
  return feature;
}
