import type {
  RepositoryRef,
  WebhookAnswer,
} from '@slipway/plugin-slipway-node';
import type { Transaction } from './Transaction';

/** How one side of a webhook stands, as of a condition. */
export interface WebhookCondition {
  /** `WebhookInstalled`: it is there. `WebhookReachable`: what it delivers arrives. */
  type: 'WebhookInstalled' | 'WebhookReachable';
  status: 'True' | 'False' | 'Unknown';
  reason: string;
  message: string;
  /** RFC 3339. */
  lastTransitionTime: string;
}

/** The webhook of a bound repository. */
export interface BindingWebhook {
  organization: string;
  /** Of the RepoBinding. */
  name: string;
  /** Type of its Git host. */
  host: string;
  repository: RepositoryRef;
  /** Where the host delivers to. */
  url: string;
  /** What its secret is made of, with a key that is not kept beside it. */
  nonce: string;
  webhookId?: string;
  /** Which key its secret was made with. */
  keyId?: string;
  installedAt?: Date;
  /** When it was last found at the host. */
  checkedAt?: Date;
  /** Noted before the host is asked, so it alone doesn't tell that the host was. */
  pingAskedAt?: Date;
  /** Pings that the host took since one was last answered, and the `pingAskedAt` of the newest. */
  pings?: { count: number; lastAt: Date };
  /** When a delivery came that was asked for. */
  pingAnsweredAt?: Date;
  /** What the host got for the ping. */
  answer?: WebhookAnswer;
  lastDeliveryAt?: Date;
  lastEvent?: string;
  conditions: WebhookCondition[];
}

/** What becomes known of a webhook; `null` takes away what was known. */
export interface WebhookNews {
  webhookId?: string | null;
  keyId?: string;
  installedAt?: Date;
  checkedAt?: Date;
  pingAskedAt?: Date | null;
  pings?: { count: number; lastAt: Date };
  answer?: WebhookAnswer | null;
  conditions?: WebhookCondition[];
}

/** Keeps what was asked of Git hosts for bound repositories. */
export interface WebhookStore {
  get(organization: string, name: string): Promise<BindingWebhook | undefined>;
  list(organization?: string): Promise<BindingWebhook[]>;
  /**
   * Notes that a webhook is wanted, before anything is made outside. One that is noted already stays as it is, its nonce
   * included, so that a run that follows a crash installs the same secret.
   */
  intend(
    webhook: Pick<
      BindingWebhook,
      'organization' | 'name' | 'host' | 'repository' | 'url' | 'nonce'
    >,
  ): Promise<BindingWebhook>;
  note(organization: string, name: string, news: WebhookNews): Promise<void>;
  /** Forgets it, and the deliveries that were seen of it. */
  forget(organization: string, name: string): Promise<void>;
  /** Notes a delivery. One whose body came before counts only as the answer to a ping that is waited for. */
  receive(
    organization: string,
    name: string,
    delivery: { digest: string; event: string; keepMs: number },
    trx?: Transaction,
  ): Promise<{ isNew: boolean; answersPing: boolean }>;
}
