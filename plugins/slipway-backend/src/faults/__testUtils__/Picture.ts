import type { Knex } from 'knex';
import { readdir } from 'node:fs/promises';
import type { Estate } from './Estate';

/** Everything of Slipway's that can be in a cluster. */
const KINDS = [
  ['v1', 'Namespace'],
  ['v1', 'Secret'],
  ['v1', 'ServiceAccount'],
  ['v1', 'ResourceQuota'],
  ['v1', 'LimitRange'],
  ['v1', 'Service'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
  ['networking.k8s.io/v1', 'Ingress'],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
  ['argoproj.io/v1alpha1', 'AppProject'],
  ['argoproj.io/v1alpha1', 'Application'],
].map(([apiVersion, kind]) => ({ apiVersion, kind }));

/** Stations that are told however often it was begun; on the way there may have been others. */
const TOLD =
  /Committed Committed|Provisioned Provisioned|Released|Promoted|Dispatch|Drifted/;

/** What the keys begin with of lines that tell of something done, each once. */
const DONE =
  /^(adopted|committed|delivery-change|delivery-overtaken|hand-edit|removed)\//;

/**
 * What there is outside of any process: objects, files, commits, rows, messages. Of one side, whose services all end
 * with its letter; named as if there were no sides, so that two of them can be compared.
 */
export async function pictureOf(
  { estate, db, told }: { estate: Estate; db: Knex; told: Map<string, string> },
  side: string,
): Promise<Record<string, unknown>> {
  const mine = new RegExp(`\\b([a-z]+)-${side}\\b`);
  const neutral = (text: string) =>
    text.replaceAll(new RegExp(`\\b([a-z]+)-${side}(?=\\b|--)`, 'g'), '$1');
  const ours = (lines: string[]) =>
    lines
      .filter(line => mine.test(line))
      .map(neutral)
      .sort();
  const rows = async (table: string, ...columns: string[]) =>
    ours(
      (await db(table).select(columns)).map(row =>
        columns.map(column => String(row[column])).join(' '),
      ),
    );

  const objects: string[] = [];
  for (const kind of KINDS)
    for (const { metadata } of await estate.hub.list(kind))
      objects.push(`${kind.kind} ${metadata.namespace ?? ''}/${metadata.name}`);
  const files = await estate.ground.git.contents(estate.ground.gitops);
  const titles = await estate.ground.git.git(estate.ground.gitops, [
    'log',
    '--first-parent',
    '--format=%T',
    'main',
  ]);
  const trees = titles.split('\n');
  const timeline = await db('timeline').select();
  return {
    objects: ours(objects),
    files: ours(Object.keys(files)),
    emptyCommits: trees.filter((tree, i) => tree === trees[i + 1]),
    commits: await commitsByFolder(estate, ours),
    // What was begun beside them under a hidden name is no repository, and goes when that one is made once more.
    repositories: ours(
      (
        await readdir(`${estate.ground.git.root}/code`).catch(
          (): string[] => [],
        )
      ).filter(name => !name.startsWith('.')),
    ),
    environments: await rows(
      'environments',
      'key',
      'class',
      'phase',
      'cluster',
    ),
    domains: await rows('domains', 'domain', 'organization', 'service'),
    changes: await rows('changes', 'branch', 'state'),
    intents: await rows('change_intents', 'branch', 'state'),
    releases: await rows('releases', 'service', 'promoted_from'),
    wanted: await rows('wanted_revisions', 'environment', 'revision'),
    unsettled: ours(
      (await db('wanted_revisions').whereNull('settled_at')).map(
        row => row.environment,
      ),
    ),
    dispatches: await rows('spec_dispatches', 'service'),
    // That nothing drifted may have been found, or not yet been looked for.
    drifts: (await rows('drifts', 'environment', 'state')).filter(
      row => !row.endsWith(' none'),
    ),
    askedFor: await rows('drift_requests', 'environment'),
    episodes: await rows('episodes', 'environment', 'kind'),
    told: [
      ...new Set(
        ours(
          timeline
            .map(row => `${row.subject} ${row.type} ${row.reason}`)
            .filter(line => TOLD.test(line)),
        ),
      ),
    ],
    lines: ours(
      timeline
        .filter(row => DONE.test(row.dedupe_key))
        .map(({ subject, title }) =>
          `${subject} ${title}`.replace(/#\d+/, '#N'),
        ),
    ),
    notices: ours([...told.values()]),
    dead: await db('queue_items').whereNotNull('dead_since').pluck('key'),
  };
}

/** How often the folder of each environment was written: as often as anything about it was asked for. */
async function commitsByFolder(
  estate: Estate,
  ours: (lines: string[]) => string[],
): Promise<string[]> {
  const log = await estate.ground.git.git(estate.ground.gitops, [
    'log',
    '--first-parent',
    '-m',
    '--format=tformat:commit',
    '--name-only',
    'main',
  ]);
  const counts = new Map<string, number>();
  for (const commit of log.split('commit\n')) {
    const folders = commit
      .split('\n')
      .flatMap(
        path => /^clusters\/[^/]+\/[^/]+\/[^/]+\/[^/]+/.exec(path) ?? [],
      );
    for (const folder of new Set(folders))
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return ours([...counts].map(([folder, count]) => `${folder} ${count}`));
}
