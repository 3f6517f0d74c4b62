import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { endTestbed, TestbedError } from 'slipway-testbed';
import { ROOT } from '../lib/paths.ts';
import { startPortal } from '../lib/portal.ts';
import { fail, say } from '../lib/say.ts';
import { playScenes } from '../lib/scenes.ts';
import { startGiteaHost, type GiteaHost } from '../lib/giteaHost.ts';
import type { Platform } from '../lib/platform.ts';
import { sandboxPlatform } from '../lib/sandboxPlatform.ts';
import { startTestbedPlatform } from '../lib/testbedPlatform.ts';

// Brings the portal up against real parts: API servers with Argo CD, a Git host, or both. Everything is made anew at each
// start: what the testbed runs doesn't outlive its processes.
const USAGE =
  'npm run start:testbed -- [--clusters 0|1|2] [--git-host plain|gitea] [--verbose]';
/** Argo CD is told this address; a fixed one can be cloned from a shell. */
const GIT_PORT = 7019;

const { values } = readArguments();
const clusters = Number(values.clusters);
if (![0, 1, 2].includes(clusters))
  fail(
    `--clusters is ${values.clusters}; it has to be 1, 2, or 0 for the sandbox: ${USAGE}`,
  );
const gitHost = values['git-host'];
if (gitHost !== 'plain' && gitHost !== 'gitea')
  fail(`--git-host is ${gitHost}; it has to be plain or gitea: ${USAGE}`);
if (clusters === 0 && gitHost === 'plain')
  fail(
    'nothing real is left to start: take --git-host gitea, or a cluster, or npm start.',
  );

const state = join(ROOT, '.slipway-testbed');
const stateDir = join(state, 'testbed');
if (existsSync(state)) {
  say('removing what an earlier start left');
  await endTestbed(stateDir);
  await rm(state, { recursive: true, force: true });
}

const ends: Array<() => Promise<void>> = [];
let stopping = false;
async function stop(code: number) {
  if (stopping) return;
  stopping = true;
  say('stopping');
  for (const end of ends.toReversed()) await end();
  // Also what was still starting.
  await endTestbed(stateDir);
  await rm(state, { recursive: true, force: true });
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void stop(0));

try {
  await start();
} catch (error) {
  process.stderr.write(
    `slipway: ${error instanceof TestbedError ? error.message : (error as Error).stack}\n`,
  );
  await stop(error instanceof TestbedError ? error.exitCode : 1);
}

/** What runs beside the portal, and what is said of it. */
interface Around {
  platform: Platform;
  /** Lines of what is where. */
  places: string[];
  /** Sentences of what is real and what isn't. */
  honestly: string;
}

async function startClusters(): Promise<Around> {
  if (clusters === 0) {
    const platform = await sandboxPlatform(state);
    return {
      platform,
      places: [],
      honestly: `
  Clusters, Argo CD and pipelines are the embedded sandbox: stand-ins in the portal's process, labelled as such.`,
    };
  }
  say('starting clusters and Argo CD (the first time they are built)');
  const { platform, gitUrl, testbed, ...testbedPlatform } =
    await startTestbedPlatform({
      state,
      stateDir,
      clusters,
      gitPort: GIT_PORT,
      log: say,
    });
  ends.push(testbedPlatform.stop);
  const [destination] = platform.clusters;
  return {
    platform,
    places: [
      ...(gitHost === 'plain'
        ? [`Git         ${gitUrl}/platform.git, ${gitUrl}/gitops.git`]
        : []),
      `Argo CD     ${testbed.argocd?.url} (API only; user admin, password ${testbed.argocd?.adminPassword})`,
      `Clusters    ${platform.clusters.map(({ name, url }) => `${name} ${url}`).join(', ')}`,
      ...testbed.clusters.map(
        ({ kubeconfig }) => `            export KUBECONFIG=${kubeconfig}`,
      ),
    ],
    honestly: `
  Real: etcd, the API servers, their controllers and scheduler, admission, and Argo CD with all its parts${
    clusters === 2
      ? `, in
  ${platform.hub.name}; environments go to ${destination.name}`
      : ''
  }. The portal has the rights of infra/rbac, no more.
  Simulated: the node, by kwok. Pods become Running, but no container runs, no image is pulled, and no traffic flows.
  There are no pipelines.${
    gitHost === 'plain'
      ? ' Git is a plain server on loopback, without pull requests of a host.'
      : ''
  }`,
  };
}

/** Has Git at a Gitea, where that is asked for. */
async function startGitHost(around: Around): Promise<Around> {
  if (gitHost === 'plain') return around;
  say('starting Gitea (the first time it is built)');
  const host: GiteaHost = await startGiteaHost({ state, log: say });
  ends.push(host.stop);
  const { person, gitea } = host;
  return {
    platform: host.under(around.platform),
    places: [
      `Gitea       ${gitea.url}        ${person.name}, password ${person.password}; the platform's repositories are in platform/,`,
      `            the code in shop/: onboard orders (manifests), newsletter (compose file) or handbook (nothing yet)`,
      ...around.places,
    ],
    honestly: `${around.honestly}
  Gitea is a real one on loopback: pull requests, reviews, statuses, webhooks. Its pages come without scripts and styles.`,
  };
}

async function start(): Promise<void> {
  const { platform, places, honestly } = await startGitHost(
    await startClusters(),
  );
  // Somebody may have changed their mind meanwhile.
  if (stopping) return;
  const portal = await startPortal({
    state,
    platform,
    onLine(line) {
      const worth = /\berror\b|Failed to compile|EADDRINUSE/i.test(line);
      if (values.verbose || worth) process.stdout.write(`${line}\n`);
    },
  });
  ends.push(() => portal.stop());
  say(
    `starting backend and frontend (about half a minute); log: ${portal.logFile}`,
  );
  portal.ended.then(code => {
    if (stopping) return;
    say(`the portal ended by itself with code ${code}`);
    void stop(1);
  });
  await portal.ready;
  say('ready');
  process.stdout.write(`
  Portal      ${portal.frontendUrl}        enter as guest, Dana (developer) or Priya (platform engineer)
  Backend     ${portal.backendUrl}
${places.map(line => `  ${line}\n`).join('')}${honestly}
  Ctrl+C stops it and leaves nothing; every start begins afresh.

`);
  playScenes(portal, state).then(
    played => {
      for (const scene of played) say(`in the demo: ${scene}`);
    },
    error => {
      if (!stopping) say(`not all of the demo is there: ${error.message}`);
    },
  );
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        clusters: { type: 'string', default: '1' },
        'git-host': { type: 'string', default: 'plain' },
        verbose: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return fail(`${(error as Error).message}\n${USAGE}`);
  }
}
