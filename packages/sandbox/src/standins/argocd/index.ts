import {
  JsonObject,
  clone,
  equal,
  isObject,
  listAt,
  objectAt,
  objectsAt,
  stringAt,
} from '../../apiserver/json';
import { resourceName } from '../../apiserver/kinds';
import { KubeObject, timestamp } from '../../apiserver/types';
import { ClusterClient, STAND_IN } from '../client';
import { StandIn, StandInContext, keyOf, splitKey } from '../stand-in';
import { WorkLoop } from '../work-loop';
import { Resource, belongsTo, compareAll } from './comparison';
import { APPLICATIONS, PROJECTS, argoDefinitions } from './crds';
import { DestinationCluster, Destinations } from './destinations';
import { HealthStatus, worst } from './health';
import { annotation, isHook, parseManifests, syncWave } from './manifests';
import { Operations } from './operations';
import { allowsDestination, allowsSource } from './project';
import {
  Repositories,
  RepositoryCredentials,
  SourceError,
  sourceOf,
} from './repository';

const REFRESH = 'argocd.argoproj.io/refresh';
/** Other values than the source's own path are not read: any commit counts as a change then. */
const GENERATE_PATHS = 'argocd.argoproj.io/manifest-generate-paths';
const FINALIZER = 'resources-finalizer.argocd.argoproj.io';
/** Changes come in flocks; one look after them is enough. */
const SETTLE_MS = 50;
/** As the real one, whose reconciliation timeout it is: the time of the last comparison says that it is alive. */
const RECONCILIATION_MS = 120_000;
const TEARDOWN_CHECK_MS = 250;

/** The Application itself is wrong, not what it points at. */
class SpecError extends SourceError {}

/** Plays Argo CD: reads the real Git repository, compares, syncs, prunes, heals and tells the state. */
export class ArgoCd implements StandIn {
  private readonly loop: WorkLoop;
  private readonly repositories = new Repositories();
  private readonly destinations: Destinations;
  private readonly operations: Operations;
  private unsubscribe: (() => void)[] = [];
  private poll: NodeJS.Timeout | undefined;

  constructor(
    private readonly context: StandInContext,
    self: string,
    private readonly clusters: DestinationCluster[],
  ) {
    this.loop = new WorkLoop(
      'argocd',
      key => this.reconcile(key),
      context.logger,
    );
    this.destinations = new Destinations(context.client, self, clusters);
    this.operations = new Operations(context);
  }

  start(): void {
    const { client, timings } = this.context;
    this.install();
    const all = () =>
      client
        .list(APPLICATIONS)
        .forEach(one => this.loop.add(keyOf(APPLICATIONS, one)));
    all();
    this.poll = setInterval(all, timings.argoPollMs);
    this.unsubscribe = [
      client.watch(({ type, resource, object, previous }) => {
        if (resource === PROJECTS) all();
        if (resource !== APPLICATIONS || type === 'DELETED') return;
        if (!previous || !equal(wishes(previous), wishes(object)))
          this.loop.add(keyOf(APPLICATIONS, object));
      }),
      ...this.clusters.map(({ client: other }) =>
        other.watch(({ resource, object, previous }) => {
          if (resource === APPLICATIONS) return;
          for (const one of [object, previous]) {
            const owner =
              one &&
              annotation(one, 'argocd.argoproj.io/tracking-id')?.split(':')[0];
            if (!owner) continue;
            for (const app of client.list(APPLICATIONS)) {
              if (app.metadata.name === owner)
                this.loop.add(keyOf(APPLICATIONS, app), SETTLE_MS);
            }
          }
        }),
      ),
    ];
  }

  async stop(): Promise<void> {
    clearInterval(this.poll);
    this.unsubscribe.forEach(one => one());
    await this.loop.stop();
    await this.repositories.close();
  }

