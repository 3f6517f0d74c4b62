import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type { Organization, RepoBinding } from '@slipway/plugin-slipway-common';
import { repositoryPath } from '@slipway/plugin-slipway-node';
import { randomBytes } from 'node:crypto';
import {
  CHECK_MS,
  decideWebhook,
  PINGS,
  REFUSED_MS,
  type WebhookObservation,
} from '../../domain/onboarding/decideWebhook';
import { obstacleOf } from '../../domain/onboarding/places';
import { keyId, webhookSecret } from '../../domain/onboarding/secret';
import type { PlatformState } from '../../domain/platform/PlatformState';
import type { RepositoryHosts, WebhookHost } from '../../ports/RepositoryHosts';
import type {
  BindingWebhook,
  WebhookCondition,
  WebhookStore,
} from '../../ports/WebhookStore';
import type { Outcome } from '../../ports/WorkQueue';
import type { Reconciler, ReconcileContext } from '../engine';

interface Options {
  states: { current(): Promise<PlatformState> };
  webhooks: WebhookStore;
  hosts: RepositoryHosts;
  /** `slipway.webhooks.key`; without one no webhook is installed. */
  key: string | undefined;
  urlOf(organization: string, name: string): string;
  pollMs: number;
}

type Said = Omit<WebhookCondition, 'type' | 'lastTransitionTime'>;

/** More steps than a run can sensibly take: install, ping, and what may be in the way. */
const MAX_STEPS = 6;

const isInstalled = (host: WebhookHost): Said => ({
  status: 'True',
  reason: 'WebhookInstalled',
  message: `${host.host} has it, and signs with a secret of its own.`,
});

/**
 * Key `webhook:<org>/<binding>`: installs the webhook of a bound repository, has it tried, and takes it away with the
 * binding. What is made outside is noted before, and found again by its URL.
 */
export class WebhookReconciler implements Reconciler {
  readonly prefix = 'webhook';

  constructor(private readonly o: Options) {}

  async reconcile(context: ReconcileContext): Promise<Outcome> {
    const [organization, name] = context.key
      .slice('webhook:'.length)
      .split('/');
    for (let steps = 0; steps < MAX_STEPS; steps += 1) {
      const outcome = await this.once(context, organization, name);
      if (outcome) return outcome;
    }
    return { type: 'requeue', afterMs: 0 };
  }

  /** Takes one step; an outcome when there is none to take now. */
  private async once(
    context: ReconcileContext,
    organization: string,
    name: string,
  ): Promise<Outcome | undefined> {
    const declared = await this.declared(organization, name);
    if (declared === 'hold') return { type: 'requeue', afterMs: CHECK_MS };
    const { wanted, host } = declared;
    const known = await this.o.webhooks.get(organization, name);
    const decision = decideWebhook({
      now: context.now,
      ...(wanted && { wanted }),
      ...(known && { known }),
    });
    switch (decision.do) {
      case 'nothing':
        return { type: 'done' };
      case 'remove':
        await this.remove(context, decision.webhook);
        return undefined;
      case 'install':
        return this.install(context, { organization, name }, wanted!, host!);
      case 'check':
        return this.check(context, decision.webhook, host!);
      case 'ping':
        return this.ping(context, decision.webhook, host!);
      case 'wait':
        // Once it is said that nothing arrives, one more ping is no news.
        if ((decision.webhook.pings?.count ?? 0) <= PINGS)
          await this.say(context, decision.webhook, undefined, {
            status: 'Unknown',
            reason: 'WebhookPinged',
            message: `${host!.host} was asked to deliver something; nothing has arrived yet.`,
          });
        return { type: 'requeue', afterMs: decision.afterMs };
      case 'despair':
        await this.despair(context, decision.webhook, host!);
        return { type: 'requeue', afterMs: decision.afterMs };
      default:
        await this.say(context, decision.webhook, undefined, {
          status: 'True',
          reason: 'WebhookAnswered',
          message: `${host!.host} delivers, and what it delivers arrives.`,
        });
        return { type: 'requeue', afterMs: Math.max(0, decision.afterMs) };
    }
  }

