import { leaveOthers } from '../container';
import type { Found } from '../Found';
import type { Ledger } from '../Ledger';
import { portFields, Variables, workloadImage } from '../parts';
import type { FirstSpecInput, FirstWorkload } from '../types';
import { builtImage, sourceOf } from './build';
import { readEnvironment } from './environment';
import { portsOf } from './ports';
import { probeOf, wordsOf } from './process';
import { sizeOf } from './size';
import type { Volume } from './volumes';

const READ = new Set([
  'image',
  'build',
  'ports',
  'expose',
  'environment',
  'env_file',
  'volumes',
  'tmpfs',
  'depends_on',
  'links',
  'deploy',
  'healthcheck',
  'command',
  'entrypoint',
  'restart',
  'container_name',
  'hostname',
  'profiles',
  'scale',
]);
const WHY: Record<string, string> = {
  networks:
    'what a workload talks to is named under needs, and nothing else is open',
  secrets: 'secrets are references to the organization’s store',
  privileged: 'nothing runs privileged',
  cap_add: 'nothing gets capabilities',
  user: 'Slipway runs every workload without root',
  labels: 'they are for a tool beside compose',
  logging: 'the platform collects what is written to standard output',
};

/** One service of a compose file; undefined when it has nothing to run. */
export function workloadOf(
  {
    at,
    owner,
    name,
    image,
    volumes,
  }: {
    at: Found;
    owner: string;
    name: string;
    image: string | undefined;
    volumes: Volume[];
  },
  input: FirstSpecInput,
  ledger: Ledger,
): FirstWorkload | undefined {
  const build = at.at('build');
  if (image === undefined && !build.exists) return undefined;
  leaveOthers(at, owner, READ, WHY, ledger);
  const variables = new Variables(owner, input, ledger);
  readEnvironment(at, owner, variables, ledger);
  const ports = portsOf(at, owner, ledger);
  const size = sizeOf(at, owner, ledger);
  const liveness = probeOf(at.at('healthcheck'), owner, ledger);
  const command = wordsOf(at.at('entrypoint'), owner, ledger);
  const args = wordsOf(at.at('command'), owner, ledger);
  if (at.at('profiles').exists)
    ledger.leave(
      at.at('profiles'),
      `${owner}: profiles`,
      'an environment runs all workloads of its service',
    );
  return {
    name,
    kind: ports.length > 0 ? 'Deployment' : 'Worker',
    ...(build.exists && { source: sourceOf(build, input, owner, ledger) }),
    image:
      image === undefined || build.exists
        ? builtImage(build, image, name, input, owner, ledger)
        : workloadImage(at.at('image'), image, owner, ledger),
    ...portFields(ports),
    ...size,
    ...(liveness && { probes: { liveness } }),
    ...variables.result(),
    ...(volumes.length > 0 && { volumes }),
    ...(command && { command }),
    ...(args && { args }),
  };
}