  /** The definitions, the namespace and the project that an installation of Argo CD brings. */
  private install(): void {
    const { client } = this.context;
    for (const one of argoDefinitions())
      client.ensure(
        'customresourcedefinitions.apiextensions.k8s.io',
        undefined,
        one,
      );
    client.ensure('namespaces', undefined, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'argocd', annotations: { [STAND_IN]: 'true' } },
    });
    client.ensure(PROJECTS, 'argocd', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'default', annotations: { [STAND_IN]: 'true' } },
      spec: {
        sourceRepos: ['*'],
        destinations: [{ namespace: '*', server: '*' }],
        clusterResourceWhitelist: [{ group: '*', kind: '*' }],
      },
    });
  }

  private async reconcile(key: string): Promise<number | void> {
    const { client, clock } = this.context;
    const { namespace, name } = splitKey(key);
    const app = client.get(APPLICATIONS, namespace, name);
    if (!app) return undefined;
    if (app.metadata.deletionTimestamp) return this.tearDown(app);
    const status = clone(objectAt(app, 'status') ?? {});
    const now = timestamp(clock());
    let again: number | undefined;
    let conditions: JsonObject[] = [];
    try {
      again = await this.refresh(app, status);
      conditions = this.warnings(app, status);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      const type =
        error instanceof SpecError ? 'InvalidSpecError' : 'ComparisonError';
      conditions = [{ type, message: error.message }];
      status.sync = { ...objectAt(status, 'sync'), status: 'Unknown' };
      status.health = this.health(status, 'Unknown', now);
    }
    status.conditions = conditions.map(one => {
      const before = objectsAt(app, 'status', 'conditions').find(
        other => other.type === one.type && other.message === one.message,
      );
      return before ?? { ...one, lastTransitionTime: now };
    });
    if (!conditions.length) delete status.conditions;
    this.write(app, status, now);
    return again;
  }

  /** Compares with Git, syncs when it is wished, and fills in the status. */
  private async refresh(
    app: KubeObject,
    status: JsonObject,
  ): Promise<number | undefined> {
    const { clock } = this.context;
    const spec = objectAt(app, 'spec') ?? {};
    const project = this.project(app, spec);
    const source = sourceOf(spec);
    const destination = this.destinations.find(app);
    if (!destination)
      throw new SpecError(
        `there is no destination cluster ${JSON.stringify(spec.destination)}; known: ${this.destinations.known().join(', ')}`,
      );
    const namespace = stringAt(spec, 'destination', 'namespace') ?? '';
    if (!allowsSource(project, source.repoURL)) {
      throw new SpecError(
        `application repo ${source.repoURL} is not permitted in project '${project.metadata.name}'`,
      );
    }
    const place = {
      server: destination.server,
      name: destination.name,
      namespace,
    };
    if (!allowsDestination(project, place)) {
      throw new SpecError(
        `application destination server '${place.server}' and namespace '${namespace}' do not match any of the allowed destinations in project '${project.metadata.name}'`,
      );
    }
    const operation = objectAt(app, 'operation');
    const wanted = stringAt(operation, 'sync', 'revision');
    const { folder, commit } = await this.repositories.resolve(
      wanted ? { ...source, targetRevision: wanted } : source,
      this.credentials(app, source.repoURL),
    );
    const targets = parseManifests(
      await this.repositories.read(folder, commit, source),
    ).filter(one => !isHook(one));
    const synced = stringAt(status, 'operationState', 'syncResult', 'revision');
    const unchanged =
      synced === commit ||
      (synced !== undefined &&
        app.metadata.annotations?.[GENERATE_PATHS] === '.' &&
        (await this.repositories.isSame(folder, source.path, synced, commit)));
    const { client } = destination;
    const look = () => compareAll(app, client, namespace, targets);
    const outcome = this.operations.perform({
      app,
      project,
      client,
      namespace,
      commit,
      unchanged,
      status,
      look,
      resources: look(),
    });
    this.describe(app, status, outcome.resources, commit, timestamp(clock()));
    return outcome.again;
  }

  private describe(
    app: KubeObject,
    status: JsonObject,
    resources: Resource[],
    commit: string,
    now: string,
  ): void {
    const spec = objectAt(app, 'spec') ?? {};
    const comparedTo = { source: spec.source, destination: spec.destination };
    const synced = resources.every(one => one.synced);
    status.sync = {
      status: synced ? 'Synced' : 'OutOfSync',
      revision: commit,
      comparedTo,
    };
    status.sourceType = 'Directory';
    status.controllerNamespace = app.metadata.namespace;
    // What only waits to be pruned says nothing about the service's health.
    const healths = resources
      .filter(one => one.target)
      .map(one => (one.live ? one.health?.status : 'Missing') ?? 'Healthy');
    status.health = this.health(status, worst(healths), now);
    status.resources = resources.map(one => ({
      ...(one.group ? { group: one.group } : {}),
      version: one.version,
      kind: one.kindName,
      ...(one.namespace ? { namespace: one.namespace } : {}),
      name: one.name,
      status: one.synced ? 'Synced' : 'OutOfSync',
      ...(one.health || !one.live
        ? { health: one.health ?? { status: 'Missing' } }
        : {}),
      ...(one.target ? {} : { requiresPruning: true }),
      ...(syncWave(one.target ?? one.live!)
        ? { syncWave: syncWave(one.target ?? one.live!) }
        : {}),
    }));
    const images = new Set<string>();
    for (const one of resources) imagesOf(one.live, images);
    status.summary = images.size ? { images: [...images].sort() } : {};
  }

  private health(
    status: JsonObject,
    wanted: HealthStatus,
    now: string,
  ): JsonObject {
    const before = objectAt(status, 'health');
    return before?.status === wanted
      ? before
      : { status: wanted, lastTransitionTime: now };
  }

  /** What the stand-in leaves out of a real Argo CD's work is said where a person looks. */
  private warnings(app: KubeObject, status: JsonObject): JsonObject[] {
    const list: JsonObject[] = [];
    for (const one of objectsAt(app, 'spec', 'ignoreDifferences')) {
      if (listAt(one, 'jqPathExpressions').length) {
        list.push({
          type: 'ComparisonWarning',
          message:
            'the sandbox ignores differences by jsonPointers only, not by jqPathExpressions',
        });
      }
    }
    const operation = objectAt(status, 'operationState');
    if (
      operation?.phase === 'Failed' &&
      objectAt(app, 'spec', 'syncPolicy', 'automated')
    ) {
      list.push({
        type: 'SyncError',
        message: `Failed last sync attempt to ${stringAt(operation, 'syncResult', 'revision')}: ${String(operation.message)}`,
      });
    }
    return list;
  }

  private project(app: KubeObject, spec: JsonObject): KubeObject {
    const name = stringAt(spec, 'project') || 'default';
    const { client } = this.context;
    const found =
      client.get(PROJECTS, app.metadata.namespace, name) ??
      client.get(PROJECTS, 'argocd', name);
    if (!found)
      throw new SpecError(
        `Application referencing project ${name} which does not exist`,
      );
    return found;
  }

  private credentials(
    app: KubeObject,
    repoURL: string,
  ): RepositoryCredentials | undefined {
    const decode = (secret: KubeObject, key: string) =>
      Buffer.from(stringAt(secret, 'data', key) ?? '', 'base64').toString(
        'utf8',
      );
    for (const secret of this.context.client.list(
      'secrets',
      app.metadata.namespace,
    )) {
      const type = secret.metadata.labels?.['argocd.argoproj.io/secret-type'];
      const url = decode(secret, 'url');
      const fits =
        type === 'repository'
          ? url === repoURL
          : type === 'repo-creds' && url !== '' && repoURL.startsWith(url);
      if (fits && decode(secret, 'password'))
        return {
          username: decode(secret, 'username'),
          password: decode(secret, 'password'),
        };
    }
    return undefined;
  }

  /** Writes the status when it says something new, and takes the fulfilled wishes away. */
  private write(seen: KubeObject, status: JsonObject, now: string): void {
    const { client } = this.context;
    const { namespace, name } = seen.metadata;
    const app = client.get(APPLICATIONS, namespace, name);
    if (!app || app.metadata.uid !== seen.metadata.uid) return;
    const refreshed = annotation(seen, REFRESH) !== undefined;
    const next = clone(app);
    if (refreshed) delete next.metadata.annotations?.[REFRESH];
    // A wish that came while we worked is not the one that was fulfilled.
    if (seen.operation !== undefined && equal(seen.operation, app.operation))
      delete next.operation;
    const changed = !equal(
      { ...status, reconciledAt: '' },
      { ...objectAt(app, 'status'), reconciledAt: '' },
    );
    const compared = changed || refreshed || isDue(app, now);
    if (compared) next.status = { ...status, reconciledAt: now };
    if (compared || next.operation !== app.operation)
      client.update(APPLICATIONS, next);
    if (isObject(app.operation) && next.operation !== undefined)
      this.loop.add(keyOf(APPLICATIONS, app));
  }

  /** With Argo CD's finalizer the Application takes what it applied with it. */
  private tearDown(app: KubeObject): number | void {
    const { client } = this.context;
    const finalizers = app.metadata.finalizers ?? [];
    if (!finalizers.some(one => one.startsWith(FINALIZER))) return undefined;
    const destination = this.destinations.find(app)?.client;
    const left = destination ? this.remains(app, destination) : [];
    for (const { resource, object } of left) {
      if (object.metadata.deletionTimestamp) continue;
      destination!.delete(
        resource,
        object.metadata.namespace,
        object.metadata.name,
        { propagationPolicy: 'Foreground' },
      );
    }
    if (left.length) return TEARDOWN_CHECK_MS;
    const rest = finalizers.filter(one => !one.startsWith(FINALIZER));
    client.update(APPLICATIONS, {
      ...app,
      metadata: { ...app.metadata, finalizers: rest },
    });
    return undefined;
  }

  private remains(
    app: KubeObject,
    client: ClusterClient,
  ): { resource: string; object: KubeObject }[] {
    return client.resources().flatMap(kind => {
      const resource = resourceName(kind);
      return client
        .list(resource)
        .filter(one => belongsTo(app, one))
        .map(object => ({ resource, object }));
    });
  }
}

/** Whether it has not been compared for as long as Argo CD lets it be. */
function isDue(app: KubeObject, now: string): boolean {
  const reconciledAt = objectAt(app, 'status')?.reconciledAt;
  const last = typeof reconciledAt === 'string' ? Date.parse(reconciledAt) : 0;
  return Date.parse(now) - last >= RECONCILIATION_MS;
}

/** The part of an Application by which people ask for something; its status is our own writing. */
function wishes(app: KubeObject): JsonObject {
  const { annotations, labels, finalizers, deletionTimestamp } = app.metadata;
  return {
    spec: app.spec,
    operation: app.operation,
    annotations,
    labels,
    finalizers,
    deletionTimestamp,
  };
}

function imagesOf(object: KubeObject | undefined, images: Set<string>): void {
  const template =
    objectAt(object, 'spec', 'template', 'spec') ??
    objectAt(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec');
  for (const one of objectsAt(template, 'containers'))
    if (typeof one.image === 'string') images.add(one.image);
}
