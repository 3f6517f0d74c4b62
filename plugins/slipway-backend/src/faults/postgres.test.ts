import knexFactory, { type Knex } from 'knex';
import { startTestPortal, type TestPortal } from '../__testUtils__/testPortal';
import {
  createTestRepositories,
  type TestRepositories,
} from '../__testUtils__/testRepositories';
import { pathOf, SERVICE } from '../hardening/__testUtils__/requests';
import { OwnPostgres } from './__testUtils__/OwnPostgres';
import { until } from './__testUtils__/processes';

jest.setTimeout(180_000);

describe('a portal whose PostgreSQL', () => {
  let postgres: OwnPostgres;
  let db: Knex;
  let repositories: TestRepositories;
  let portal: TestPortal;

  const services = async (): Promise<string[]> =>
    (await portal.as('guest').get('/services')).body.items?.map(
      (it: { name: string }) => it.name,
    ) ?? [];

  beforeAll(async () => {
    postgres = await OwnPostgres.start();
    db = knexFactory({
      client: 'pg',
      connection: postgres.connection,
      // As Backstage has them, but with less patience: a test doesn't wait for a minute.
      pool: { min: 0, max: 10 },
      acquireConnectionTimeout: 2_000,
      // What it has to say of lost connections is what is tested.
      log: { debug() {}, deprecate() {}, error() {}, warn() {} },
    });
    repositories = await createTestRepositories();
    portal = await startTestPortal({ repositories, db });
    await until(async () => (await services()).length === 2);
  });
  afterAll(async () => {
    await portal?.stop();
    await db?.destroy();
    await postgres?.stop();
    await repositories?.remove();
  });

  it.each([
    ['is stopped in order and started again', 'SIGINT'],
    ['is killed and started again', 'SIGKILL'],
  ] as const)(
    '%s says what is away, and goes on by itself with what happened meanwhile',
    async (_, signal) => {
      const name = `while-${signal.toLowerCase()}`;
      const { restart } = await postgres.end(signal);
      const began = performance.now();
      const answer = await portal.as('guest').get('/services');
      expect(performance.now() - began).toBeLessThan(10_000);
      expect(answer.status).toBe(503);
      expect(answer.body).toMatchObject({
        title: 'ServiceUnavailableError',
        detail: expect.stringMatching(
          /database doesn't answer.*asked again by itself/,
        ),
      });
      await repositories.commit(repositories.platform, {
        [pathOf(name)]: SERVICE(name),
      });
      restart();
      await until(async () => (await services()).includes(name), {
        what: 'the commit is read',
      });
      // Once, and nothing of the work is lost.
      const { body } = await portal.as('priya').get('/operations');
      expect(body.sources[0]).toMatchObject({ state: 'ok' });
      expect(body.queue.dead).toBe(0);
      expect(portal.logged.join('\n')).toContain("The queue can't be read");
    },
  );
});
