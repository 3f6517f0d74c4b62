import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createTestDatabases } from '../database/__testUtils__/databases';
import { startTestPortal, TestPortal } from '../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../__testUtils__/testRepositories';
import { openBody, SERVICE } from './__testUtils__/requests';

const databases = createTestDatabases();
const { PATH } = process.env;

/** What a page of a change request may start; each process is some milliseconds, many more on a busy machine. */
const AT_FIRST = 5;
/** When nothing has moved since: only the merge is tried anew, as its result is an object that may be cleaned up. */
const AGAIN = 1;

describe('git processes', () => {
  let folder: string;
  let log: string;
  let repositories: TestRepositories;
  let portal: TestPortal;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slipway-counted-git-'));
    log = join(folder, 'started');
    await writeFile(log, '');
    const counted = join(folder, 'git');
    await writeFile(
      counted,
      `#!/bin/sh\necho "$@" >> '${log}'\nPATH='${PATH}' exec git "$@"\n`,
    );
    await chmod(counted, 0o755);
    repositories = await createTestRepositories();
    process.env.PATH = [folder, PATH].join(delimiter);
    portal = await startTestPortal({
      repositories,
      db: await databases.empty('SQLITE_3'),
      config: {
        slipway: {
          platform: {
            repositories: [{ url: `file://${repositories.platform}` }],
            // Nothing but the page is to start any.
            pollSeconds: 86_400,
          },
          gitops: { repository: { url: `file://${repositories.gitops}` } },
          git: { cacheDirectory: `${repositories.root}/cache` },
        },
      },
    });
    await portal.until(
      async () =>
        (await portal.as('priya').get('/classes')).body.items?.length > 0,
    );
  });

  afterAll(async () => {
    process.env.PATH = PATH;
    await portal?.stop();
    await repositories?.remove();
    await rm(folder, { recursive: true, force: true });
  });

  /** What git was started with while something ran; the settings that all have in common left out. */
  async function startedBy(run: () => Promise<unknown>): Promise<string[]> {
    const before = (await readFile(log, 'utf8')).length;
    await run();
    const after = (await readFile(log, 'utf8')).slice(before);
    return after
      .split('\n')
      .filter(Boolean)
      .map(line => line.replace(/-c \S+ |--git-dir=\S+ /g, ''));
  }

  it('are few for the page of a change request', async () => {
    const { body: change } = await portal
      .as('dana')
      .post('/change-requests', openBody('counted', SERVICE('counted')));
    const page = () => portal.as('dana').get(`/change-requests/${change.id}`);
    await portal
      .as('dana')
      .post('/change-requests', openBody('other', SERVICE('other')));
    const { body: merged } = await portal.as('dana').get('/change-requests');
    expect(merged.items).toHaveLength(2);
    const first = await startedBy(page);
    const again = await startedBy(page);
    expect(again.length <= AGAIN ? [] : again).toEqual([]);
    expect(first.length <= AT_FIRST ? [] : first).toEqual([]);
  });
});
