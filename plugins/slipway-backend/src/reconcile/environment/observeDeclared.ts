import { chooseCluster } from '@slipway/plan';
import {
  resolveEnvironment,
  type Problem,
} from '@slipway/plugin-slipway-common';
import type {
  Declaration,
  Domains,
  Placement,
  Validity,
} from '../../domain/environment/observation';
import type { SourceRecord } from '../../ports/SourceStore';
import type { ResourceRecord } from '../../ports/ResourceStore';
import { messageOf, type EnvironmentRun } from './EnvironmentRun';

/**
 * Whether the environment is declared. A source that can't be read is no deletion, nor is a file that has errors: as
 * long as there is a valid version, it is what counts.
 */
export function observeDeclaration(
  resource: ResourceRecord | undefined,
  environment: string,
  sources: readonly SourceRecord[],
): Declaration {
  if (!resource) {
    return {
      state: 'unreadable',
      message:
        'Nothing is recorded of its file, not even that it was deleted; read the platform repository first.',
    };
  }
  const source = sources.find(({ id }) => id === resource.sourceId);
  if (source?.state === 'unreadable') {
    const since = source.readAt ? ` since ${source.readAt.toISOString()}` : '';
    return {
      state: 'unreadable',
      message: `The platform repository can't be read${since}: ${source.error ?? 'no reason is known'}`,
    };
  }
  const vanishes = source?.held?.vanished.some(
    ({ kind, organization, name }) =>
      kind === resource.kind &&
      organization === resource.organization &&
      name === resource.name,
  );
  if (source?.state === 'held' && vanishes) {
    return {
      state: 'held',
      message: `${source.held!.vanished.length} files vanished at once with commit ${source.held!.commit.slice(0, 7)}; nothing is removed until somebody confirms it.`,
    };
  }
  const spec = resource.deletedAt ? undefined : resource.validValue;
  const environments =
    (spec as { spec: { environments: Array<{ name: string }> } } | undefined)
      ?.spec.environments ?? [];
  return {
    state: environments.some(({ name }) => name === environment)
      ? 'declared'
      : 'undeclared',
  };
}

/** Whether the file, its class and its organization make sense. */
export function observeValidity(run: EnvironmentRun): Validity {
  const { state, resource, name } = run;
  const errors = (resource?.problems ?? []).filter(
    ({ severity }) => severity === 'error',
  );
  if (errors.length > 0 || resource?.value === undefined) {
    return {
      state: 'invalid',
      problems: errors.map(sentence),
      runsLastValid: true,
    };
  }
  const environmentClass = state.class(run.declared!.class);
  if (!environmentClass) {
    const known = state
      .all('EnvironmentClass')
      .flatMap(found => (found.value ? [found.name] : []));
    return {
      state: 'class-unknown',
      class: run.declared!.class,
      known: known.sort(),
    };
  }
  if (!state.organization(name.organization)) {
    return {
      state: 'reference-unknown',
      message: `The organization '${name.organization}' has no valid organization.yaml.`,
    };
  }
  if (!state.quota(environmentClass.spec.quota)) {
    return {
      state: 'reference-unknown',
      message: `The class '${environmentClass.metadata.name}' names the QuotaProfile '${environmentClass.spec.quota}', which isn't there.`,
    };
  }
  return { state: 'valid' };
}

