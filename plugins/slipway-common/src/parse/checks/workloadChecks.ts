import { cronError } from '../cron';
import { nameOf, show, type Report } from '../report';
import type { View } from '../view';
import {
  checkMemory,
  checkOrder,
  checkPositive,
  checkUnique,
  forbid,
} from './common';

/**
 * What has to hold between the fields of a workload, or of what an
 * environment overrides in it.
 *
 * @internal
 */
export function checkWorkload(workload: View, report: Report): void {
  if (workload.get('port').present) {
    forbid(
      workload.get('ports'),
      'beside port',
      'port is short for one http port: write it as an item of ports',
      report,
    );
  }
  const ports = workload.get('ports').items;
  checkUnique(
    ports.map(port => port.get('name')),
    'the name of a port',
    report,
  );
  checkUnique(
    ports.map(port => port.get('port')),
    'the number of a port',
    report,
  );
  checkUnique(workload.get('domains').items, 'a domain', report);
  checkUnique(workload.get('needs').items, 'a need', report);
  checkUnique(
    [...workload.get('env').items, ...workload.get('secrets').items].map(item =>
      item.get('name'),
    ),
    'the name of a variable',
    report,
  );
  if (workload.get('autoscaling').present) {
    forbid(
      workload.get('replicas'),
      'beside autoscaling',
      'take replicas out; autoscaling has min and max',
      report,
    );
  }
  checkAutoscaling(workload.get('autoscaling'), report);
  checkVolumes(workload, report);
  checkResources(workload.get('resources'), report);
  workload
    .get('secrets')
    .items.forEach(secret => checkSecretReference(secret.get('from'), report));
  workload.get('probes').fields.forEach(probe => checkProbe(probe, report));
  checkSchedule(workload.get('schedule'), report);
  workload.get('patches').items.forEach(patch => checkPatch(patch, report));
}

/** What a workload as a whole has to be, which an override can't say. @internal */
export function checkWhole(workload: View, report: Report): void {
  const kind = workload.get('kind').text ?? 'Deployment';
  const image = workload.get('image');
  if (image.get('digest').present && !image.get('revision').present) {
    report({
      at: image.get('digest').path,
      code: 'conflict',
      message: `${nameOf(image.path)} has a digest without the revision that it belongs to`,
      hint: 'add the tag as revision',
    });
  }
  if (kind === 'CronJob') {
    checkCronJob(workload, report);
  } else {
    forbid(
      workload.get('schedule'),
      `for a ${kind}`,
      'only a CronJob has a schedule: set kind: CronJob, or take it out',
      report,
    );
  }
  if (kind === 'Worker') {
    forbid(
      workload.get('domains'),
      'for a Worker',
      'a Worker is not called: make it a Deployment, or take the domains out',
      report,
    );
  }
  checkProbePorts(workload, report);
}

/** Reports domains of a workload that has no port to send requests to. @internal */
export function checkRoutable(
  domains: View,
  workload: View,
  report: Report,
): void {
  const routable =
    workload.get('port').present ||
    workload
      .get('ports')
      .items.some(port => port.get('protocol').text !== 'tcp');
  if (domains.items.length > 0 && !routable) {
    report({
      at: domains.path,
      onKey: true,
      code: 'conflict',
      message: `${nameOf(domains.path)} lead to no port`,
      hint: 'add an http or grpc port, for example port: 8080',
    });
  }
}

/** Reports a secret reference that says neither or both. @internal */
export function checkSecretReference(from: View, report: Report): void {
  if (!from.fields.length) {
    return;
  }
  const vault = from.get('vault').present;
  const others = ['store', 'key', 'property'].filter(
    name => from.get(name).present,
  );
  const complete = from.get('store').present && from.get('key').present;
  if (vault ? others.length > 0 : !complete) {
    report({
      at: from.path,
      code: 'conflict',
      message: `${nameOf(from.path)} does not say where the secret is`,
      found: [...(vault ? ['vault'] : []), ...others].join(', ') || 'nothing',
      allowed: 'either vault, or store and key with an optional property',
    });
  }
}

function checkCronJob(workload: View, report: Report): void {
  if (!workload.get('schedule').present) {
    report({
      at: workload.get('schedule').path,
      code: 'missing',
      message: `${nameOf(workload.path)} is a CronJob without a schedule`,
      allowed: 'five cron fields or a macro such as @daily',
      hint: "add schedule, for example '0 3 * * *' for three every night",
    });
  }
  for (const name of [
    'port',
    'ports',
    'domains',
    'replicas',
    'autoscaling',
    'probes',
    'metrics',
  ]) {
    forbid(
      workload.get(name),
      'for a CronJob',
      `a CronJob runs and ends: take ${name} out, or make it a Deployment`,
      report,
    );
  }
}

