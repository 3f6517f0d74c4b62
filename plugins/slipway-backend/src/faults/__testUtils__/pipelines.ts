import { BOB } from '../../git/__testUtils__/sandbox';
import type { Estate } from './Estate';

/** Somebody's pipeline changes how many run. */
export async function edit(
  { stores }: Estate,
  service: string,
  replicas: number,
): Promise<void> {
  await stores.releases.dispatch({
    id: `edit-of-${service}-to-${replicas}`,
    organization: 'shop',
    service,
    part: { kind: 'workloads', name: 'web' },
    spec: { replicas },
    actor: 'user:default/dana',
    gitAuthor: BOB,
  });
}

/** Whether such an edit waits in a change request. */
export async function isEdited(
  { host, platform }: Estate,
  service: string,
): Promise<boolean> {
  const changes = await host.listChanges(platform, { state: 'open' });
  return changes.some(({ branch }) => branch.endsWith(service));
}

/** Somebody's pipeline tells of a revision. */
export async function release(
  { stores }: Estate,
  service: string,
): Promise<void> {
  const workloads = [{ name: 'web', revision: 'c'.repeat(40) }];
  await stores.releases.ask(
    {
      organization: 'shop',
      service,
      id: `release-of-${service}`,
      workloads,
      actor: 'user:default/dana',
      gitAuthor: BOB,
    },
    workloads.map(workload => ({
      environment: `shop/${service}/dev`,
      workload,
    })),
    { origin: 'revision' },
  );
}
