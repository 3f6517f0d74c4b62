import { LOOPBACK } from '../ports.ts';

/** Sections of Gitea's app.ini, and the keys in them. */
type Configuration = Record<string, Record<string, string | number | boolean>>;

/** Everything on loopback, nothing asked of the network, and no task by the clock. */
export function giteaConfiguration(options: {
  folder: string;
  staticRoot: string;
  port: number;
  user: string;
  secret: string;
}): string {
  const { folder, staticRoot, port, user, secret } = options;
  const off = { ENABLED: false };
  const configuration: Configuration = {
    '': {
      APP_NAME: 'Testbed',
      RUN_MODE: 'prod',
      RUN_USER: user,
      WORK_PATH: folder,
      // It holds nothing and listens on loopback; as any other user this changes nothing.
      I_AM_BEING_UNSAFE_RUNNING_AS_ROOT: true,
    },
    server: {
      PROTOCOL: 'http',
      HTTP_ADDR: LOOPBACK,
      HTTP_PORT: port,
      DOMAIN: LOOPBACK,
      ROOT_URL: `http://${LOOPBACK}:${port}/`,
      STATIC_ROOT_PATH: staticRoot,
      APP_DATA_PATH: `${folder}/data`,
      DISABLE_SSH: true,
      OFFLINE_MODE: true,
    },
    database: { DB_TYPE: 'sqlite3', PATH: `${folder}/gitea.db` },
    repository: {
      ROOT: `${folder}/repositories`,
      DEFAULT_BRANCH: 'main',
      ENABLE_PUSH_CREATE_ORG: false,
    },
    security: {
      INSTALL_LOCK: true,
      SECRET_KEY: secret,
      INTERNAL_TOKEN: '',
      PASSWORD_HASH_ALGO: 'pbkdf2$1000$50',
    },
    service: { DISABLE_REGISTRATION: true, REQUIRE_SIGNIN_VIEW: false },
    webhook: { ALLOWED_HOST_LIST: 'loopback', DELIVER_TIMEOUT: 5 },
    indexer: { ISSUE_INDEXER_TYPE: 'db', REPO_INDEXER_ENABLED: false },
    session: { PROVIDER: 'memory' },
    cache: { ADAPTER: 'memory' },
    queue: { TYPE: 'channel' },
    log: { MODE: 'console', LEVEL: 'Warn' },
    actions: off,
    packages: off,
    mailer: off,
    cron: off,
    'cron.update_checker': off,
  };
  return Object.entries(configuration)
    .map(([section, keys]) =>
      [
        ...(section ? [`[${section}]`] : []),
        ...Object.entries(keys).map(([key, value]) => `${key} = ${value}`),
      ].join('\n'),
    )
    .join('\n\n');
}
