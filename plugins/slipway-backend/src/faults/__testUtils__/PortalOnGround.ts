import type { ApiEnvironmentDetails } from '@slipway/plugin-slipway-common';
import type { Knex } from 'knex';
import {
  startTestPortal,
  type TestPortal,
} from '../../__testUtils__/testPortal';
import type { FaultProxy } from './FaultProxy';
import type { Ground } from './Ground';
import { until } from './processes';

/** A condition as the API tells it. */
type Spoken = ApiEnvironmentDetails['conditions'][number];

/** What a card is made of. */
export interface Card {
  phase: string;
  conditions: Record<string, Spoken>;
  /** The first station that isn't done: the one that speaks. */
  speaks: Spoken | undefined;
  source: ApiEnvironmentDetails['source'];
  objects: string[];
}

/** A portal of this process on a {@link Ground}, behind proxies of its own. */
export class PortalOnGround {
  static async start(options: {
    ground: Ground;
    db: Knex;
    /** Merged over the section `slipway`. */
    slipway?: object;
  }): Promise<PortalOnGround> {
    const { ground, db } = options;
    const proxies = await ground.connect();
    const config = ground.config(proxies);
    const portal = await startTestPortal({
      db,
      repositories: {
        root: ground.git.root,
        platform: ground.platform.url,
        gitops: ground.gitops.url,
        code: `${ground.git.root}/code`,
      } as never,
      config: { kubernetes: config.kubernetes },
      slipway: { ...config.slipway, ...options.slipway },
    });
    return new PortalOnGround(portal, proxies, config);
  }

  private constructor(
    readonly portal: TestPortal,
    readonly proxies: FaultProxy[],
    private readonly config: ReturnType<Ground['config']>,
  ) {}

  /** Renews the token of a cluster, as a configuration that is read anew does. */
  renewToken(cluster: number, token: string): void {
    const [{ clusters }] = this.config.kubernetes.clusterLocatorMethods;
    clusters[cluster].serviceAccountToken = token;
  }

  /** What the card of a service's environment `prod` shows. */
  async card(service: string): Promise<Card> {
    const { body, status } = await this.portal
      .as('priya')
      .get(`/environments/shop/${service}/prod`);
    if (status !== 200)
      return {
        phase: 'none',
        conditions: {},
        speaks: undefined,
        source: {} as never,
        objects: [],
      };
    const { phase, conditions, source, objects } =
      body as ApiEnvironmentDetails;
    return {
      phase,
      source,
      speaks: conditions.find(
        ({ type, status: is }) => is !== 'True' && type !== 'Drifted',
      ),
      conditions: Object.fromEntries(conditions.map(c => [c.type, c])),
      objects: objects.map(({ kind, name }) => `${kind} ${name}`),
    };
  }

  /** Waits for a card, and hands it out; says what the card was when it doesn't come. */
  async cardWhen(
    service: string,
    holds: (card: Card) => boolean,
    seconds = 80,
  ): Promise<Card> {
    let last: Card | undefined;
    try {
      return await until(
        async () => {
          last = await this.card(service);
          return holds(last) && last;
        },
        { seconds, what: holds.toString() },
      );
    } catch (error) {
      throw new Error(
        `${(error as Error).message}\n${JSON.stringify(last, undefined, 1)}`,
      );
    }
  }

  isSynced(service: string, seconds?: number): Promise<Card> {
    return this.cardWhen(
      service,
      ({ conditions, source }) =>
        conditions.Synced?.status === 'True' && source.state === 'live',
      seconds,
    );
  }

  stop(): Promise<void> {
    return this.portal.stop();
  }
}