  /** What is declared; `hold` where that can't be told now, so that nothing is taken away for it. */
  private async declared(
    organization: string,
    name: string,
  ): Promise<
    | 'hold'
    | { wanted?: undefined; host?: undefined }
    | {
        wanted: NonNullable<WebhookObservation['wanted']>;
        host: WebhookHost;
      }
  > {
    const state = await this.o.states.current();
    const resource = state.resource('RepoBinding', organization, name);
    if (!resource) return {};
    const binding = resource.value as RepoBinding | undefined;
    // A file that can't be read is not a file that is gone.
    if (!binding) return 'hold';
    const owner: Organization | undefined = state.organization(organization);
    const host =
      owner && this.o.hosts.withWebhooksOf(owner.spec.gitHost.integration);
    const obstacle = obstacleOf(owner, binding, {
      host: host !== undefined,
      key: this.o.key !== undefined,
      pollSeconds: this.o.pollMs / 1000,
    });
    if (obstacle) return obstacle.passes ? 'hold' : {};
    if (!host) return 'hold';
    const { repository } = binding.spec;
    return {
      host,
      wanted: {
        host: host.type,
        url: this.o.urlOf(organization, name),
        keyId: keyId(this.o.key!),
        repository: {
          url: host.repositories.urlOf({ host: host.host, ...repository }),
          branch: repository.branch,
        },
      },
    };
  }

  private async install(
    context: ReconcileContext,
    of: { organization: string; name: string },
    wanted: NonNullable<WebhookObservation['wanted']>,
    host: WebhookHost,
  ): Promise<Outcome | undefined> {
    const noted = await context.step('intend', () =>
      this.o.webhooks.intend({
        ...of,
        host: wanted.host,
        url: wanted.url,
        repository: wanted.repository,
        nonce: randomBytes(16).toString('hex'),
      }),
    );
    const secret = webhookSecret(this.o.key!, noted);
    try {
      const { id } = await context.step('install', () =>
        host.pulls.ensureWebhook(noted.repository, { url: noted.url, secret }),
      );
      await context.step('installed', () =>
        this.o.webhooks.note(of.organization, of.name, {
          webhookId: id,
          keyId: wanted.keyId,
          installedAt: context.now,
          checkedAt: context.now,
          pingAskedAt: null,
          conditions: conditionsWith(noted.conditions, context.now, {
            installed: isInstalled(host),
          }),
        }),
      );
      return undefined;
    } catch (error) {
      const refusal = await this.refusal(error, noted, host);
      if (!refusal) throw error;
      await this.say(context, noted, refusal);
      return { type: 'requeue', afterMs: REFUSED_MS };
    }
  }

  private async check(
    context: ReconcileContext,
    webhook: BindingWebhook,
    host: WebhookHost,
  ): Promise<Outcome | undefined> {
    try {
      const found = await context.step('find', () =>
        host.repositories.findWebhook(webhook.repository, webhook.url),
      );
      await context.step('checked', () =>
        this.o.webhooks.note(webhook.organization, webhook.name, {
          webhookId: found?.id ?? null,
          checkedAt: context.now,
          ...(found && {
            conditions: conditionsWith(webhook.conditions, context.now, {
              installed: isInstalled(host),
            }),
          }),
        }),
      );
      return undefined;
    } catch (error) {
      const refusal = await this.refusal(error, webhook, host);
      if (!refusal) throw error;
      await this.say(context, webhook, refusal);
      return { type: 'requeue', afterMs: REFUSED_MS };
    }
  }

  private async ping(
    context: ReconcileContext,
    webhook: BindingWebhook,
    host: WebhookHost,
  ): Promise<Outcome | undefined> {
    // Noted before: the delivery may be here before the host has said that it sent it.
    await context.step('asking', () =>
      this.o.webhooks.note(webhook.organization, webhook.name, {
        pingAskedAt: context.now,
        answer: null,
      }),
    );
    try {
      await context.step('ping', () =>
        host.pulls.pingWebhook(webhook.repository, webhook.webhookId!),
      );
      // Without this the next process can't tell whether the host was asked, and asks again.
      await context.step('asked', () =>
        this.o.webhooks.note(webhook.organization, webhook.name, {
          pings: {
            count: webhook.pingAskedAt ? (webhook.pings?.count ?? 0) + 1 : 1,
            lastAt: context.now,
          },
        }),
      );
      return undefined;
    } catch (error) {
      if (error instanceof NotFoundError) {
        // Somebody took it away; the next step finds out and installs it again.
        await this.o.webhooks.note(webhook.organization, webhook.name, {
          webhookId: null,
          pingAskedAt: null,
        });
        return undefined;
      }
      const refusal = await this.refusal(error, webhook, host);
      if (!refusal) throw error;
      await this.say(context, webhook, undefined, refusal);
      return { type: 'requeue', afterMs: REFUSED_MS };
    }
  }

