import type { ApiPlatformFile } from '@slipway/plugin-slipway-common';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import { pathOf, SERVICE } from '../../hardening/__testUtils__/requests';
import { startTestPortal, TestPortal } from '../../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../../__testUtils__/testRepositories';

const databases = createTestDatabases();
const SUBJECT = 'service/shop/basket';
const PATH = pathOf('basket');
const TEXT = SERVICE('basket');

describe('edits that are added to an open change request', () => {
  let repositories: TestRepositories;
  let portal: TestPortal;

  beforeEach(async () => {
    repositories = await createTestRepositories();
    await repositories.commit(repositories.platform, { [PATH]: TEXT });
    portal = await startTestPortal({
      repositories,
      db: await databases.empty('SQLITE_3'),
    });
    await portal.until(
      async () =>
        (await portal.as('priya').get('/services/shop/basket')).status === 200,
    );
  });
  afterEach(async () => {
    await portal?.stop();
    await repositories?.remove();
  });

  type Who = Parameters<TestPortal['as']>[0];
  const read = async (who: Who = 'dana', path = PATH) => {
    const query = new URLSearchParams({ path, subject: SUBJECT });
    return portal.as(who).get(`/files?${query}`);
  };
  /** What a template does: reads the file, edits it, and opens it as an edit of what it read. */
  const request = (
    { content, digest }: ApiPlatformFile,
    title: string,
    [from, to]: [string, string],
  ) => {
    expect(content).toContain(from);
    return {
      subject: SUBJECT,
      title,
      description: `Why: ${title}.`,
      files: [{ path: PATH, content: content.replace(from, to) }],
      from: [{ path: PATH, digest }],
    };
  };
  const open = async (body: object, who: Who = 'dana') => {
    const answer = await portal.as(who).post('/change-requests', body);
    expect([answer.status, answer.body.detail]).toEqual([201, undefined]);
    return answer.body;
  };
  const CPU: [string, string] = ['cpu: 50m', 'cpu: 75m'];
  const PORT: [string, string] = ['port: 8080', 'port: 9090'];
  const merge = (change: { id: string; headCommit: string }) =>
    portal.as('priya').post(`/change-requests/${change.id}/merge`, {
      headCommit: change.headCommit,
    });

  it('are both in it, whoever makes them, and both told in title and description', async () => {
    const first = await open(request((await read()).body, 'More CPU', CPU));
    const seen: ApiPlatformFile = (await read('priya')).body;
    expect(seen.changeRequest).toEqual({
      id: first.id,
      number: first.number,
      title: 'More CPU',
    });
    const second = await open(request(seen, 'Another port', PORT), 'priya');
    expect(second.id).toBe(first.id);
    expect(second.title).toBe('More CPU; Another port');
    expect(second.description).toBe(
      'Why: More CPU.\n\nAnother port\n\nWhy: Another port.',
    );
    expect((await merge(second)).body.state).toBe('merged');
    const text = await repositories.file(repositories.platform, PATH);
    expect(text).toBe(TEXT.replace(...CPU).replace(...PORT));
  });

  it('leave alone what was merged since the change request was opened', async () => {
    await open(request((await read()).body, 'More CPU', CPU));
    const reviewed: [string, string] = [
      'kind: ServiceSpec',
      'kind: ServiceSpec # reviewed',
    ];
    await repositories.commit(repositories.platform, {
      [PATH]: TEXT.replace(...reviewed),
    });
    const change = await open(request((await read()).body, 'Port', PORT));
    expect((await merge(change)).body.state).toBe('merged');
    expect(await repositories.file(repositories.platform, PATH)).toBe(
      TEXT.replace(...reviewed)
        .replace(...CPU)
        .replace(...PORT),
    );
  });

  it('are refused, naming the change request, where another one came in between', async () => {
    const { body } = await read();
    const first = await open(request(body, 'More CPU', CPU));
    const late = await portal
      .as('dana')
      .post('/change-requests', request(body, 'Another port', PORT));
    expect([late.status, late.body.detail]).toEqual([
      409,
      expect.stringMatching(
        new RegExp(`#${first.number} \\(More CPU\\) .*${PATH}.*again`),
      ),
    ]);
    const { body: now } = await portal
      .as('dana')
      .get(`/change-requests/${first.id}`);
    expect(now.headCommit).toBe(first.headCommit);
  });

  it('are made once, however often they are sent: while open, with others on top, and after the merge', async () => {
    const asked = request((await read()).body, 'More CPU', CPU);
    const first = await open(asked);
    const again = await open(asked);
    expect(again).toMatchObject({
      id: first.id,
      headCommit: first.headCommit,
      title: 'More CPU',
    });
    const both = await open(request((await read()).body, 'Port', PORT));
    expect(await open(asked)).toMatchObject({
      id: first.id,
      headCommit: both.headCommit,
      title: both.title,
    });
    await merge(both);
    expect(await open(asked)).toMatchObject({ id: first.id, state: 'merged' });
    const { body } = await portal.as('dana').get('/change-requests?state=open');
    expect(body.items).toEqual([]);
  });

  it('all get in where they race: those that came too late are told to be made again', async () => {
    const { body } = await read();
    const answers = await Promise.all(
      [request(body, 'More CPU', CPU), request(body, 'Another port', PORT)].map(
        one => portal.as('dana').post('/change-requests', one),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const won = answers.find(({ status }) => status === 201)!;
    const { content } = (await read()).body;
    const [edit] = won.body.title === 'More CPU' ? [CPU] : [PORT];
    expect(content).toBe(TEXT.replace(...edit));
  });

  it('keep the other files of a change request that makes a service, and its code', async () => {
    const made = await open({
      subject: 'service/shop/fresh',
      title: 'Add fresh',
      files: [{ path: pathOf('fresh'), content: SERVICE('fresh') }],
      skeleton: {
        repository: 'shop/fresh',
        branch: 'main',
        files: [{ path: 'README.md', content: '# fresh\n' }],
      },
    });
    const { body: other } = await portal
      .as('dana')
      .get(
        `/files?${new URLSearchParams({ path: PATH, subject: 'service/shop/fresh' })}`,
      );
    const added = await open({
      ...request(other, 'More CPU', CPU),
      subject: 'service/shop/fresh',
    });
    expect(added.id).toBe(made.id);
    expect(added.paths.sort()).toEqual([PATH, pathOf('fresh')].sort());
    expect(added.skeleton.files).toEqual(['README.md']);
  });

  it('are refused before they are made where nothing can be added', async () => {
    const first = await open(request((await read()).body, 'More CPU', CPU));
    await repositories.commit(repositories.platform, {
      [PATH]: TEXT.replace('cpu: 50m', 'cpu: 60m'),
    });
    const conflict = await read();
    expect([conflict.status, conflict.body.detail]).toEqual([
      409,
      expect.stringContaining(
        `#${first.number} (More CPU) is open and conflicts`,
      ),
    ]);
    await portal.as('dana').post(`/change-requests/${first.id}/close`);
    await open({
      subject: SUBJECT,
      title: 'Remove it',
      files: [{ path: PATH }],
    });
    const removed = await read();
    expect([removed.status, removed.body.detail]).toEqual([
      409,
      expect.stringContaining(`(Remove it) removes ${PATH}`),
    ]);
  });

  it('are read by nobody who may not see the file', async () => {
    await open(request((await read()).body, 'More CPU', CPU));
    const hidden = await read('nobody');
    const none = await read('dana', pathOf('nothing'));
    expect([hidden.status, none.status]).toEqual([404, 404]);
    expect(hidden.body.detail).toBe(
      none.body.detail.replace(pathOf('nothing'), PATH),
    );
    const refused = await portal
      .as('guest')
      .post('/change-requests', request((await read()).body, 'Port', PORT));
    expect(refused.status).toBe(403);
  });
});
