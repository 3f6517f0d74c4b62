import { InputError, NotFoundError } from '@backstage/errors';
import {
  type ApiBinding,
  type ApiDeliveryReceipt,
  type ApiOnboardingPreview,
  type ApiOnboardingRequest,
  type ApiRepositoryHost,
  type ApiRepositoryPage,
  type RepoBinding,
} from '@slipway/plugin-slipway-common';
import {
  elsewhere,
  obstacleOf,
  webhookKey,
} from '../../domain/onboarding/places';
import type {
  PlatformResource,
  PlatformState,
} from '../../domain/platform/PlatformState';
import type {
  RepositoryHosts,
  SearchableHost,
} from '../../ports/RepositoryHosts';
import type { BindingWebhook, WebhookStore } from '../../ports/WebhookStore';
import type { WorkQueue } from '../../ports/WorkQueue';
import type { PlatformStates } from '../plans/Planner';
import type { Deliveries } from './Deliveries';
import { boundTo, FirstSpecs } from './FirstSpecs';
import type {
  BindingPath,
  OnboardingService,
  RawDelivery,
  RepositoryQuery,
} from './OnboardingService';
import { shapeBinding, shapeRepository } from './shapes';

/** As many as fit into a list that somebody reads while typing. */
const PAGE = 20;

interface Options {
  states: PlatformStates;
  hosts: RepositoryHosts;
  webhooks: WebhookStore;
  queue: Pick<WorkQueue, 'mark'>;
  deliveries: Deliveries;
  /** Whether webhooks can be signed. */
  hasKey: boolean;
  pollMs: number;
  urlOf(organization: string, name: string): string;
}

/** Onboarding with the credentials of `integrations`. */
export class DefaultOnboarding implements OnboardingService {
  private readonly firstSpecs: FirstSpecs;

  constructor(private readonly o: Options) {
    this.firstSpecs = new FirstSpecs(
      o.hosts,
      { key: o.hasKey, pollSeconds: o.pollMs / 1000 },
      o.urlOf,
    );
  }

  async hosts(): Promise<ApiRepositoryHost[]> {
    return this.o.hosts
      .all()
      .flatMap(found => found.hosts.map(host => this.shapeHost(found, host)));
  }

  private get polled(): string {
    return `It has no webhooks; repositories are looked at every ${this.o.pollMs / 1000} seconds.`;
  }

  private shapeHost(found: SearchableHost, host: string): ApiRepositoryHost {
    const { type } = found;
    const hasWebhooks = this.o.hosts.withWebhooksOf(type) !== undefined;
    let note: string | undefined;
    if (host !== found.host) note = elsewhere(found, host);
    else if (!hasWebhooks) note = this.polled;
    else if (!this.o.hasKey)
      note = 'No webhook is installed until slipway.webhooks.key is set.';
    return {
      host,
      integration: type,
      webhooks: hasWebhooks && this.o.hasKey && host === found.host,
      ...(note && { note }),
    };
  }

  async search(query: RepositoryQuery): Promise<ApiRepositoryPage> {
    const state = await this.o.states.current();
    const { host, owner } = this.whereOf(state, query);
    const found = this.o.hosts.all().find(({ hosts }) => hosts.includes(host));
    if (!found)
      throw new NotFoundError(
        `No credentials for ${host} are in integrations.`,
      );
    if (host !== found.host) throw new InputError(elsewhere(found, host));
    const { items, next } = await found.repositories.search({
      host,
      text: (query.text ?? '').trim(),
      limit: PAGE,
      ...(owner !== undefined && { owner }),
      ...(query.cursor !== undefined && { cursor: checked(query.cursor) }),
    });
    return {
      items: items.map(item =>
        shapeRepository(found.type, item, boundTo(state, found, item)),
      ),
      ...(next !== undefined && { next }),
    };
  }

  async preview(request: ApiOnboardingRequest): Promise<ApiOnboardingPreview> {
    return this.firstSpecs.preview(await this.o.states.current(), request);
  }

  async bindings(organization: string): Promise<ApiBinding[]> {
    const state = await this.o.states.current();
    const webhooks = await this.o.webhooks.list(organization);
    return state
      .all('RepoBinding')
      .filter(binding => binding.organization === organization)
      .map(binding =>
        this.shape(
          state,
          binding,
          webhooks.find(({ name }) => name === binding.name),
        ),
      );
  }

  async ping({ organization, binding }: BindingPath): Promise<ApiBinding> {
    const state = await this.o.states.current();
    const resource = state.resource('RepoBinding', organization, binding);
    if (!resource) {
      throw new NotFoundError(
        `There is no repository bound as ${organization}/${binding}, or you may not see it.`,
      );
    }
    const webhook = await this.o.webhooks.get(organization, binding);
    const shaped = this.shape(state, resource, webhook);
    if (!shaped.ping.allowed) throw new InputError(shaped.ping.reason);
    await this.o.webhooks.note(organization, binding, { pingAskedAt: null });
    await this.o.queue.mark([webhookKey(organization, binding)]);
    return this.shape(
      state,
      resource,
      await this.o.webhooks.get(organization, binding),
    );
  }

  receive(
    path: BindingPath,
    delivery: RawDelivery,
  ): Promise<ApiDeliveryReceipt> {
    return this.o.deliveries.receive(path, delivery);
  }

  private shape(
    state: PlatformState,
    resource: PlatformResource,
    webhook: BindingWebhook | undefined,
  ): ApiBinding {
    const binding = resource.value as RepoBinding | undefined;
    const organization = state.organization(resource.organization);
    const host =
      organization && this.o.hosts.of(organization.spec.gitHost.integration);
    const obstacle =
      binding &&
      obstacleOf(organization, binding, {
        host: host !== undefined,
        key: this.o.hasKey,
        pollSeconds: this.o.pollMs / 1000,
      });
    const isInstalled = webhook?.webhookId !== undefined;
    return shapeBinding(
      resource,
      webhook,
      obstacle,
      isInstalled && !obstacle
        ? { allowed: true }
        : {
            allowed: false,
            reason: obstacle?.message ?? 'The webhook is not installed yet.',
          },
      host && binding && pageOf(host, binding),
    );
  }

  private whereOf(
    state: PlatformState,
    { organization: name, host }: RepositoryQuery,
  ): { host: string; owner?: string } {
    if (name === undefined) {
      if (host === undefined)
        throw new InputError('Name the organization, or the host to search.');
      return { host };
    }
    const organization = state.organization(name);
    if (!organization)
      throw new NotFoundError(`There is no valid organization '${name}'.`);
    const { integration, namespace } = organization.spec.gitHost;
    const found = this.o.hosts.of(integration);
    if (!found) {
      throw new NotFoundError(
        `The code of ${name} lives at ${integration}, whose repositories can't be searched.`,
      );
    }
    return { host: found.host, owner: namespace };
  }
}

/** The page of a bound repository; what lies on disk has none. */
function pageOf(
  { host, repositories }: SearchableHost,
  { spec }: RepoBinding,
): string | undefined {
  const url = repositories.urlOf({ host, ...spec.repository });
  return /^https?:/.test(url) ? url.replace(/\.git$/, '') : undefined;
}

/** Cursors are the host's own page numbers. */
function checked(cursor: string): string {
  if (!/^\d{1,6}(:\d{1,6})?$/.test(cursor))
    throw new InputError('The cursor has to be the next of the page before.');
  return cursor;
}
