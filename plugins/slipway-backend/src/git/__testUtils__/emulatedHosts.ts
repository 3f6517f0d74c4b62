import type { PullRequestHost } from '@slipway/plugin-slipway-node';
import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- What emulators share is no part of what the package publishes.
import type { EmulatedHost } from '../../../../slipway-node/src/git/__testUtils__/EmulatedHost';
import { MemoryChangeStore } from './MemoryChangeStore';
import { PlainGitHost } from '../PlainGitHost';
import type { PullRequestHostUnderTest } from './pullRequestContract';
import { startReceiver } from './receiver';

/** Everybody whom the emulators know, by token. */
export const TOKENS = {
  'token-of-slipway': 'slipway',
  'token-of-alice': 'alice',
};

/** What alice does at a host; `repository` is `acme/<name>`. */
export interface Alice {
  squash(repository: string, number: number): Promise<unknown>;
  open(repository: string, branch: string, base: string): Promise<number>;
  approve(repository: string, number: number): Promise<unknown>;
  comments(repository: string, number: number): Promise<string[]>;
}

/** Asks a host as alice; throws for an answer that is no success. */
export function asAlice(api: string, headers: Record<string, string>) {
  return async (method: string, route: string, body?: object) => {
    const answer = await fetch(`${api}/${route}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok)
      throw new Error(`${method} ${route}: ${await answer.text()}`);
    return answer.json();
  };
}

/** An emulated host as the contracts want it. */
export async function underTest(
  emulator: EmulatedHost,
  hostOf: (token: string) => PullRequestHost,
  alice: Alice,
): Promise<PullRequestHostUnderTest> {
  const { url } = emulator;
  const root = await fs.mkdtemp(path.join(os.tmpdir(), 'slipway-host-test-'));
  const receiver = await startReceiver();
  const pulls = hostOf('token-of-slipway');
  const changes = new MemoryChangeStore();
  const gitHost = (cache: string) =>
    PlainGitHost.create({
      changes,
      cacheDir: path.join(root, cache),
      localRoots: [],
      pullRequestHosts: [pulls],
    });
  const one = await gitHost('one');
  const nameOf = (repository: { url: string }) =>
    `acme/${path.basename(repository.url, '.git')}`;
  let made = 0;
  return {
    host: one,
    replica: await gitHost('two'),
    pulls,
    stranger: hostOf('not-a-token'),
    receiver,
    async repository() {
      const repository = {
        url: `${url}/acme/contract-${(made += 1)}.git`,
        branch: 'main',
      };
      await one.ensureRepository({
        repository,
        files: [{ path: 'spec.yaml', content: 'kind: Spec\n' }],
        message: 'First commit',
        gitAuthor: { name: 'Slipway', email: 'slipway@example.org' },
      });
      return repository;
    },
    async merge(repository, { number }) {
      await alice.squash(nameOf(repository), number);
    },
    async push(repository, branch, files) {
      const { commit } = await one.commit({
        repository: { ...repository, branch },
        base: (await one.head(repository))!,
        files,
        message: 'By hand',
        gitAuthor: { name: 'Eve', email: 'eve@example.org' },
        trailers: {},
      });
      return commit;
    },
    openPull: (repository, branch) =>
      alice.open(nameOf(repository), branch, repository.branch),
    async approve(repository, number) {
      await alice.approve(nameOf(repository), number);
    },
    comments: (repository, number) =>
      alice.comments(nameOf(repository), number),
    async remove() {
      await receiver.close();
      await emulator.close();
      await fs.rm(root, { recursive: true, force: true });
    },
  };
}
