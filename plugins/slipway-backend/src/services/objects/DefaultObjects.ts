import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { readRenderedFiles } from '@slipway/plan';
import {
  ApiLogs,
  ApiObjectDetails,
  ApiObjectRef,
  ApiSourceAge,
} from '@slipway/plugin-slipway-common';
import { GitHost, RepositoryRef } from '@slipway/plugin-slipway-node';
import { stringify } from 'yaml';
import { refKey } from '../../domain/drift/types';
import {
  containersOf,
  eventsOf,
  logLines,
  managersOf,
  readable,
} from '../../domain/live/details';
import { ownerOf } from '../../domain/live/trim';
import {
  environmentKey,
  EnvironmentName,
} from '../../domain/platform/planDeclared';
import { redact } from '../../domain/redact';
import {
  ClusterClient,
  Clusters,
  KubernetesObject,
} from '../../ports/Clusters';
import {
  EnvironmentRecord,
  EnvironmentStore,
} from '../../ports/EnvironmentStore';
import { EnvironmentSummary } from '../../ports/EnvironmentSummary';
import { EnvironmentReads } from '../environments/EnvironmentReads';
import { LogQuery, ObjectsService } from './ObjectsService';

/** Lines of a log when the caller names no number. */
const TAIL = 200;
/** A line may be a megabyte; a page shows no more than this of all of them. */
const LOG_BYTES = 512 * 1024;
/** Events of one object that are shown. */
const EVENTS = 50;

/** Where Argo CD runs; other kinds of its group, such as Workflows, are where the environment is. */
const ARGOCD_KINDS = ['Application', 'ApplicationSet', 'AppProject'];

interface Options {
  environments: EnvironmentStore;
  reads: EnvironmentReads;
  clusters: Clusters;
  host: GitHost;
  gitops: RepositoryRef;
}

/** Asks the cluster, for a drawer that somebody opened; shows nothing that isn't the environment's own. */
export class DefaultObjects implements ObjectsService {
  constructor(private readonly o: Options) {}

  async object(
    path: EnvironmentName,
    ref: ApiObjectRef,
  ): Promise<ApiObjectDetails> {
    const { record, source } = await this.require(path);
    const client = this.clientFor(record, ref);
    const git = await this.inGit(record, ref);
    // Slipway has no right to read Secrets, and asks for none: what they hold is nobody's to show.
    const live =
      ref.kind === 'Secret'
        ? undefined
        : await this.ask(record, () => client.get(ref));
    if (live && !belongs(live, path, record)) throw notThere(ref);
    if (!live && !git && ref.kind !== 'Secret') throw notThere(ref);
    const containers = live && containersOf(live);
    return {
      ref,
      ...(git && {
        wanted: stringify(readable(git.object)),
        wantedPath: git.path,
      }),
      ...(live && { live: stringify(readable(live)) }),
      managers: live ? managersOf(live) : [],
      events: live ? await this.events(record, client, live) : [],
      ...(containers && { containers }),
      source,
    };
  }

  async logs(path: EnvironmentName, query: LogQuery): Promise<ApiLogs> {
    const { record } = await this.require(path);
    const ref = {
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: record.namespace,
      name: query.pod,
    };
    const client = this.o.clusters.client(record.cluster!);
    const pod = await this.ask(record, () => client.get(ref));
    if (!pod || !belongs(pod, path, record)) throw notThere(ref);
    const containers = (containersOf(pod) ?? []).map(({ name }) => name);
    const first = containersOf(pod)?.find(({ init }) => !init)?.name;
    const container = query.container ?? first ?? containers[0];
    if (!container || !containers.includes(container)) {
      throw new NotFoundError(
        `Pod ${query.pod} has no container '${query.container}'; it has ${containers.join(', ')}.`,
      );
    }
    const tail = query.tail ?? TAIL;
    const text = await this.ask(record, () =>
      client.podLog(
        { namespace: record.namespace, name: query.pod },
        {
          container,
          previous: query.previous ?? false,
          // One more says whether there is more before it.
          tailLines: tail + 1,
          limitBytes: LOG_BYTES,
        },
      ),
    );
    const lines = logLines(text).map(line => ({
      ...line,
      text: redact(line.text),
    }));
    return {
      pod: query.pod,
      container,
      containers,
      lines: lines.slice(-tail),
      truncated: lines.length > tail || Buffer.byteLength(text) >= LOG_BYTES,
    };
  }

