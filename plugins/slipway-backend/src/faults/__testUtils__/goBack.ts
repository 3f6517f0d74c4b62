import { BOB } from '../../git/__testUtils__/sandbox';
import type { Estate } from './Estate';

const SHA = (sign: string) => sign.repeat(40);

/** A release comes in; somebody goes back by a change request that is merged, then by one that is closed. */
export async function goBack(
  estate: Estate,
  service: string,
  until: (what: string, holds: () => Promise<boolean>) => Promise<unknown>,
): Promise<void> {
  const { gitops, host, stores } = estate;
  const environment = `shop/${service}/prod`;
  const path = `clusters/hub/${environment}/environment.yaml`;
  const releaseOf = (sign: string) => ({
    organization: 'shop',
    service,
    id: `${sign}-of-${service}`,
    workloads: [{ name: 'web', revision: SHA(sign) }],
    actor: 'user:default/dana',
    gitAuthor: BOB,
  });
  const saysOf = async () => {
    const commit = (await host.head(gitops))!;
    const [file] = await host.readFiles(gitops, { commit, prefixes: [path] });
    return file.content;
  };
  const isAt = async (sign: string) => {
    const record = await stores.environments.get(environment);
    return (
      (await saysOf()).includes(SHA(sign)) &&
      JSON.stringify(record?.summary).includes(SHA(sign)) &&
      (await estate.is(`${service}/prod`, 'Synced'))
    );
  };
  const isSettled = async () =>
    (await stores.releases.moving(environment)) === undefined;

  const came = releaseOf('c');
  await stores.releases.ask(
    came,
    came.workloads.map(workload => ({ environment, workload })),
    { origin: 'revision' },
  );
  await until('it is released', () => isAt('c'));

  await stores.releases.propose(releaseOf('b'), environment, 'rollback');
  await host.commit({
    repository: gitops,
    files: [{ path, content: (await saysOf()).replaceAll(SHA('c'), SHA('b')) }],
    message: 'Go back',
    gitAuthor: BOB,
    trailers: {},
  });
  await until(
    'it went back',
    async () => (await isSettled()) && (await isAt('b')),
  );

  const { id } = await host.openChange({
    repository: gitops,
    branch: `slipway/release/${environment}`,
    title: 'Go back further',
    description: '',
    files: [{ path, content: (await saysOf()).replaceAll(SHA('b'), SHA('a')) }],
    author: 'user:default/dana',
    gitAuthor: BOB,
    trailers: {},
  });
  await host.closeChange(gitops, id);
  const { serial } = await stores.releases.propose(
    releaseOf('a'),
    environment,
    'rollback',
  );
  await stores.releases.proposed([serial], id);
  await stores.queue.mark([`environment:${environment}`]);
  await until('nobody waits for what was closed', isSettled);
}
