import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { RepositoryRef } from '@slipway/plugin-slipway-node';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeliveryConfig, readDelivery } from './deliverySettings';
import {
  NotificationSettings,
  readNotifications,
} from './notificationSettings';
import { DriftSettings, readDrift } from './driftSettings';
import { HistorySettings, readHistory } from './historySettings';
import { PolicySettings, readPolicies } from './policySettings';
import { readRevisions, RevisionSettings } from './revisionSettings';
import { readWebhooks, WebhookSettings } from './webhookSettings';
import { PlatformSource } from './reconcile/source/SourceReconciler';

/** The section `slipway` of the configuration, checked. */
export interface Settings {
  sources: PlatformSource[];
  pollMs: number;
  guard: { maxDeletedShare: number; minCount: number };
  gitops: {
    repository: RepositoryRef;
    argocdUrl: string;
    /** Folder of the chart in that repository. */
    chart?: string;
    delivery: DeliveryConfig;
  };
  git: {
    plainBaseUrl?: string;
    cacheDirectory: string;
    author: { name: string; email: string };
  };
  apply: 'bootstrap' | 'gitops-only';
  watch: { heartbeatMs: number; unreachableMs: number; timeoutMs: number };
  drift: DriftSettings;
  history: HistorySettings;
  policies: PolicySettings;
  revisions: RevisionSettings;
  webhooks: WebhookSettings;
  notifications: NotificationSettings;
  queue: {
    workers: number;
    leaseMs: number;
    pollMs: number;
    maxAttempts: number;
    backoffMs: number;
    maxBackoffMs: number;
    buffer: number;
  };
}

const DEFAULTS = {
  pollSeconds: 30,
  holdDeletionShare: 0.5,
  holdDeletionCount: 2,
  workers: 4,
  leaseSeconds: 30,
  pollMs: 500,
  maxAttempts: 20,
  backoffMs: 500,
  maxBackoffMs: 300_000,
  buffer: 0,
  heartbeatSeconds: 5,
  unreachableSeconds: 10,
  timeoutSeconds: 15,
};

/** Reads and checks `slipway`; throws InputError that names the key. */
export function readSettings(root: Config): Settings {
  const config = root.getConfig('slipway');
  const repositories = config
    .getConfigArray('platform.repositories')
    .map(readRepository);
  if (repositories.length === 0) {
    throw new InputError(
      'slipway.platform.repositories is empty; name the repository in which people declare.',
    );
  }
  const repository = readRepository(config.getConfig('gitops.repository'));
  const number = (
    key: string,
    fallback: number,
    allowed: { min: number; max: number },
  ) => {
    const value = config.getOptionalNumber(key) ?? fallback;
    if (!(value >= allowed.min && value <= allowed.max)) {
      throw new InputError(
        `slipway.${key} is ${value}; allowed is ${allowed.min} to ${allowed.max}.`,
      );
    }
    return value;
  };
  const apply = config.getOptionalString('apply') ?? 'bootstrap';
  if (apply !== 'bootstrap' && apply !== 'gitops-only') {
    throw new InputError(
      `slipway.apply is '${apply}'; allowed is bootstrap or gitops-only.`,
    );
  }
  return {
    sources: repositories.map((ref, i) => ({
      id: i === 0 ? 'platform' : idOf(ref),
      repository: ref,
    })),
    pollMs:
      number('platform.pollSeconds', DEFAULTS.pollSeconds, {
        min: 1,
        max: 86_400,
      }) * 1000,
    guard: {
      maxDeletedShare: number(
        'platform.holdDeletionShare',
        DEFAULTS.holdDeletionShare,
        { min: 0, max: 1 },
      ),
      minCount: number(
        'platform.holdDeletionCount',
        DEFAULTS.holdDeletionCount,
        { min: 1, max: 1_000_000 },
      ),
    },
    gitops: {
      repository,
      argocdUrl:
        config.getOptionalString('gitops.repository.argocdUrl') ??
        repository.url,
      chart: config
        .getOptionalString('gitops.chart')
        ?.replace(/^\/+|\/+$/g, ''),
      delivery: readDelivery(config, repository),
    },
    git: {
      plainBaseUrl: config.getOptionalString('git.plainBaseUrl'),
      cacheDirectory:
        config.getOptionalString('git.cacheDirectory') ??
        join(tmpdir(), 'slipway-git'),
      author: {
        name: config.getOptionalString('git.author.name') ?? 'Slipway',
        email:
          config.getOptionalString('git.author.email') ??
          'slipway@users.slipway.invalid',
      },
    },
    apply,
    watch: {
      heartbeatMs:
        number('watch.heartbeatSeconds', DEFAULTS.heartbeatSeconds, {
          min: 0.1,
          max: 3600,
        }) * 1000,
      unreachableMs:
        number('watch.unreachableSeconds', DEFAULTS.unreachableSeconds, {
          min: 0.1,
          max: 3600,
        }) * 1000,
      timeoutMs:
        number('watch.timeoutSeconds', DEFAULTS.timeoutSeconds, {
          min: 0.1,
          max: 600,
        }) * 1000,
    },
    drift: readDrift(config),
    history: readHistory(config),
    policies: readPolicies(config),
    revisions: readRevisions(config),
    webhooks: readWebhooks(root),
    notifications: readNotifications(config),
    queue: {
      workers: number('queue.workers', DEFAULTS.workers, { min: 1, max: 256 }),
      leaseMs:
        number('queue.leaseSeconds', DEFAULTS.leaseSeconds, {
          min: 1,
          max: 3600,
        }) * 1000,
      pollMs: number('queue.pollMs', DEFAULTS.pollMs, { min: 10, max: 60_000 }),
      maxAttempts: number('queue.maxAttempts', DEFAULTS.maxAttempts, {
        min: 1,
        max: 1000,
      }),
      backoffMs: number('queue.backoffMs', DEFAULTS.backoffMs, {
        min: 1,
        max: 3_600_000,
      }),
      maxBackoffMs: number('queue.maxBackoffMs', DEFAULTS.maxBackoffMs, {
        min: 1,
        max: 86_400_000,
      }),
      buffer: number('queue.buffer', DEFAULTS.buffer, { min: 0, max: 1000 }),
    },
  };
}

function readRepository(config: Config): RepositoryRef {
  return {
    url: config.getString('url'),
    branch: config.getOptionalString('branch') ?? 'main',
  };
}

/** Stable across restarts and reordering of the configuration. */
function idOf(ref: RepositoryRef): string {
  return `platform-${createHash('sha256').update(`${ref.url}\n${ref.branch}`).digest('hex').slice(0, 12)}`;
}