function sentence({ line, message }: Problem): string {
  const text = line === undefined ? message : `Line ${line}: ${message}`;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** Where it runs. What is recorded stays, whatever the configuration or the class say later. */
export async function observePlacement(
  run: EnvironmentRun,
): Promise<Placement> {
  const placement = await foundPlacement(run, placementOf(run));
  if (!run.adopted || placement.state !== 'chosen') return placement;
  // One lives in a namespace; the database sees to it, and refuses a second one that was as fast.
  const { cluster } = placement;
  const there = (await run.o.environments.list({ cluster })).find(
    ({ key, namespace }) => namespace === run.namespace && key !== run.key,
  );
  if (!there) return placement;
  if (there.phase !== 'deleted')
    return { state: 'occupied', namespace: run.namespace, by: there.key };
  // It gave the namespace back; its timeline stays.
  await run.context.step('forget former holder', () =>
    run.o.environments.remove(there.key, there.revision, {
      lease: run.context.lease,
    }),
  );
  return placement;
}

/**
 * A choice that was recorded once is in Git as well: the folder of an environment is its cluster's. A database that was
 * lost must not send what runs on one cluster to another.
 */
async function foundPlacement(
  run: EnvironmentRun,
  placement: Placement,
): Promise<Placement> {
  const clusters = run.o.clusters.list();
  if (
    placement.state !== 'chosen' ||
    run.declared!.cluster !== undefined ||
    clusters.length < 2
  )
    return placement;
  const folders = clusters.map(({ name }) => ({
    name,
    path: run.folderOn(name),
  }));
  const { host, gitops } = run.o;
  try {
    const head = await host.head(gitops.repository);
    const entries = head
      ? await host.listFiles(gitops.repository, {
          commit: head,
          prefixes: folders.map(({ path }) => path),
        })
      : [];
    const there = folders.find(({ path }) =>
      entries.some(entry => entry.path.startsWith(`${path}/`)),
    );
    return there
      ? {
          state: 'chosen',
          cluster: there.name,
          because: 'its folder is in Git already',
        }
      : placement;
  } catch (error) {
    return { state: 'unreadable', message: messageOf(error) };
  }
}

function placementOf(run: EnvironmentRun): Placement {
  const clusters = run.o.clusters.list();
  const known = clusters.map(({ name }) => name);
  const wanted = run.declared!.cluster;
  const recorded = run.record.cluster;
  if (recorded !== undefined) {
    if (wanted !== undefined && wanted !== recorded)
      return { state: 'fixed', recorded, wanted };
    return known.includes(recorded)
      ? { state: 'recorded', cluster: recorded }
      : { state: 'unknown', cluster: recorded, known };
  }
  const environmentClass = run.state.class(run.declared!.class);
  if (!environmentClass)
    return {
      state: 'none',
      message: `The class '${run.declared!.class}' isn't there.`,
    };
  const chosen = chooseCluster(run.declared!, environmentClass, clusters);
  if (chosen) {
    const because =
      wanted === undefined
        ? 'the first whose region the class allows'
        : 'named by the spec';
    return { state: 'chosen', cluster: chosen.name, because };
  }
  if (wanted !== undefined) return { state: 'unknown', cluster: wanted, known };
  const regions = clusters.map(
    ({ name, region }) => `${name} (${region ?? 'no region'})`,
  );
  return {
    state: 'none',
    message: `The class '${environmentClass.metadata.name}' allows the regions ${environmentClass.spec.regions.join(', ')}; there are the clusters ${regions.join(', ') || 'none'}.`,
  };
}

/** Host names of one environment. */
function domainsOf(run: EnvironmentRun, environment: string): string[] {
  const resolved = run.spec && resolveEnvironment(run.spec, environment);
  return [
    ...new Set(resolved?.workloads.flatMap(({ domains }) => domains) ?? []),
  ].sort();
}

/** Host names of all environments of the service but, where it goes, this one. */
export function domainsOfService(run: EnvironmentRun): string[] {
  const environments = run.spec?.spec.environments ?? [];
  return [
    ...new Set(environments.flatMap(({ name }) => domainsOf(run, name))),
  ].sort();
}

/** Whether the host names of this environment belong to its service. */
export async function observeDomains(run: EnvironmentRun): Promise<Domains> {
  const { organization, service } = run.name;
  const wanted = domainsOf(run, run.name.environment);
  const holders = wanted.length > 0 ? await run.o.domains.holders(wanted) : [];
  const other = holders.find(
    holder =>
      holder.organization !== organization || holder.service !== service,
  );
  if (other)
    return {
      state: 'taken',
      domain: other.domain,
      by: `${other.organization}/${other.service}`,
    };
  const held = new Set(holders.map(({ domain }) => domain.toLowerCase()));
  const claim = wanted.filter(domain => !held.has(domain.toLowerCase()));
  const release = await droppedDomains(run);
  return claim.length > 0 || release.length > 0
    ? { state: 'unsettled', claim, release }
    : { state: 'held' };
}

/** A new generation may have dropped a name, which somebody else may be waiting for. */
async function droppedDomains(run: EnvironmentRun): Promise<string[]> {
  if (run.record.appliedGeneration === run.generation) return [];
  const { organization, service } = run.name;
  const keep = new Set(
    domainsOfService(run).map(domain => domain.toLowerCase()),
  );
  return (await run.o.domains.heldBy(organization, service))
    .map(({ domain }) => domain)
    .filter(domain => !keep.has(domain));
}

/**
 * Claims what is missing and gives up what no environment of the service uses any more. Survives a race: the store
 * lets one win, and the other is told who holds it.
 */
export async function settleDomains(
  run: EnvironmentRun,
  claim: string[],
): Promise<Domains> {
  const { organization, service } = run.name;
  const { lease } = run.context;
  const taken =
    claim.length === 0
      ? []
      : await run.context.step(
          'claim domains',
          () => run.o.domains.claim(organization, service, claim, { lease }),
          { fenced: true },
        );
  if (taken.length > 0) {
    const [other] = taken;
    return {
      state: 'taken',
      domain: other.domain,
      by: `${other.organization}/${other.service}`,
    };
  }
  await run.context.step(
    'release domains',
    () =>
      run.o.domains.release(organization, service, {
        keep: domainsOfService(run),
        generation: run.generation,
        lease,
      }),
    { fenced: true },
  );
  return { state: 'held' };
}