  /** Nothing has come: asks the host what it got, where it tells. */
  private async despair(
    context: ReconcileContext,
    webhook: BindingWebhook,
    host: WebhookHost,
  ): Promise<void> {
    const answer = await context.step('answer', () =>
      host.repositories.lastAnswer(webhook.repository, webhook.webhookId!),
    );
    if (answer) {
      await context.step('answered', () =>
        this.o.webhooks.note(webhook.organization, webhook.name, { answer }),
      );
    }
    const got = answer?.status
      ? `It got the answer ${answer.status}`
      : 'It got no answer';
    await this.say(context, webhook, undefined, {
      status: 'False',
      reason: 'WebhookUnreachable',
      message: `Nothing of what ${host.host} sends to ${webhook.url} arrives. ${
        answer
          ? `${got}${answer.message ? ` (${answer.message.slice(0, 200)})` : ''}.`
          : 'What it got is on the page of the webhook there.'
      } The address has to be reached from the host: see slipway.webhooks.baseUrl, and the host’s list of allowed addresses.`,
    });
  }

  private async remove(
    context: ReconcileContext,
    webhook: BindingWebhook,
  ): Promise<void> {
    const host = this.o.hosts.withWebhooksOf(webhook.host);
    if (host) {
      await context.step('remove', async () => {
        try {
          await host.pulls.removeWebhook(webhook.repository, webhook.url);
        } catch (error) {
          // With the repository its webhooks are gone.
          if (!(error instanceof NotFoundError)) throw error;
        }
      });
    } else {
      context.logger.warn(
        `The webhook ${webhook.url} of ${webhook.organization}/${webhook.name} stays at its host: there are no credentials for ${webhook.host} any more`,
      );
    }
    await context.step('forget', () =>
      this.o.webhooks.forget(webhook.organization, webhook.name),
    );
  }

  /** What a refusal means, and what is missing; undefined for what passes by itself. */
  private async refusal(
    error: unknown,
    { repository }: BindingWebhook,
    host: WebhookHost,
  ): Promise<Said | undefined> {
    if (error instanceof InputError) {
      return {
        status: 'False',
        reason: 'WebhookRefused',
        message: error.message,
      };
    }
    const isMissing = error instanceof NotFoundError;
    if (!isMissing && !(error instanceof NotAllowedError)) return undefined;
    if (isMissing) {
      try {
        await host.repositories.get(repositoryPath(repository.url));
      } catch (missing) {
        if (!(missing instanceof NotFoundError)) throw missing;
        return {
          status: 'False',
          reason: 'RepositoryMissing',
          message: missing.message,
        };
      }
    }
    return {
      status: 'False',
      reason: 'WebhookForbidden',
      message: `${(error as Error).message} A webhook needs ${host.repositories.webhookRight}.`,
    };
  }

  /** Writes down how it stands, where that is new. */
  private async say(
    context: ReconcileContext,
    { organization, name }: BindingWebhook,
    installed: Said | undefined,
    reachable?: Said,
  ): Promise<void> {
    const known = await this.o.webhooks.get(organization, name);
    const before = known?.conditions ?? [];
    const next = conditionsWith(before, context.now, { installed, reachable });
    if (JSON.stringify(next) === JSON.stringify(before)) return;
    await context.step('say', () =>
      this.o.webhooks.note(organization, name, { conditions: next }),
    );
  }
}

/** How it stands, after what is said now. */
function conditionsWith(
  before: WebhookCondition[],
  now: Date,
  { installed, reachable }: { installed?: Said; reachable?: Said },
): WebhookCondition[] {
  const isRefused = installed !== undefined && installed.status !== 'True';
  return (['WebhookInstalled', 'WebhookReachable'] as const).flatMap(type => {
    const was = before.find(condition => condition.type === type);
    const said = type === 'WebhookInstalled' ? installed : reachable;
    if (!said) {
      // What isn't there can't be reached.
      return was && !(isRefused && type === 'WebhookReachable') ? [was] : [];
    }
    const isSame = was?.status === said.status && was.reason === said.reason;
    return [
      {
        type,
        ...said,
        lastTransitionTime: isSame ? was.lastTransitionTime : now.toISOString(),
      },
    ];
  });
}
