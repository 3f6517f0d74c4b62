import {
  parseEnvironmentFile,
  ENVIRONMENT_FILE,
  environmentFolder,
  type EnvironmentPlan,
} from '@slipway/plan';
import {
  environmentNamespace,
  resolveEnvironment,
  type EnvironmentClass,
  type Release,
  type ServiceEnvironment,
  type ServiceSpec,
} from '@slipway/plugin-slipway-common';
import type { TreeFile } from '@slipway/plugin-slipway-node';
import { runs, withWorkloads } from '../../domain/releases/release';
import { redact } from '../../domain/redact';
import type { EnvironmentName } from '../../domain/platform/planDeclared';
import type { PlatformState } from '../../domain/platform/PlatformState';
import type { ClusterClient, ClusterInfo } from '../../ports/Clusters';
import type {
  EnvironmentPatch,
  EnvironmentRecord,
} from '../../ports/EnvironmentStore';
import type { EnvironmentSummary } from '../../ports/EnvironmentSummary';
import type { AskedMove, WantedRevision } from '../../ports/ReleaseStore';
import type { ResourceRecord } from '../../ports/ResourceStore';
import type { SourceRecord } from '../../ports/SourceStore';
import type { TimelineEntry } from '../../ports/TimelineStore';
import type { ReconcileContext } from '../engine';
import type { EnvironmentReconcilerOptions } from './dependencies';
import type { Fates } from './tellRemoved';

/** The environment's folder in the GitOps repository, as it is. */
export type Folder =
  | { state: 'read'; head: string | undefined; files: TreeFile[] }
  | { state: 'unavailable'; message: string };

/** What one run of the reconciler knows. Only ever of now: nothing of it outlives the run. */
export class EnvironmentRun {
  /** Set by the look at the plan. */
  plan?: EnvironmentPlan;
  /** Whether what was there before is yet to be taken over, as this run found it. */
  adopting = false;
  class?: EnvironmentClass;
  /** Commit that holds the rendering, and who asked for it, as this run found or made it. */
  delivered?: EnvironmentSummary['lastChange'];
  /** What the last look at the remains found of each part, databases that stay, and the commit that removed the folder. */
  fates?: Fates;
  keeps: string[] = [];
  removedBy?: string;
  readonly events: TimelineEntry[] = [];
  private readonly begunAt = performance.now();
  /** As the database has it. */
  private stored: EnvironmentRecord;
  /** What the next write brings along. */
  private kept: EnvironmentPatch = {};
  private folderRead?: Folder;
  /** What `environment.yaml` says, so far as this run has read or written it. */
  private releaseRead?: Release;
  private wantedRead?: Promise<WantedRevision[]>;
  private movingRead?: Promise<AskedMove | undefined>;
  private arrivedRead?: Promise<AskedMove | undefined>;

  constructor(
    readonly o: EnvironmentReconcilerOptions,
    readonly context: ReconcileContext,
    readonly name: EnvironmentName,
    /** As it was last read or written, with what the next write brings along. */
    public record: EnvironmentRecord,
    readonly resource: ResourceRecord | undefined,
    readonly state: PlatformState,
    /** The repositories that are read, as `state` was read from them. */
    private readonly sources: readonly SourceRecord[],
  ) {
    this.stored = record;
  }

  get key(): string {
    return this.record.key;
  }

  /** When the run began, as the database has it. */
  get now(): Date {
    return this.context.now;
  }

  /** The time since then added: a run may take long, and waits for others. */
  clock(): Date {
    return new Date(
      this.now.getTime() + Math.ceil(performance.now() - this.begunAt),
    );
  }

  /** Where its file is. */
  get source(): SourceRecord | undefined {
    return this.sources.find(({ id }) => id === this.resource?.sourceId);
  }

  get spec(): ServiceSpec | undefined {
    return this.resource && !this.resource.deletedAt
      ? (this.resource.validValue as ServiceSpec | undefined)
      : undefined;
  }

