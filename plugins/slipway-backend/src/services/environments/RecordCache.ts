import {
  EnvironmentRecord,
  EnvironmentStore,
} from '../../ports/EnvironmentStore';
import { EnvironmentSummary } from '../../ports/EnvironmentSummary';
import { SharedLook } from '../SharedLook';

/** Records of one statement; well below what either database takes as parameters. */
const CHUNK = 500;

/**
 * The records of all environments for lists and sums, in memory: every call asks the database which of them were
 * written since, and reads those alone. What a list doesn't show (objects, inventory) is not kept.
 */
export class RecordCache {
  private readonly records = new Map<
    string,
    { version: string; record: EnvironmentRecord }
  >();
  private order: string[] = [];
  private readonly looks = new SharedLook(() => this.look());

  constructor(private readonly store: EnvironmentStore) {}

  get size(): number {
    return this.records.size;
  }

  /** Whether this is the latest of its environment that is known. */
  has(record: EnvironmentRecord): boolean {
    return this.records.get(record.key)?.record === record;
  }

  /** In the order of the key, as the database has them now. */
  async list(filter: {
    organization?: string;
    service?: string;
  }): Promise<EnvironmentRecord[]> {
    await this.looks.now();
    const all = this.order.flatMap(key => this.records.get(key)?.record ?? []);
    const { organization, service } = filter;
    return organization || service
      ? all.filter(
          record =>
            (!organization || record.organization === organization) &&
            (!service || record.service === service),
        )
      : all;
  }

  private async look(): Promise<void> {
    const versions = await this.store.versions();
    const moved = versions
      .filter(({ key, version }) => this.records.get(key)?.version !== version)
      .map(({ key }) => key);
    for (let from = 0; from < moved.length; from += CHUNK) {
      const keys = moved.slice(from, from + CHUNK);
      for (const record of await this.store.list({ keys })) {
        // The record may be newer than the version that was listed.
        const version = `${record.revision}@${record.createdAt.getTime()}`;
        this.records.set(record.key, { version, record: trimmed(record) });
      }
    }
    const there = new Set(versions.map(({ key }) => key));
    for (const key of this.records.keys())
      if (!there.has(key)) this.records.delete(key);
    this.order = versions.map(({ key }) => key);
  }
}

function trimmed(record: EnvironmentRecord): EnvironmentRecord {
  const summary = record.summary as Partial<EnvironmentSummary> | undefined;
  return {
    ...record,
    inventory: [],
    ...(summary?.live && {
      summary: { ...summary, live: { ...summary.live, objects: [] } },
    }),
  };
}