function checkSchedule(schedule: View, report: Report): void {
  const error =
    schedule.text === undefined ? undefined : cronError(schedule.text);
  if (error) {
    report({
      at: schedule.path,
      code: 'format',
      message: `${nameOf(schedule.path)} is no schedule: ${error}`,
      found: show(schedule.value),
      allowed:
        'minute, hour, day of month, month and day of week, or a macro such as @daily',
    });
  }
}

function checkAutoscaling(autoscaling: View, report: Report): void {
  const min = autoscaling.get('min');
  const max = autoscaling.get('max');
  if (
    min.number !== undefined &&
    max.number !== undefined &&
    min.number > max.number
  ) {
    report({
      at: max.path,
      code: 'range',
      message: `${nameOf(max.path)} is less than ${nameOf(min.path)}`,
      found: show(max.value),
      allowed: `at least ${min.number}`,
    });
  }
}

function checkVolumes(workload: View, report: Report): void {
  const volumes = workload.get('volumes').items;
  checkUnique(
    volumes.map(volume => volume.get('path')),
    'the path of a volume',
    report,
  );
  for (const volume of volumes) {
    checkPositive(volume.get('size'), report);
    if (volume.get('kind').text === 'disk' && !volume.get('size').present) {
      report({
        at: volume.get('size').path,
        code: 'missing',
        message: `${nameOf(volume.path)} is a disk without a size`,
        allowed: 'a size such as 10Gi',
        hint: 'add size',
      });
    }
  }
  const replicas =
    workload.get('replicas').number ??
    workload.get('autoscaling', 'max').number ??
    1;
  const disk = volumes.find(volume => volume.get('kind').text === 'disk');
  if (disk && replicas > 1) {
    report({
      at: disk.path,
      code: 'conflict',
      severity: 'warning',
      message: `${nameOf(disk.path)} is one disk for ${replicas} replicas; most storage can be mounted on one node only`,
      hint: 'run one replica, or keep the data in a database',
    });
  }
}

function checkResources(resources: View, report: Report): void {
  for (const place of [resources, resources.get('limits')]) {
    checkPositive(place.get('cpu'), report);
    checkPositive(place.get('memory'), report);
    checkMemory(place.get('memory'), report);
  }
  checkOrder(resources.get('cpu'), resources.get('limits', 'cpu'), report);
  checkOrder(
    resources.get('memory'),
    resources.get('limits', 'memory'),
    report,
  );
}

/** The fields that only probes of one type have. */
const PROBE_FIELDS: Record<string, string[]> = {
  http: ['port', 'path', 'headers'],
  grpc: ['port', 'service'],
  tcp: ['port'],
  exec: ['command'],
};

function checkProbe(probe: View, report: Report): void {
  const type = probe.get('type').text ?? '';
  const own = Object.hasOwn(PROBE_FIELDS, type)
    ? PROBE_FIELDS[type]
    : undefined;
  if (!own) {
    return;
  }
  const foreign = Object.values(PROBE_FIELDS)
    .flat()
    .filter(name => !own.includes(name));
  for (const name of new Set(foreign)) {
    forbid(
      probe.get(name),
      `for a probe of type ${type}`,
      `take ${name} out, or change the type`,
      report,
    );
  }
  if (type === 'exec' && !probe.get('command').present) {
    report({
      at: probe.get('command').path,
      code: 'missing',
      message: `${nameOf(probe.path)} has no command to run`,
      hint: 'add command',
    });
  }
  const successes = probe.get('successThreshold');
  if (
    probe.path[probe.path.length - 1] !== 'readiness' &&
    (successes.number ?? 1) !== 1
  ) {
    report({
      at: successes.path,
      code: 'range',
      message: `${nameOf(successes.path)} can't be more than 1; only readiness can ask for several`,
      found: show(successes.value),
      allowed: '1',
    });
  }
}

function checkProbePorts(workload: View, report: Report): void {
  const hasPort =
    workload.get('port').present || workload.get('ports').items.length > 0;
  for (const probe of workload.get('probes').fields) {
    const asks = ['http', 'grpc', 'tcp'].includes(probe.get('type').text ?? '');
    if (asks && !hasPort && !probe.get('port').present) {
      report({
        at: probe.get('port').path,
        code: 'missing',
        message: `${nameOf(probe.path)} has no port to ask, and neither has the workload`,
        hint: 'add port to the probe',
      });
    }
  }
}

function checkPatch(patch: View, report: Report): void {
  for (const operation of patch.get('patch').items) {
    const op = operation.get('op').text;
    const value = operation.get('value');
    if (op !== undefined && op !== 'remove' && value.value === undefined) {
      report({
        at: value.path,
        code: 'missing',
        message: `${nameOf(operation.path)} has no value to ${op}`,
        hint: 'add value',
      });
    }
  }
}
