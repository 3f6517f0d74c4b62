import { randomUUID } from 'node:crypto';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { syncStateOf } from '../../domain/drift/application';
import {
  environmentKey,
  EnvironmentName,
} from '../../domain/platform/planDeclared';
import { ClusterClient, Clusters, ObjectRef } from '../../ports/Clusters';
import { DriftStore } from '../../ports/DriftStore';
import {
  EnvironmentRecord,
  EnvironmentStore,
} from '../../ports/EnvironmentStore';
import { EnvironmentSummary } from '../../ports/EnvironmentSummary';
import { LiveSignals } from '../../ports/LiveSignals';
import { TimelineStore } from '../../ports/TimelineStore';
import { WorkQueue } from '../../ports/WorkQueue';
import { CallOptions } from '../changes/ChangesService';
import { Identities } from '../Identities';
import { OperateService } from './OperateService';

/** Argo CD compares an Application as soon as it sees this, and takes it off again. */
const REFRESH = { 'argocd.argoproj.io/refresh': 'normal' };

interface Options {
  environments: EnvironmentStore;
  clusters: Clusters;
  drifts: Pick<DriftStore, 'expire'>;
  timeline: TimelineStore;
  queue: WorkQueue;
  signals: LiveSignals;
  identities: Identities;
  /** Nothing may be asked of a cluster that takes more than reading. */
  readOnly: boolean;
}

/** Asks by a patch of the Application, which may be repeated: it says what shall be, and Argo CD does it once. */
export class DefaultOperate implements OperateService {
  constructor(private readonly o: Options) {}

  async refresh(
    path: EnvironmentName,
    { credentials }: CallOptions,
  ): Promise<string> {
    const { record, hub, ref } = await this.application(path);
    await hub.mergePatch(ref, { metadata: { annotations: REFRESH } });
    await this.o.drifts.expire(record.key);
    const actor = this.o.identities.actor(credentials);
    await this.told(record, {
      reason: 'Refreshed',
      title: 'Argo CD was asked to compare again',
      actor,
    });
    const key = `environment:${record.key}`;
    await this.o.queue.mark([key, `drift:${record.key}`]);
    return key;
  }

  async sync(
    path: EnvironmentName,
    { credentials }: CallOptions,
  ): Promise<string> {
    const { record, hub, ref } = await this.application(path);
    const application = await hub.get(ref);
    if (!application) throw noApplication(record.key);
    if (syncStateOf(application).running) {
      throw new ConflictError(
        `A sync of ${record.key} is under way; wait until it is over.`,
      );
    }
    const { syncPolicy } = (application.spec ?? {}) as {
      syncPolicy?: {
        automated?: { prune?: boolean };
        syncOptions?: string[];
        retry?: object;
      };
    };
    const actor = this.o.identities.actor(credentials);
    await hub.mergePatch(ref, {
      operation: {
        initiatedBy: { username: actor },
        info: [{ name: 'Reason', value: 'Asked for in Slipway' }],
        ...(syncPolicy?.retry && { retry: syncPolicy.retry }),
        sync: {
          prune: syncPolicy?.automated?.prune ?? false,
          ...(syncPolicy?.syncOptions && {
            syncOptions: syncPolicy.syncOptions,
          }),
        },
      },
    });
    await this.told(record, {
      reason: 'SyncAsked',
      title: 'Argo CD was asked to sync',
      actor,
    });
    const key = `environment:${record.key}`;
    await this.o.queue.mark([key]);
    return key;
  }

  private async application(path: EnvironmentName): Promise<{
    record: EnvironmentRecord;
    hub: ClusterClient;
    ref: ObjectRef;
  }> {
    const key = environmentKey(path);
    const record = await this.o.environments.get(key);
    if (!record)
      throw new NotFoundError(
        `There is no environment ${key}, or you may not see it.`,
      );
    if (this.o.readOnly) {
      throw new ConflictError(
        'Slipway only reads this cluster (slipway.apply: gitops-only); use Argo CD itself.',
      );
    }
    const { application } = (record.summary ??
      {}) as Partial<EnvironmentSummary>;
    if (!application?.cluster) throw noApplication(key);
    return {
      record,
      hub: this.o.clusters.client(application.cluster),
      ref: {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        name: application.name,
        namespace: application.namespace,
      },
    };
  }

  private async told(
    record: EnvironmentRecord,
    event: { reason: string; title: string; actor: string },
  ): Promise<void> {
    const subject = `environment:${record.key}`;
    await this.o.timeline.record([
      {
        subject,
        type: 'Synced',
        ...event,
        dedupeKey: `asked/${event.reason}/${randomUUID()}`,
      },
    ]);
    this.o.signals.changed([subject]);
  }
}

function noApplication(key: string): ConflictError {
  return new ConflictError(
    `There is no Application for ${key} yet; it is made on the way to Provisioned.`,
  );
}
