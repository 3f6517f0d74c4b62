import { resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { openArgoCD } from './addons/argocd/index.ts';
import { ADDONS } from './addons/index.ts';
import { ensureBinaries } from './build.ts';
import { bringDown, bringUp, readAdditions } from './clusters.ts';
import { TestbedError } from './errors.ts';
import { defaultStateRoot } from './paths.ts';
import {
  clusterEnvironments,
  clusterStatuses,
  formatEnvironments,
  formatStatuses,
} from './report.ts';
import { CRD_BUNDLES } from './tools.ts';

const USAGE = `Real Kubernetes control planes as plain processes on 127.0.0.1.

  testbed up      [--clusters N] [--with NAME]... [--crds DIR]...
  testbed status  [--json]
  testbed env     [--json]
  testbed down

  --clusters N     bring up the clusters 1 to N (1 unless given)
  --with NAME      install a bundle of CRDs: ${CRD_BUNDLES.map(({ name }) => name).join(', ')};
                   or run beside the cluster: ${ADDONS.map(({ name }) => name).join(', ')}; several with commas
  --crds DIR       apply every manifest in a folder, server-side
  --state-dir DIR  another folder for data, keys and logs
  --json           for programs

Environment: KUBEBUILDER_ASSETS (folder with ready binaries), SLIPWAY_TESTBED_CACHE.
Exit codes: 1 failed, 2 something must be installed first, 3 no cluster is ready (status, env).`;

const EXIT_NOT_READY = 3;
/** Ports, memory (0.7 GiB each) and patience end somewhere. */
const MAX_CLUSTERS = 9;

const stateDir = { 'state-dir': { type: 'string' } } as const;
const json = { json: { type: 'boolean', default: false } } as const;

/** What is done is told on stderr, so that stdout holds answers only. */
const log = (message: string) => process.stderr.write(`${message}\n`);
const print = (message: string) => process.stdout.write(`${message}\n`);

async function up(args: string[]): Promise<void> {
  const { values } = parse(args, {
    ...stateDir,
    clusters: { type: 'string', default: '1' },
    with: { type: 'string', multiple: true, default: [] },
    crds: { type: 'string', multiple: true, default: [] },
  });
  const count = Number(values.clusters);
  if (!Number.isInteger(count) || count < 1 || count > MAX_CLUSTERS) {
    throw new TestbedError(
      `--clusters was "${values.clusters}"; it must be a whole number from 1 to ${MAX_CLUSTERS}.`,
    );
  }
  const additions = await readAdditions(values, log);
  const binaries = await ensureBinaries(log);
  const results = await bringUp({
    stateRoot: stateRoot(values),
    count,
    binaries,
    additions,
    log,
  });
  for (const { cluster, started, milliseconds } of results) {
    const how = started
      ? `ready in ${(milliseconds / 1000).toFixed(1)} s`
      : 'already running';
    print(
      `${cluster.name} ${how}: ${cluster.url}\n  KUBECONFIG=${cluster.kubeconfig}`,
    );
  }
  const { objects, addons } = additions;
  if (objects.length > 0) print(`Applied ${objects.length} objects to each.`);
  if (addons.length > 0)
    print(
      `Beside each run ${addons
        .filter(({ addon }) => !addon.hub)
        .map(({ addon }) => addon.name)
        .join(', ')}.`,
    );
  const argocd = openArgoCD(stateRoot(values));
  if (argocd)
    print(
      `Argo CD runs in ${results[0].cluster.name}: ${argocd.url}, user admin, password ${argocd.adminPassword}`,
    );
}

async function down(args: string[]): Promise<void> {
  const { values } = parse(args, stateDir);
  const names = await bringDown(stateRoot(values), log);
  print(
    names.length > 0
      ? `Ended and removed ${names.join(', ')}.`
      : 'There is no cluster.',
  );
}

async function status(args: string[]): Promise<void> {
  const { values } = parse(args, { ...stateDir, ...json });
  const statuses = clusterStatuses(stateRoot(values), Date.now());
  if (values.json) print(JSON.stringify(statuses, null, 2));
  else print(formatStatuses(statuses) || 'There is no cluster.');
  if (statuses.length === 0 || statuses.some(({ ready }) => !ready)) {
    process.exitCode = EXIT_NOT_READY;
  }
}

async function env(args: string[]): Promise<void> {
  const { values } = parse(args, { ...stateDir, ...json });
  const environments = clusterEnvironments(stateRoot(values));
  if (environments.length === 0) {
    throw new TestbedError('No cluster is ready; start one with "up".', {
      exitCode: EXIT_NOT_READY,
    });
  }
  print(
    values.json
      ? JSON.stringify(environments, null, 2)
      : formatEnvironments(environments),
  );
}

const COMMANDS: Record<string, (args: string[]) => Promise<void>> = {
  up,
  down,
  status,
  env,
};

function stateRoot(values: { 'state-dir'?: string }): string {
  return resolve(values['state-dir'] ?? defaultStateRoot);
}

/** An option that a command does not know is refused, with Node's own words. */
function parse<T extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: T,
) {
  try {
    return parseArgs({ args, options, strict: true });
  } catch (error) {
    throw new TestbedError(`${(error as Error).message}\n\n${USAGE}`, {
      cause: error,
    });
  }
}

async function main(): Promise<void> {
  const [name, ...args] = process.argv.slice(2);
  if (name === undefined || name === 'help' || name === '--help') {
    print(USAGE);
    return;
  }
  const command = COMMANDS[name];
  if (!command)
    throw new TestbedError(`There is no command "${name}".\n\n${USAGE}`);
  await command(args);
}

main().catch((error: unknown) => {
  // A failure that was foreseen explains itself; any other needs its stack.
  log(
    error instanceof TestbedError
      ? error.message
      : String((error as Error).stack ?? error),
  );
  process.exitCode = error instanceof TestbedError ? error.exitCode : 1;
});
