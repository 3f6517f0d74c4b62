// The smallest process with everything that Slipway does by itself: queue, engine, every reconciler, watches and writer as
// they are wired in life, without HTTP. It is bundled once, waits loaded, and begins when it is told to. Before every step
// of every reconcile it tells its parent, and goes on when it is told to: its parent ends it there, or in the middle.
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { GiteaHost } from '@slipway/plugin-slipway-backend-module-gitea';
import knexFactory from 'knex';
import { flushCompileCache } from 'node:module';
import { ReconcileEngine } from '../../reconcile/engine';
import { readSettings } from '../../settings';
import { assemble } from '../../wiring/assemble';
import type { Dependencies } from '../../wiring/dependencies';
import { PullRequestHosts } from '../../wiring/pullRequests';
import type { FromLife, ToLife } from './lifeMessages';

const goOn: Array<() => void> = [];
const write = (message: string) => process.stdout.write(`${message}\n`);
const logger: LoggerService = {
  error: write,
  warn: write,
  info: write,
  debug: () => {},
  child: () => logger,
};

/** Says something, and waits for the answer: whatever has been said was heard. */
function say(message: FromLife): Promise<void> {
  return new Promise(resolve => {
    goOn.push(resolve);
    process.send!(message);
  });
}

process.on('message', (message: ToLife) => {
  if (message.type === 'go-on') goOn.shift()?.();
  else
    live(message).catch(error => {
      process.stderr.write(`${error.stack}\n`);
      process.exit(1);
    });
});
// Whoever started it is gone.
process.on('disconnect', () => process.exit(0));

async function live({
  config,
  database,
}: Extract<ToLife, { type: 'begin' }>): Promise<void> {
  // The product has no such hook of its own: the engine is created with an observer here.
  const create = ReconcileEngine.create.bind(ReconcileEngine);
  ReconcileEngine.create = options =>
    create({
      ...options,
      onStep: (key, step, when) =>
        when === 'before' ? say({ type: 'step', key, step }) : undefined,
    });
  const root = new ConfigReader(config);
  const gitea = root.getOptionalConfigArray('integrations.gitea')?.map(one => ({
    host: one.getString('host'),
    baseUrl: one.getString('baseUrl'),
    username: one.getString('username'),
    password: one.getString('password'),
  }));
  const pullRequestHosts = new PullRequestHosts();
  if (gitea) pullRequestHosts.addHost(GiteaHost.create(gitea));
  const slipway = await assemble({
    config: root,
    db: knexFactory({
      client: 'pg',
      connection: database,
      pool: { min: 0, max: 8 },
    }),
    settings: readSettings(root),
    logger,
    pullRequestHosts,
    pipelineEngines: [],
    // What is told to people is counted by the parent; what only opens pages hear, by nobody.
    notifications: {
      send: ({ payload }: { payload: { scope?: string; title: string } }) =>
        say({ type: 'notice', scope: payload.scope!, title: payload.title }),
    },
    events: { publish: async () => {}, subscribe: async () => {} },
    signals: { publish: async () => {} },
    // Nobody asks this process for anything.
    ...({} as Pick<
      Dependencies,
      'auth' | 'catalog' | 'permissions' | 'permissionsRegistry' | 'userInfo'
    >),
  } as Dependencies);
  await slipway.start();
}

// Whoever is killed writes nothing at its end.
flushCompileCache();
