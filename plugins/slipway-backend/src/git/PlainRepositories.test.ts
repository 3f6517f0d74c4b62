import { NotFoundError } from '@backstage/errors';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  ALICE,
  createSandbox,
  filesOf,
  GitSandbox,
} from './__testUtils__/sandbox';
import { PlainRepositories } from './PlainRepositories';

jest.setTimeout(60_000);

const HOST = 'plain Git';

describe('repositories on disk', () => {
  let sandbox: GitSandbox;
  let repositories: PlainRepositories;

  beforeAll(async () => {
    sandbox = await createSandbox();
    const base = path.join(sandbox.root, 'code');
    for (const [name, files] of Object.entries<Record<string, string>>({
      'shop/cart': { 'k8s/web.yaml': 'kind: Deployment\n', 'big.txt': 'x' },
      'shop/inner/orders': { 'compose.yaml': 'services: {}\n' },
      'other/cart': { 'README.md': '# Cart\n' },
    })) {
      await sandbox.host.ensureRepository({
        repository: { url: path.join(base, `${name}.git`), branch: 'trunk' },
        files: filesOf(files),
        message: 'Begin',
        gitAuthor: ALICE,
      });
    }
    await mkdir(path.join(base, 'shop/no-repository.git'));
    await symlink(
      path.join(base, 'other/cart.git'),
      path.join(base, 'shop/link.git'),
    );
    await writeFile(
      path.join(base, 'shop/cart.git/description'),
      'What somebody is about to buy\n',
    );
    repositories = PlainRepositories.below(`file://${base}`, sandbox.host)!;
  });
  afterAll(() => sandbox.remove());

  const names = async (query: {
    text?: string;
    owner?: string;
    cursor?: string;
    limit?: number;
  }) => {
    const { items, next } = await repositories.search({
      host: HOST,
      text: '',
      limit: 10,
      ...query,
    });
    return { names: items.map(one => `${one.owner}/${one.name}`), next };
  };

  it('are found by a part of their name, in the owner’s folder and below, and nowhere through a link', async () => {
    expect((await names({})).names).toEqual([
      'other/cart',
      'shop/cart',
      'shop/inner/orders',
    ]);
    expect((await names({ owner: 'shop' })).names).toEqual([
      'shop/cart',
      'shop/inner/orders',
    ]);
    expect((await names({ owner: 'shop', text: 'CAR' })).names).toEqual([
      'shop/cart',
    ]);
    expect((await names({ owner: 'nobody' })).names).toEqual([]);
  });

  it('come in pages', async () => {
    const first = await names({ limit: 2 });
    expect(first).toEqual({ names: ['other/cart', 'shop/cart'], next: '2' });
    expect(await names({ limit: 2, cursor: first.next })).toEqual({
      names: ['shop/inner/orders'],
      next: undefined,
    });
  });

  it('say what they are, and what lies in them', async () => {
    const place = { host: HOST, owner: 'shop', name: 'cart' };
    const found = await repositories.get(place);
    expect(found).toMatchObject({
      ...place,
      description: 'What somebody is about to buy',
      defaultBranch: 'trunk',
      archived: false,
    });
    const ref = { url: found.url, branch: 'trunk' };
    const { files, truncated } = await repositories.tree(ref);
    expect(truncated).toBe(false);
    const file = files.find(one => one.path === 'k8s/web.yaml')!;
    expect(await repositories.text(ref, { ...file, maxBytes: 100 })).toBe(
      'kind: Deployment\n',
    );
    await expect(
      repositories.text(ref, { ...file, maxBytes: 3 }),
    ).rejects.toThrow('larger than the 3 bytes');
  });

  it.each(['../other', 'shop/..', '.', 'a//b'])(
    'are not looked for at %s',
    async owner => {
      await expect(
        repositories.get({ host: HOST, owner, name: 'cart' }),
      ).rejects.toThrow('no name of a repository');
      expect((await names({ owner })).names).toEqual([]);
    },
  );

  it('that are not there are missing, and so is a branch that nobody pushed', async () => {
    await expect(
      repositories.get({ host: HOST, owner: 'shop', name: 'nothing' }),
    ).rejects.toThrow('There is no repository shop/nothing');
    const { url } = await repositories.get({
      host: HOST,
      owner: 'shop',
      name: 'cart',
    });
    await expect(repositories.tree({ url, branch: 'nothing' })).rejects.toThrow(
      NotFoundError,
    );
  });

  it('can’t be listed at a server that only speaks Git', () => {
    expect(
      PlainRepositories.below('https://git.example.com/code', sandbox.host),
    ).toBeUndefined();
  });
});