  get declared(): ServiceEnvironment | undefined {
    return declaredEnvironment(this.spec, this.name.environment);
  }

  /** As it was recorded when the environment began; it never changes while anything of it is there. */
  get namespace(): string {
    return this.record.namespace;
  }

  /** The name of its AppProject, and of everything else where nothing is adopted. */
  get ownName(): string {
    const { organization, service, environment } = this.name;
    return environmentNamespace(organization, service, environment);
  }

  /** Whether its namespace and Application were there before Slipway. */
  get adopted(): boolean {
    return this.namespace !== this.ownName;
  }

  /** Its Application: the adopted one, also when nobody declares it any more. */
  get applicationName(): string {
    if (!this.adopted) return this.ownName;
    return (
      this.declared?.adopt?.application ??
      this.record.inventory.find(({ kind }) => kind === 'Application')?.name ??
      this.ownName
    );
  }

  get generation(): number {
    return this.resource?.generation ?? this.record.appliedGeneration ?? 0;
  }

  get summary(): Partial<EnvironmentSummary> {
    return (
      (this.record.summary as Partial<EnvironmentSummary> | undefined) ?? {}
    );
  }

  /** The recorded cluster; undefined before it is chosen, and when the configuration has lost it. */
  get cluster(): ClusterInfo | undefined {
    return this.o.clusters
      .list()
      .find(({ name }) => name === this.record.cluster);
  }

  client(): ClusterClient {
    return this.o.clusters.client(this.record.cluster!);
  }

  /** The cluster with this one's Argo CD. */
  hub(): ClusterClient {
    return this.o.clusters.client(this.cluster!.argocd.cluster);
  }

  get folderPath(): string {
    return this.folderOn(this.record.cluster!);
  }

  /** The folder that it has, or would have, on a cluster. */
  folderOn(cluster: string): string {
    return environmentFolder({
      cluster,
      ...this.name,
      pathPrefix: this.o.gitops.target.pathPrefix,
    });
  }

  /** The folder as it is in Git now; read once a run, and anew after a write. */
  async folder(): Promise<Folder> {
    this.folderRead ??= await this.readFolder();
    return this.folderRead;
  }

  /** Whether Git holds a rendering of it already. */
  async wasDelivered(): Promise<boolean> {
    const folder = await this.folder();
    return (
      folder.state === 'read' &&
      folder.files.some(
        ({ path }) => path === `${this.folderPath}/${ENVIRONMENT_FILE}`,
      )
    );
  }

  forgetFolder(): void {
    this.folderRead = undefined;
    this.releaseRead = undefined;
  }

  /** Git holds what was planned now: nobody has to read back what was just written. */
  written(): void {
    this.folderRead = undefined;
    const file = this.plan!.files.find(
      ({ path }) => path === `${this.folderPath}/${ENVIRONMENT_FILE}`,
    );
    this.releaseRead = file && parseEnvironmentFile(file.content).release;
  }

  /** What runs: as Git says or, where somebody broke the file, as it was last recorded. */
  async release(): Promise<Release> {
    if (this.releaseRead) return this.releaseRead;
    const recorded = this.summary.release ?? { workloads: {} };
    const folder = await this.folder();
    if (folder.state !== 'read') return recorded;
    const file = folder.files.find(
      ({ path }) => path === `${this.folderPath}/${ENVIRONMENT_FILE}`,
    );
    if (!file) return recorded;
    try {
      this.releaseRead = parseEnvironmentFile(file.content).release;
      return this.releaseRead;
    } catch {
      return recorded;
    }
  }

  /** The workloads whose revision the spec leaves open; what it pins counts before any release. */
  get unpinned(): Set<string> {
    const resolved =
      this.spec && resolveEnvironment(this.spec, this.name.environment);
    return new Set(
      resolved?.workloads
        .filter(({ image }) => image.revision === undefined)
        .map(({ name }) => name),
    );
  }

