import { stateDirectory } from '../lib/paths.ts';
import { startPortal } from '../lib/portal.ts';
import { fail, say } from '../lib/say.ts';
import { playScenes } from '../lib/scenes.ts';

// Brings the portal up with the embedded default: file SQLite, plain Git, sandbox clusters.
const state = stateDirectory();
const verbose = process.argv.includes('--verbose');
say(`state: ${state} (npm run reset gives a fresh one)`);

let stopping = false;
const portal = await startPortal({
  state,
  onLine(line) {
    const worth =
      /\berror\b|Failed to compile|EADDRINUSE|Sandbox cluster/i.test(line);
    if (verbose || worth) process.stdout.write(`${line}\n`);
  },
});
say(
  `starting backend and frontend (about half a minute); log: ${portal.logFile}`,
);

async function stop() {
  if (stopping) return;
  stopping = true;
  say('stopping');
  await portal.stop();
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, stop);

try {
  await portal.ready;
  say('ready');
  process.stdout.write(`
  Portal      ${portal.frontendUrl}        enter as guest, Dana (developer) or Priya (platform engineer)
  Slipway     ${portal.frontendUrl}/slipway
  New service ${portal.frontendUrl}/create
  Backend     ${portal.backendUrl}

  To look at: an environment that is healthy, one that waits for an approval, one that a policy has stopped, one whose
  image is missing, one that was changed by hand, and a pipeline that failed.

  Clusters, Argo CD and pipelines are the embedded sandbox: stand-ins in this process, labelled as such.
  Ctrl+C stops; the next start keeps everything.

`);
} catch (error) {
  await portal.stop();
  fail(
    `${(error as Error).message}\nRun "npm start -- --verbose" to see all of it.`,
  );
}
// What happened in the cluster before the newcomer came; the portal is there without it, too.
playScenes(portal, state).then(
  played => {
    for (const scene of played) say(`in the demo: ${scene}`);
  },
  error => {
    if (!stopping) say(`not all of the demo is there: ${error.message}`);
  },
);
const code = await portal.ended;
if (!stopping)
  fail(
    `the portal ended by itself with code ${code}; its log: ${portal.logFile}`,
  );
