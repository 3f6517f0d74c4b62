import { rm, writeFile } from 'node:fs/promises';
import { createTestDatabases } from '../database/__testUtils__/databases';
import { startTestPortal, TestPortal } from '../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../__testUtils__/testRepositories';
import { openBody, SERVICE } from './__testUtils__/requests';

describe('the intent behind a change request', () => {
  const databases = createTestDatabases();
  let repositories: TestRepositories;
  let portal: TestPortal;

  beforeAll(async () => {
    repositories = await createTestRepositories();
    portal = await startTestPortal({
      repositories,
      db: await databases.empty('SQLITE_3'),
    });
    await portal.until(
      async () =>
        (await portal.as('priya').get('/services')).body.items?.length === 2,
    );
  });

  afterAll(async () => {
    await portal?.stop();
    await repositories?.remove();
  });

  const dana = () => portal.as('dana');
  const skeleton = (name: string) => ({
    skeleton: {
      repository: `shop/${name}`,
      branch: 'main',
      files: [{ path: 'README.md', content: `# ${name}\n` }],
    },
  });
  const open = async (name: string, content: string, more: object = {}) => {
    const { status, body } = await dana().post(
      '/change-requests',
      openBody(name, content, more),
    );
    expect({ status, title: body.title, detail: body.detail }).toMatchObject({
      status: 201,
    });
    return body;
  };
  const merge = async (change: { id: string; headCommit: string }) => {
    const answer = await dana().post(`/change-requests/${change.id}/merge`, {
      headCommit: change.headCommit,
    });
    expect(answer.body).toMatchObject({ state: 'merged' });
  };
  const skeletonOf = async (id: string) =>
    (await dana().get(`/change-requests/${id}`)).body.skeleton;

  it('stays with its merged change, whose skeleton fails, when the same branch is opened again', async () => {
    // A file stands where the folder of the organization's code repositories has to be.
    await writeFile(`${repositories.code}/shop`, '');
    const first = await open('basket', SERVICE('basket'), skeleton('basket'));
    await merge(first);
    await portal.until(
      async () => (await skeletonOf(first.id)).state === 'failed',
    );

    const second = await open(
      'basket',
      SERVICE('basket').replace('50m', '75m'),
      skeleton('basket-two'),
    );
    expect(second.id).not.toBe(first.id);
    expect(second.branch).toBe(first.branch);
    expect(second.skeleton.repository).toMatch(/basket-two\.git$/);
    expect((await skeletonOf(first.id)).repository).toMatch(/basket\.git$/);

    await rm(`${repositories.code}/shop`);
    await portal.until(
      async () => (await skeletonOf(first.id)).state === 'done',
    );
    expect(
      await repositories.git(
        `${repositories.code}/shop/basket.git`,
        'show',
        'main:README.md',
      ),
    ).toBe('# basket\n');
    expect((await skeletonOf(second.id)).state).toBe('pending');
    await merge(second);
    await portal.until(
      async () => (await skeletonOf(second.id)).state === 'done',
    );
  });

  it('answers a request that is repeated after its merge with the merged change', async () => {
    const first = await open('twice', SERVICE('twice'));
    await merge(first);
    const again = await open('twice', SERVICE('twice'));
    expect(again).toMatchObject({ id: first.id, state: 'merged' });
    // Nothing is left on the branch that would lend itself to the next change.
    const next = await open('twice', SERVICE('twice').replace('50m', '60m'));
    expect(next.id).not.toBe(first.id);
    await merge(next);
  });

  it('ends with a close, so that the branch can be opened anew at once', async () => {
    const first = await open('again', SERVICE('again'), skeleton('again'));
    await dana().post(`/change-requests/${first.id}/close`);
    const second = await open('again', SERVICE('again').replace('50m', '60m'));
    expect(second.id).not.toBe(first.id);
    expect(second.skeleton).toBeUndefined();
  });
});
