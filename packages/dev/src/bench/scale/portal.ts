import { randomBytes } from 'node:crypto';
import { freePorts } from '../../lib/freePorts.ts';
import { BASE_CONFIG } from '../../lib/platform.ts';
import { startPortal, type Portal } from '../../lib/portal.ts';

/** Whom the portal takes at once; people can sign in only when the catalog knows them. */
const READER_TOKEN = randomBytes(24).toString('base64url');

/** The cluster that the command has started. */
export interface FleetCluster {
  url: string;
  adminToken: string;
  caData: string;
}

/** An environment as the portal lists it. */
export interface Listed {
  service: string;
  name: string;
  commit?: string;
  conditions: Array<{ type: string; status: string; reason: string }>;
  /** When it was looked for, once it was. */
  drift?: { checkedAt?: string };
}

/** Starts the portal of the repository on one real cluster. */
export async function startFleetPortal(
  state: string,
  cluster: FleetCluster,
): Promise<Portal> {
  const [frontend, backend, first, second] = await freePorts(4);
  const known = {
    name: 'eu',
    url: cluster.url,
    token: cluster.adminToken,
    ca: Buffer.from(cluster.caData, 'base64').toString('utf8'),
  };
  return startPortal({
    state,
    ports: { frontend, backend, sandbox: [first, second] },
    platform: {
      clusters: [known],
      hub: known,
      sandbox: false,
      codeUrl: 'https://git.example.com',
      configFiles: [BASE_CONFIG],
      env: {
        SLIPWAY_BENCH_TOKEN: cluster.adminToken,
        SLIPWAY_BENCH_READER: READER_TOKEN,
      },
      settings: [
        {
          backend: {
            auth: {
              externalAccess: [
                {
                  type: 'static',
                  options: {
                    // eslint-disable-next-line no-template-curly-in-string -- resolved by Backstage's config loader
                    token: '${SLIPWAY_BENCH_READER}',
                    subject: 'bench',
                  },
                },
              ],
            },
          },
          kubernetes: {
            clusterLocatorMethods: [
              {
                type: 'config',
                clusters: [
                  {
                    name: 'eu',
                    url: cluster.url,
                    caData: cluster.caData,
                    authProvider: 'serviceAccount',
                    // eslint-disable-next-line no-template-curly-in-string -- resolved by Backstage's config loader
                    serviceAccountToken: '${SLIPWAY_BENCH_TOKEN}',
                    skipMetricsLookup: true,
                  },
                ],
              },
            ],
          },
          slipway: {
            sandbox: null,
            clusters: [
              {
                name: 'eu',
                region: 'eu',
                argocd: { destination: { server: cluster.url } },
              },
            ],
          },
        },
      ],
    },
  });
}

const SIGN_IN_SECONDS = 60;

/** The catalog takes a moment to know its people. */
async function signIn(portal: Portal): Promise<string> {
  const deadline = Date.now() + SIGN_IN_SECONDS * 1_000;
  for (;;) {
    const answer = await fetch(
      `${portal.backendUrl}/api/auth/demo-platform/refresh`,
      { headers: { 'X-Requested-With': 'XMLHttpRequest' } },
    );
    const { backstageIdentity } = (await answer.json()) as {
      backstageIdentity?: { token: string };
    };
    if (backstageIdentity) return backstageIdentity.token;
    if (Date.now() > deadline)
      throw new Error(`No sign-in within ${SIGN_IN_SECONDS} s.`);
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

/** Somebody of the platform team who has signed in. */
export class FleetReader {
  readonly #api: string;
  readonly #token: string;

  static async enter(portal: Portal): Promise<FleetReader> {
    const token = await signIn(portal);
    return new FleetReader(`${portal.backendUrl}/api/slipway/v1alpha1`, token);
  }

  /** A service, which is known from the first moment on. */
  static service(portal: Portal): FleetReader {
    return new FleetReader(
      `${portal.backendUrl}/api/slipway/v1alpha1`,
      READER_TOKEN,
    );
  }

  constructor(api: string, token: string) {
    this.#api = api;
    this.#token = token;
  }

  async get<T>(path: string): Promise<T> {
    const answer = await fetch(`${this.#api}${path}`, {
      headers: { authorization: `Bearer ${this.#token}` },
    });
    if (!answer.ok)
      throw new Error(
        `${path}: ${answer.status} ${(await answer.text()).slice(0, 300)}`,
      );
    return (await answer.json()) as T;
  }

  /** Asks until it holds; says how many milliseconds it took. */
  async until(
    what: string,
    holds: () => Promise<boolean>,
    seconds: number,
    pauseMs = 500,
  ): Promise<number> {
    const began = performance.now();
    while (!(await holds().catch(() => false))) {
      if (performance.now() - began > seconds * 1_000)
        throw new Error(`${what}: not within ${seconds} s.`);
      await new Promise(resolve => setTimeout(resolve, pauseMs));
    }
    return performance.now() - began;
  }
}
