import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { stringifyError } from '@backstage/errors';
import type {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type { SlipwayClient } from '@slipway/plugin-slipway-common';
import { buildEntities } from './entities/build';
import { LOCATION_TYPE } from './entities/location';
import type { CatalogPresence, PresentEntity } from './presence';
import { readDeclared, serviceKey, type Declared } from './services';

/** What the provider needs. @internal */
export interface SlipwayEntityProviderOptions {
  client: SlipwayClient;
  presence: CatalogPresence;
  logger: LoggerService;
  /** Where the portal is, for links. */
  appBaseUrl: string;
}

/**
 * Brings every declared service into the catalog: a Component, a Resource a
 * database, a System where nobody else has it. What can't be read changes
 * nothing: a source that fails keeps the last set, a file with errors keeps its
 * entities.
 *
 * @internal
 */
export class SlipwayEntityProvider implements EntityProvider {
  private connection?: EntityProviderConnection;
  private running?: Promise<void>;
  private again = false;
  private skipped = '';

  constructor(private readonly options: SlipwayEntityProviderOptions) {}

  /** {@inheritDoc @backstage/plugin-catalog-node#EntityProvider.getProviderName} */
  getProviderName(): string {
    return 'slipway';
  }

  /** {@inheritDoc @backstage/plugin-catalog-node#EntityProvider.connect} */
  async connect(connection: EntityProviderConnection): Promise<void> {
    this.connection = connection;
  }

  /**
   * Brings the catalog up to date. One run at a time: what arrives meanwhile
   * makes one more run, however often it arrives.
   */
  async refresh(): Promise<void> {
    if (this.running) {
      this.again = true;
      await this.running;
      return;
    }
    this.running = this.runUntilQuiet();
    try {
      await this.running;
    } finally {
      this.running = undefined;
    }
  }

  private async runUntilQuiet(): Promise<void> {
    do {
      this.again = false;
      await this.run();
    } while (this.again);
  }

  private async run(): Promise<void> {
    const { client, presence, logger, appBaseUrl } = this.options;
    if (!this.connection) {
      throw new Error(
        'The entity provider is not connected to the catalog yet.',
      );
    }
    let declared: Declared;
    let present: PresentEntity[];
    let entities: Entity[];
    try {
      [declared, present] = await Promise.all([
        readDeclared(client),
        presence.annotated(),
      ]);
      const built = buildEntities(declared, present, appBaseUrl);
      const taken = await presence.takenByOthers(built.map(stringifyEntityRef));
      entities = built.filter(entity => !taken.has(stringifyEntityRef(entity)));
      this.tellSkipped(taken);
    } catch (error) {
      logger.warn(
        `The services of Slipway can't be read; the catalog keeps what it has. ${stringifyError(error)}`,
      );
      throw error;
    }

    const broken = declared.services
      .filter(({ resource }) => !resource)
      .map(serviceKey);
    const deferred = entities.map(entity => ({
      entity,
      locationKey: LOCATION_TYPE,
    }));
    if (broken.length === 0) {
      await this.connection.applyMutation({ type: 'full', entities: deferred });
    } else {
      logger.warn(
        `The files of ${broken.join(', ')} have errors; their entities stay as they are.`,
      );
      await this.connection.applyMutation({
        type: 'delta',
        added: deferred,
        removed: gone(present, entities, broken).map(entityRef => ({
          entityRef,
          locationKey: LOCATION_TYPE,
        })),
      });
    }
  }

  /** Says once, and again when it changes, which references somebody else has. */
  private tellSkipped(taken: ReadonlySet<string>): void {
    const refs = [...taken].sort().join(', ');
    if (refs !== this.skipped && refs !== '') {
      this.options.logger.info(
        `${refs}: in the catalog from elsewhere, so left alone. If it is a service of Slipway, annotate it with slipway.dev/service: <organization>/<service>.`,
      );
    }
    this.skipped = refs;
  }
}

/**
 * Which of our entities nobody declares any more. Where a file has errors, its
 * own stay, and so do systems: it may be the one that names them.
 */
function gone(
  present: readonly PresentEntity[],
  entities: readonly Entity[],
  broken: readonly string[],
): string[] {
  const wanted = new Set(entities.map(stringifyEntityRef));
  return present
    .filter(
      ({ ours, service, ref }) =>
        ours &&
        service !== undefined &&
        !broken.includes(service) &&
        !wanted.has(ref),
    )
    .map(({ ref }) => ref);
}
