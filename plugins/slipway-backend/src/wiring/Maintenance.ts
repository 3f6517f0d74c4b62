import type { LoggerService } from '@backstage/backend-plugin-api';

/** A day brings some hundreds of loose objects and lines of history; both are no trouble before there are thousands. */
const INTERVAL_MS = 24 * 60 * 60_000;
/** A start has other things to do, and a process that is restarted often must come to it all the same. */
const FIRST_MS = 10 * 60_000;

/** Something that is done now and then. */
export interface Chore {
  /** As the log says it: `a repository could not be tidied`. */
  failed: string;
  run(): Promise<unknown>;
}

/** Tidies up now and then. Nothing waits for it, and nothing fails with it. */
export class Maintenance {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: {
      chores: Chore[];
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
    for (const { failed, run } of this.options.chores) {
      await run().catch(error => {
        this.options.logger.warn(
          `${failed}, which is tried again tomorrow: ${error.message}`,
        );
      });
      if (this.timer !== timer) return;
    }
    this.schedule(this.options.intervalMs ?? INTERVAL_MS);
  }
}
