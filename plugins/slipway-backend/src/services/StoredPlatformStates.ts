import { Kind, Resource } from '@slipway/plugin-slipway-common';
import { GitHost, RepositoryRef } from '@slipway/plugin-slipway-node';
import {
  locate,
  PlatformResource,
  PlatformState,
  readPlatformFile,
} from '../domain/platform/PlatformState';
import { ResourceRecord, ResourceStore } from '../ports/ResourceStore';
import { SourceRecord, SourceStore } from '../ports/SourceStore';
import { PlatformStates } from './plans/Planner';
import { SharedLook } from './SharedLook';

/** The declared state from the store, kept in memory for as long as no source has moved. */
export class StoredPlatformStates implements PlatformStates {
  private cached?: { heads: string; state: PlatformState };
  private readonly looks = new SharedLook(() => this.look());

  constructor(
    private readonly sources: SourceStore,
    private readonly resources: ResourceStore,
    private readonly host: GitHost,
    private readonly repository: RepositoryRef,
  ) {}

  current(read?: readonly SourceRecord[]): Promise<PlatformState> {
    return read
      ? this.of(read.filter(({ role }) => role === 'platform'))
      : this.looks.now();
  }

  async at(commit: string): Promise<PlatformState> {
    const current = await this.current();
    if (current.commit === commit) return current;
    const files = await this.host.readFiles(this.repository, { commit });
    const resources = files
      .filter(file => !('problem' in locate(file.path)))
      .map(file => readPlatformFile(file.path, file.content));
    return PlatformState.of(resources, commit);
  }

  private async look(): Promise<PlatformState> {
    return this.of(await this.sources.list({ role: 'platform' }));
  }

  private async of(sources: readonly SourceRecord[]): Promise<PlatformState> {
    // Resources are written together with the head of their source, so the heads say whether anything changed.
    const heads = sources
      .map(source => `${source.id}@${source.headCommit ?? ''}`)
      .join(' ');
    if (this.cached?.heads === heads) return this.cached.state;
    const main =
      sources.find(source => source.url === this.repository.url) ?? sources[0];
    const records = await this.resources.list();
    const state = PlatformState.of(records.map(fromRecord), main?.headCommit);
    this.cached = { heads, state };
    return state;
  }
}

function fromRecord(record: ResourceRecord): PlatformResource {
  return {
    kind: record.kind as Kind,
    organization: record.organization,
    name: record.name,
    path: record.path,
    text: record.text,
    // A file that broke keeps running as it last was.
    value: record.validValue as Resource | undefined,
    problems: record.problems,
  };
}
