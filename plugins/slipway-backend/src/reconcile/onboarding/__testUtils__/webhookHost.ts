import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type {
  PullRequestHost,
  RepositoryHost,
} from '@slipway/plugin-slipway-node';
import {
  PlatformState,
  readPlatformFile,
} from '../../../domain/platform/PlatformState';

const ORGANIZATION = `apiVersion: slipway.dev/v1alpha1
kind: Organization
metadata: { name: shop }
spec:
  owner: group:default/shop
  displayName: Shop
  gitHost: { integration: gitea, namespace: shop }
  pipelineEngine: tekton
  webhook: { domain: hooks.example.com }
  secretStore: { provider: vault, path: shop }
  registry: { url: registry.example.com/shop }
`;
export const BINDING = `apiVersion: slipway.dev/v1alpha1
kind: RepoBinding
metadata: { name: cart, namespace: org-shop }
spec:
  organization: shop
  repository: { owner: shop, name: cart, branch: main }
  pipeline: { name: cart, template: node }
`;

/** An organization, and a repository that is bound to it. */
export const FILES: Record<string, string> = {
  'organizations/shop/organization.yaml': ORGANIZATION,
  'organizations/shop/bindings/cart.yaml': BINDING,
};

export const stateOf = (files: Record<string, string>): PlatformState =>
  PlatformState.of(
    Object.entries(files).map(([path, text]) => readPlatformFile(path, text)),
  );

export const urlOf = (organization: string, name: string): string =>
  `https://portal.example.com/${organization}/${name}`;

/** A host that keeps webhooks, and does as it is told when it is asked. */
export function fakeHost() {
  const hooks = new Map<string, { id: string; secret: string }>();
  let made = 0;
  const told = {
    hooks,
    pings: 0,
    /** Called when a ping was asked for. */
    onPing: async () => {},
    answer: undefined as { status: number } | undefined,
    refusal: undefined as Error | undefined,
    isThere: true,
    /** Whether it hides its webhooks. */
    isForbidden: false,
  };
  const refuse = () => {
    if (told.refusal) throw told.refusal;
  };
  const pulls = {
    async ensureWebhook(_: unknown, hook: { url: string; secret: string }) {
      refuse();
      const id = hooks.get(hook.url)?.id ?? String((made += 1));
      hooks.set(hook.url, { id, secret: hook.secret });
      return { id, url: hook.url };
    },
    async pingWebhook() {
      refuse();
      told.pings += 1;
      await told.onPing();
    },
    async removeWebhook(_: unknown, url: string) {
      refuse();
      hooks.delete(url);
    },
  } as unknown as PullRequestHost;
  const repositories = {
    webhookRight: 'the scope write:repository',
    urlOf: () => 'https://git.example.com/shop/cart.git',
    async get() {
      if (!told.isThere) throw new NotFoundError('There is no shop/cart.');
      return {};
    },
    async findWebhook(_: unknown, url: string) {
      if (told.isForbidden) throw new NotAllowedError('403.');
      const found = hooks.get(url);
      return found && { id: found.id, url };
    },
    lastAnswer: async () => told.answer,
  } as unknown as RepositoryHost;
  const host = {
    type: 'gitea',
    host: 'git.example.com',
    hosts: ['git.example.com'],
    pulls,
    repositories,
  };
  return {
    told,
    hosts: {
      all: () => [host],
      of: () => host,
      withWebhooks: () => [host],
      withWebhooksOf: () => host,
    },
  };
}
