import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import type { ApiDeliveryReceipt } from '@slipway/plugin-slipway-common';
import { repositoryPath } from '@slipway/plugin-slipway-node';
import { createHash, randomBytes } from 'node:crypto';
import { webhookKey } from '../../domain/onboarding/places';
import { webhookSecret } from '../../domain/onboarding/secret';
import type { RepositoryHosts } from '../../ports/RepositoryHosts';
import type { Transactions } from '../../ports/Transaction';
import type { WebhookStore } from '../../ports/WebhookStore';
import type { WorkQueue } from '../../ports/WorkQueue';
import type { BindingPath, RawDelivery } from './OnboardingService';

/** Hosts try for hours, not for a week; a replay after that is a hint that finds nothing new. */
const KEEP_MS = 7 * 24 * 3_600_000;

/** Takes what Git hosts deliver to the webhooks of bound repositories. */
export class Deliveries {
  /** What is compared with where there is no webhook, so that the time of an answer tells nothing. */
  private readonly nothing = randomBytes(32).toString('hex');

  constructor(
    private readonly o: {
      webhooks: WebhookStore;
      hosts: RepositoryHosts;
      queue: Pick<WorkQueue, 'mark'>;
      transactions: Transactions;
      key: string | undefined;
      /** Something happened in the repository. */
      heard(news: { repository: string }): void;
    },
  ) {}

  async receive(
    { organization, binding }: BindingPath,
    delivery: RawDelivery,
  ): Promise<ApiDeliveryReceipt> {
    const webhook = await this.o.webhooks.get(organization, binding);
    const { key } = this.o;
    const host = webhook
      ? this.o.hosts.withWebhooksOf(webhook.host)
      : this.o.hosts.withWebhooks().at(0);
    const secret =
      webhook && key !== undefined ? webhookSecret(key, webhook) : this.nothing;
    const verified = host?.repositories.verify(delivery, secret);
    if (!verified || !webhook) {
      throw new AuthenticationError(
        'The delivery is not signed with the secret of a webhook that Slipway has installed here.',
      );
    }
    const { repository, event } = verified;
    if (
      repository !== undefined &&
      !isSame(repository, webhook.repository.url)
    ) {
      throw new NotAllowedError(
        `The webhook of ${organization}/${binding} is for another repository than the delivery is about.`,
      );
    }
    // The host's own id of a delivery is not signed; what it says is.
    const digest = createHash('sha256').update(delivery.body).digest('hex');
    // All or nothing: an answer that nobody is woken for would wait for the next look, minutes later.
    const isNew = await this.o.transactions.run(async trx => {
      const received = await this.o.webhooks.receive(
        organization,
        binding,
        { digest, event: event.slice(0, 100), keepMs: KEEP_MS },
        trx,
      );
      if (received.answersPing)
        await this.o.queue.mark([webhookKey(organization, binding)], { trx });
      return received.isNew;
    });
    if (isNew) this.o.heard({ repository: webhook.repository.url });
    return { duplicate: !isNew };
  }
}

/** Whether both are the same owner and name; a host may call itself by another name than ours for it. */
function isSame(one: string, other: string): boolean {
  try {
    const [a, b] = [one, other].map(url => {
      const { owner, name } = repositoryPath(url);
      return `${owner}/${name}`.toLocaleLowerCase('en-US');
    });
    return a === b;
  } catch {
    return false;
  }
}
