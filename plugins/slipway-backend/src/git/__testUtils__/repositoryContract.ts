/* eslint-disable jest/no-export -- the same tests are declared for each kind of Git host */
import type { RepositoryRef } from '@slipway/plugin-slipway-node';
import { repositoryPath } from '@slipway/plugin-slipway-node';
import type { PullRequestHostUnderTest } from './pullRequestContract';

const SLOWEST_MS = 60_000;

/** What onboarding asks of every host whose repositories can be searched, whichever it is. */
export function repositoryContract(
  name: string,
  start: () => Promise<PullRequestHostUnderTest>,
): void {
  describe(`repositories of ${name}`, () => {
    let it_: PullRequestHostUnderTest;
    let repository: RepositoryRef;
    jest.setTimeout(SLOWEST_MS);
    beforeAll(async () => {
      it_ = await start();
      repository = await it_.repository();
    }, 120_000);
    afterAll(() => it_?.remove());

    const repositories = () => it_.pulls.repositories!;
    const place = () => repositoryPath(repository.url);

    it('finds a repository by a part of its name, and by its owner', async () => {
      const { host, owner, name: wanted } = place();
      expect(repositories().hosts()).toContain(host);
      for (const query of [
        { text: wanted.slice(2) },
        { text: `${owner}/${wanted}` },
        { text: '', owner },
        { text: wanted.toLocaleUpperCase('en-US') },
      ]) {
        let cursor: string | undefined;
        let found: unknown;
        do {
          const page = await repositories().search({
            host,
            limit: 10,
            ...query,
            ...(cursor !== undefined && { cursor }),
          });
          expect(page.items.length).toBeLessThanOrEqual(10);
          found = page.items.find(it => it.name === wanted);
          cursor = page.next;
        } while (!found && cursor !== undefined);
        expect(found).toMatchObject({
          host,
          owner,
          name: wanted,
          url: repository.url,
          defaultBranch: 'main',
          archived: false,
          fork: false,
          private: true,
        });
      }
    });

    it('finds nothing by a name that nobody has', async () => {
      const { host, owner } = place();
      const text = 'no-such-repository';
      for (const query of [{ text }, { text, owner }])
        expect(
          await repositories().search({ host, limit: 10, ...query }),
        ).toEqual({ items: [] });
    });

    it('shows one repository as the search does', async () => {
      expect(await repositories().get(place())).toMatchObject({
        url: repository.url,
        defaultBranch: 'main',
      });
      await expect(
        repositories().get({ ...place(), name: 'no-such-repository' }),
      ).rejects.toMatchObject({ name: 'NotFoundError' });
    });

    it('lists the files of a branch and reads one, but none that is too large', async () => {
      await it_.host.commit({
        repository,
        files: [{ path: 'deploy/größe.yaml', content: 'kind: Größe\n' }],
        message: 'Add a file',
        gitAuthor: { name: 'Eve', email: 'eve@example.org' },
        trailers: {},
      });
      const tree = await repositories().tree(repository);
      expect(tree).toMatchObject({
        commit: await it_.host.head(repository),
        truncated: false,
      });
      const file = tree.files.find(({ path }) => path === 'deploy/größe.yaml');
      const read = (maxBytes: number) =>
        repositories().text(repository, { blob: file!.blob, maxBytes });
      expect(await read(1000)).toBe('kind: Größe\n');
      await expect(read(5)).rejects.toMatchObject({ name: 'InputError' });
      await expect(
        repositories().tree({ ...repository, branch: 'no-such-branch' }),
      ).rejects.toMatchObject({ name: 'NotFoundError' });
    });

    it('proves a webhook: what comes is signed with its secret, and with no other', async () => {
      const { url, deliveries, requests } = it_.receiver;
      const secret = 'a-secret-of-this-test';
      const { id } = await it_.pulls.ensureWebhook(repository, { url, secret });
      expect(await repositories().findWebhook(repository, url)).toEqual({
        id,
        url,
      });
      const before = deliveries.length;
      await it_.pulls.pingWebhook(repository, id);
      const until = Date.now() + 20_000;
      while (deliveries.length === before && Date.now() < until)
        await new Promise(resolve => setTimeout(resolve, 50));
      const [delivery] = requests.slice(-1);
      const known = repositories().verify(delivery, secret);
      expect(known?.event).toMatch(
        /^(ping|push|Push Hook|repo:commit_status_created)$/,
      );
      expect(repositories().verify(delivery, 'another')).toBeUndefined();
      expect(
        repositories().verify({ headers: {}, body: delivery.body }, secret),
      ).toBeUndefined();
      // Where the host tells at all, it tells the truth.
      const answer = await repositories().lastAnswer(repository, id);
      expect([undefined, 200, 204]).toContain(answer?.status);
      await it_.pulls.removeWebhook(repository, url);
      expect(await repositories().findWebhook(repository, url)).toBeUndefined();
    });

    it('says what to do about credentials that the host does not know', async () => {
      await expect(
        it_.stranger.repositories!.search({
          host: place().host,
          text: '',
          limit: 10,
        }),
      ).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringContaining('integrations'),
      });
    });
  });
}