  /** What it was asked to run and Git doesn't say yet; read once a run, so that what comes meanwhile is another run's. */
  async wanted(): Promise<WantedRevision[]> {
    this.wantedRead ??= this.o.releases.wanted({ environment: this.key });
    const open = this.unpinned;
    const wanted = (await this.wantedRead).filter(
      ({ name, settledAt }) => settledAt === undefined && open.has(name),
    );
    const arrived = await this.arrived();
    return arrived?.origin === 'rollback'
      ? wanted.filter(({ orderedAt }) => orderedAt > arrived.askedAt)
      : wanted;
  }

  /** What a change request is to bring and, so far as is recorded, hasn't brought yet; read once a run. */
  async moving(): Promise<AskedMove | undefined> {
    this.movingRead ??= this.o.releases.moving(this.key);
    return this.movingRead;
  }

  /** The same once Git says it: the change request was merged, wherever that was done. */
  async arrived(): Promise<AskedMove | undefined> {
    this.arrivedRead ??= this.readArrived();
    return this.arrivedRead;
  }

  private async readArrived(): Promise<AskedMove | undefined> {
    const move = await this.moving();
    if (!move) return undefined;
    await this.release();
    // What was recorded before Git was away tells nothing of a merge.
    if (!this.releaseRead) return undefined;
    const open = this.unpinned;
    const workloads = move.workloads.filter(({ name }) => open.has(name));
    return runs(this.releaseRead, workloads) ? move : undefined;
  }

  /** What shall run: what runs, with what was asked for since. */
  async wantedRelease(): Promise<Release> {
    return withWorkloads(await this.release(), await this.wanted());
  }

  tell(event: Omit<TimelineEntry, 'subject'>): void {
    this.events.push({ subject: `environment:${this.key}`, ...event });
  }

  /**
   * Keeps what was found or done for the next write. One that comes to nothing is found or done again by the next run,
   * so nothing may be kept this way that something outside depends on before that write.
   */
  later(patch: Pick<EnvironmentPatch, 'cluster' | 'inventory' | 'summary'>) {
    this.kept = { ...this.kept, ...patch };
    this.record = { ...this.record, ...patch } as EnvironmentRecord;
  }

  /** Writes what was found or done, and what was kept, together with its events. Writes nothing when nothing is new. */
  async save(patch: EnvironmentPatch = {}): Promise<void> {
    const events = [...this.events];
    const { lease } = this.context;
    const { stored } = this;
    this.stored = await this.context.step(
      'record',
      () =>
        this.o.environments.save(
          this.key,
          stored.revision,
          { ...this.kept, ...patch },
          { lease, events, before: stored },
        ),
      { fenced: true },
    );
    // What could not be written is told with the next write, the one that says why.
    this.events.splice(0, events.length);
    this.record = this.stored;
    this.kept = {};
  }

  /** Writes what was kept, if anything was. */
  async saveKept(): Promise<void> {
    if (Object.keys(this.kept).length > 0) await this.save();
  }

  private async readFolder(): Promise<Folder> {
    const { host, gitops } = this.o;
    try {
      const head = await host.head(gitops.repository);
      const files = head
        ? await host.readFiles(gitops.repository, {
            commit: head,
            prefixes: [this.folderPath],
          })
        : [];
      return { state: 'read', head, files };
    } catch (error) {
      return { state: 'unavailable', message: messageOf(error) };
    }
  }
}

/** The environment of this name, as a spec declares it. */
export function declaredEnvironment(
  spec: ServiceSpec | undefined,
  environment: string,
): ServiceEnvironment | undefined {
  return spec?.spec.environments.find(({ name }) => name === environment);
}

/** The message of anything that was thrown, without credentials. */
export function messageOf(error: unknown): string {
  return redact(error instanceof Error ? error.message : String(error));
}
