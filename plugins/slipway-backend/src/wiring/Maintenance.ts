import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RepositoryRef } from '@slipway/plugin-slipway-node';

/** Loose objects slow Git down by the thousand; a day brings some hundreds. */
const INTERVAL_MS = 24 * 60 * 60_000;
/** A start has other things to do, and a process that is restarted often must come to it all the same. */
const FIRST_MS = 10 * 60_000;

/** Lets the Git host tidy its repositories now and then. Nothing waits for it, and nothing fails with it. */
export class Maintenance {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: {
      repositories: RepositoryRef[];
      maintain(repository: RepositoryRef): Promise<void>;
      logger: LoggerService;
      intervalMs?: number;
      firstMs?: number;
    },
  ) {}

  start(): void {
    this.schedule(this.options.firstMs ?? FIRST_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private schedule(delayMs: number): void {
    this.timer = setTimeout(() => void this.round(), delayMs);
    this.timer.unref();
  }

  private async round(): Promise<void> {
    const { timer } = this;
    for (const repository of this.options.repositories) {
      await this.options.maintain(repository).catch(error => {
        this.options.logger.warn(
          `A repository could not be tidied, which is tried again tomorrow: ${error.message}`,
        );
      });
      if (this.timer !== timer) return;
    }
    this.schedule(this.options.intervalMs ?? INTERVAL_MS);
  }
}