  private async events(
    record: EnvironmentRecord,
    client: ClusterClient,
    live: KubernetesObject,
  ): Promise<ApiObjectDetails['events']> {
    const { uid, name } = live.metadata;
    const namespace = live.metadata.namespace ?? 'default';
    const events = await this.ask(record, () =>
      client.list(
        { apiVersion: 'v1', kind: 'Event' },
        {
          namespace,
          fieldSelector: uid
            ? `involvedObject.uid=${uid}`
            : `involvedObject.name=${name}`,
        },
      ),
    );
    return eventsOf(events).slice(0, EVENTS);
  }

  private clientFor(
    record: EnvironmentRecord,
    { apiVersion, kind }: ApiObjectRef,
  ): ClusterClient {
    const info = this.o.clusters
      .list()
      .find(({ name }) => name === record.cluster);
    const isArgocds =
      apiVersion.startsWith('argoproj.io/') && ARGOCD_KINDS.includes(kind);
    const name = isArgocds
      ? (info?.argocd.cluster ?? record.cluster!)
      : record.cluster!;
    return this.o.clusters.client(name);
  }

  /** The object as it is committed; undefined for what nobody declared, such as a Pod. */
  private async inGit(
    record: EnvironmentRecord,
    ref: ApiObjectRef,
  ): Promise<{ object: KubernetesObject; path: string } | undefined> {
    const { folder } = (record.summary ?? {}) as Partial<EnvironmentSummary>;
    if (!folder || !record.commit) return undefined;
    const commit = (await this.o.host.head(this.o.gitops)) ?? record.commit;
    const files = await this.o.host.readFiles(this.o.gitops, {
      commit,
      prefixes: [`${folder}/`],
    });
    const found = readRenderedFiles(files).objects.find(
      ({ object: { apiVersion, kind, metadata } }) => {
        const { name, namespace } = metadata;
        return refKey({ apiVersion, kind, name, namespace }) === refKey(ref);
      },
    );
    return (
      found && { object: found.object as KubernetesObject, path: found.path }
    );
  }

  /** A cluster that doesn't answer is told with what is last known of it. */
  private async ask<T>(
    record: EnvironmentRecord,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ServiceUnavailableError)) throw error;
      const found = await this.o.reads.get(record.key);
      const { asOf } = found?.environment.source ?? {};
      throw new ServiceUnavailableError(
        `${redact(error.message)} ${
          asOf
            ? `What was last known of it, of ${asOf}, is on the page.`
            : 'It has not answered since the portal started.'
        }`,
      );
    }
  }

  private async require(
    path: EnvironmentName,
  ): Promise<{ record: EnvironmentRecord; source: ApiSourceAge }> {
    const key = environmentKey(path);
    const found = await this.o.reads.get(key);
    if (!found)
      throw new NotFoundError(
        `There is no environment ${key}, or you may not see it.`,
      );
    if (!found.record.cluster) {
      throw new NotFoundError(`${key} runs on no cluster yet.`);
    }
    return { record: found.record, source: found.environment.source };
  }
}

/** Whose it is: by our labels or, for what controllers make without them, by the environment's own namespace. */
function belongs(
  object: KubernetesObject,
  path: EnvironmentName,
  record: EnvironmentRecord,
): boolean {
  const owner = ownerOf(object);
  if (owner) {
    return (
      owner.organization === path.organization &&
      owner.service === path.service &&
      (owner.environment === undefined ||
        owner.environment === path.environment)
    );
  }
  return object.metadata.namespace === record.namespace;
}

function notThere({ kind, namespace, name }: ApiObjectRef): NotFoundError {
  return new NotFoundError(
    `There is no ${kind} ${namespace ? `${namespace}/` : ''}${name} in this environment.`,
  );
}
