import { done, here, type Reason, stopped, waiting } from './reason';

/** Reasons of the webhook of a bound repository. Never a reason of an environment's road. @public */
export const WEBHOOK_REASONS = {
  WebhookInstalled: done(
    'Webhook installed',
    'The Git host has the webhook, with a secret of its own.',
  ),
  WebhookAnswered: done(
    'Webhook answers',
    'What the Git host delivers arrives, signed as it should be.',
  ),
  WebhookPinged: here(
    'Waiting for the ping',
    'The Git host was asked to deliver something, and nothing has arrived yet.',
    'Usually takes a second; after half a minute it is asked once more, after another one the host is asked what it got.',
  ),
  WebhookUnreachable: stopped({
    title: 'Not reachable from the Git host',
    why: 'The webhook is installed, but nothing that the host sends arrives. Repositories are polled meanwhile.',
    next: 'Set slipway.webhooks.baseUrl to an address that the host reaches, let the host deliver to it, and ping again.',
    who: 'platform',
    action: 'operations',
  }),
  WebhookForbidden: stopped({
    title: 'Right missing for the webhook',
    why: 'The credentials in integrations may not install webhooks in this repository.',
    next: 'Give the token or app the right that the message names; it is tried again by itself every ten minutes.',
    who: 'platform',
    action: 'operations',
  }),
  WebhookRefused: stopped({
    title: 'Webhook refused',
    why: 'The Git host takes no webhook with this address.',
    next: 'Set slipway.webhooks.baseUrl to an address that the host allows.',
    who: 'platform',
    action: 'operations',
  }),
  WebhookKeyMissing: waiting({
    title: 'No key to sign with',
    why: 'Without slipway.webhooks.key there is no secret that a webhook could have, so repositories are polled.',
    next: 'Somebody of the platform team sets it.',
    who: 'platform',
    action: 'operations',
  }),
  WebhookWithoutOrganization: stopped({
    title: 'Organization missing',
    why: 'Where the repository lives is said by its organization, which is not there or has errors.',
    next: 'Declare the organization, or mend its file.',
    who: 'owner',
    action: 'edit-spec',
  }),
  RepositoryOfSomebodyElse: stopped({
    title: 'Repository of somebody else',
    why: 'An organization binds repositories of its own namespace at the Git host, as the credentials see more than any one team may.',
    next: 'Bind a repository of the namespace, or have the platform team change gitHost.namespace.',
    who: 'owner',
    action: 'edit-spec',
  }),
  RepositoryMissing: stopped({
    title: 'Repository missing',
    why: 'The Git host knows no such repository, or hides it from the credentials.',
    next: 'Mend the name in the RepoBinding, or give the credentials access.',
    who: 'owner',
    action: 'edit-spec',
  }),
  PollingUsed: done(
    'Polled',
    'The host has no webhooks, or none can be installed, so the repository is looked at again and again.',
  ),
} as const satisfies Record<string, Reason>;
