import { createHash } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { exportPolicies, type KubernetesObject } from '@slipway/plan';
import type {
  EnvironmentClass,
  PolicyPack,
} from '@slipway/plugin-slipway-common';
import type {
  GitAuthor,
  GitHost,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';
import { stringify } from 'yaml';
import type { PlatformState } from '../../domain/platform/PlatformState';
import { redact } from '../../domain/redact';
import type { GitWriter } from '../../ports/GitWriter';
import { LeaseLostError } from '../../ports/LeaseLostError';
import type { Outcome } from '../../ports/WorkQueue';
import type { ReconcileContext, Reconciler } from '../engine';

/** The one key of the reconciler. */
export const POLICIES_KEY = 'policies:export';

interface Options {
  host: GitHost;
  writer: GitWriter;
  repository: RepositoryRef;
  states: { current(): Promise<PlatformState> };
  /** The names of the clusters that environments run on. */
  clusters(): string[];
  gitAuthor: GitAuthor;
  /** How long an edit by hand may stay. */
  pollMs: number;
  logger: LoggerService;
}

interface File {
  path: string;
  content: string;
}

/**
 * Key `policies:export`: keeps the folder `policies/<cluster>/` of the GitOps repository at what the packs and classes
 * say, as ValidatingAdmissionPolicies. Slipway applies none of them: whoever may write an admission policy may stop a
 * whole cluster, so an Application of the platform team does.
 */
export class PoliciesReconciler implements Reconciler {
  readonly prefix = 'policies';

  constructor(private readonly o: Options) {}

  async reconcile(context: ReconcileContext): Promise<Outcome> {
    const again: Outcome = { type: 'requeue', afterMs: this.o.pollMs };
    try {
      const state = await this.o.states.current();
      // Before the platform repository was read once, that nothing is declared means nothing.
      if (state.commit === undefined) return again;
      const objects = exported(state);
      for (const cluster of this.o.clusters()) {
        await context.step(`export to ${cluster}`, () =>
          this.write(`policies/${cluster}`, objects),
        );
      }
    } catch (error) {
      // A lost lease or a shutdown says nothing about the repository.
      if (error instanceof LeaseLostError || context.signal.aborted)
        throw error;
      const message = error instanceof Error ? error.message : String(error);
      this.o.logger.warn(
        `Policies can't be written to the GitOps repository; what is there stays: ${redact(message)}`,
      );
    }
    return again;
  }

  /** Makes a folder hold exactly these objects; what it holds already costs no commit. */
  private async write(
    folder: string,
    objects: KubernetesObject[],
  ): Promise<void> {
    const { host, writer, repository, gitAuthor } = this.o;
    const wanted = objects.map(object => fileOf(folder, object));
    const head = await host.head(repository);
    const found: File[] = head
      ? await host.readFiles(repository, {
          commit: head,
          prefixes: [`${folder}/`],
        })
      : [];
    if (digestOf(found) === digestOf(wanted)) return;
    const { commit } = await writer.write({
      repository,
      folder,
      files: wanted,
      title: `Export ${objects.length / 2} policy rules to ${folder}`,
      gitAuthor,
      // What was there is part of it: a hand edit is put back, each time anew.
      idempotencyKey: `policies/${digestOf([...found, ...wanted])}`,
    });
    this.o.logger.info(`Policies of ${folder} are in ${commit.slice(0, 7)}`);
  }
}

/** A file that broke counts as it last was, so no rule is taken off a cluster by a typing error. */
function exported(state: PlatformState): KubernetesObject[] {
  const valid = <T>(kind: 'PolicyPack' | 'EnvironmentClass') =>
    state.all(kind).flatMap(({ value }) => (value ? [value as T] : []));
  return exportPolicies(
    valid<PolicyPack>('PolicyPack'),
    valid<EnvironmentClass>('EnvironmentClass'),
  );
}

function fileOf(folder: string, object: KubernetesObject): File {
  const kind = object.kind.endsWith('Binding') ? 'binding' : 'policy';
  return {
    path: `${folder}/${object.metadata.name}.${kind}.yaml`,
    content: stringify(object, { lineWidth: 0 }),
  };
}

function digestOf(files: File[]): string {
  const sorted = [...files]
    .map(({ path, content }) => [path, content])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}
