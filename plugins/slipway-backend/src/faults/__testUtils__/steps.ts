import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { COMPLETE_STEP } from '../../reconcile/engine/runReconciler';

const RECONCILERS = resolvePackagePath(
  '@slipway/plugin-slipway-backend',
  'src/reconcile',
);

/** Steps at which `killed.cluster.test.ts` ends the backend, by their reconciler; `*` is an object's or cluster's own name. */
const ON_A_CLUSTER = {
  source: ['head', 'read', 'store', 'unreadable', 'complete'],
  gitops: ['head', 'compare', 'complete'],
  policies: ['export to *', 'complete'],
  environment: [
    'begin',
    'record',
    'claim domains',
    'release domains',
    'forget former holder',
    'commit',
    'propose',
    'hand over',
    'close-overtaken',
    'settle',
    'arrive',
    'drop move',
    'apply namespace',
    'apply platform objects',
    'create secrets',
    'apply project',
    'apply application',
    'refresh application',
    'prune',
    'pause application',
    'mark namespace',
    'hand over application',
    'enable application',
    'give back application',
    'give back accounts',
    'give back namespace',
    'refresh application set',
    'delete application',
    'delete project',
    'delete objects',
    'delete namespace',
    'keep namespace',
    'remove folder',
    'hand over removal',
    'propose removal',
    'complete',
  ],
  drift: [
    'record drift',
    'put back *',
    'take off *',
    'ask Argo CD to sync',
    'forget drift',
    'complete',
  ],
  change: ['drop', 'mark-merged', 'skeleton', 'settle', 'complete'],
  dispatch: ['propose', 'close', 'forget', 'complete'],
  promotion: ['promote', 'complete'],
  notification: [
    'begin',
    'intend',
    'send',
    'told',
    'end',
    'settle',
    'forget',
    'complete',
  ],
};

/** The same for `killed.gitea.test.ts`. */
const AT_A_GIT_HOST = {
  pulls: ['observe', 'tell', 'refuse', 'complete'],
  change: ['mark-merged', 'skeleton', 'settle', 'complete'],
  webhook: [
    'intend',
    'install',
    'installed',
    'say',
    'asking',
    'ping',
    'asked',
    'find',
    'checked',
    'answer',
    'remove',
    'forget',
    'complete',
  ],
};

/** Where a backend is ended by SIGKILL, as `<reconciler>: <step>`. */
export const KILLED_AT = {
  cluster: named(ON_A_CLUSTER),
  gitea: named(AT_A_GIT_HOST),
};

/** What a backend has done when it is ended before it could record it. */
export const UNRECORDED = [
  'commit',
  'propose',
  'hand over',
  'hand over application',
  'give back application',
  'give back accounts',
  'give back namespace',
  'delete application',
  'delete project',
  'delete objects',
  'delete namespace',
  'keep namespace',
  'remove folder',
  'hand over removal',
  'propose removal',
].map(step => `environment: record of ${step}`);

/** Steps that no backend is ended at, each with its reason. */
export const NOT_KILLED_AT: Record<string, string> = {
  'webhook: answered':
    'Gitea says nothing of what came of a delivery, so a real one leads to no such step.',
};

/** A step as the lists name it: what differs from object to object, or from cluster to cluster, is left out. */
export function listed(name: string): string {
  return name
    .replace(/: (put back|take off|export to) .*/, ': $1 *')
    .replace(/: record of .*/, ': record');
}

/** Every step of every reconciler, as its code names it. Throws at one whose name isn't written where it is taken. */
export function stepsInSource(): string[] {
  const found = new Set<string>();
  for (const folder of readdirSync(RECONCILERS)) {
    if (folder === 'engine') continue;
    const files = readdirSync(join(RECONCILERS, folder), {
      recursive: true,
      encoding: 'utf8',
    })
      .filter(file => /(?<!\.test)\.ts$/.test(file))
      .filter(file => !dirname(file).includes('__testUtils__'))
      .map(file => ({
        file,
        text: readFileSync(join(RECONCILERS, folder, file), 'utf8'),
      }));
    const ofFolder = files.flatMap(({ text }) => prefixOf(text) ?? []);
    for (const { file, text } of files) {
      const own = prefixOf(text);
      const prefix = own ?? ofFolder[0];
      if (own) found.add(`${own}: ${COMPLETE_STEP}`);
      const names = stepsOf(text, join(folder, file));
      if (names.length > 0 && !own && ofFolder.length !== 1) {
        throw new Error(
          `${folder}/${basename(file)} takes steps, and whose it is can't be told from its folder.`,
        );
      }
      for (const name of names) found.add(listed(`${prefix}: ${name}`));
    }
  }
  return [...found].sort();
}

function prefixOf(text: string): string | undefined {
  return /readonly prefix = '([^']+)'/.exec(text)?.[1];
}

function stepsOf(text: string, file: string): string[] {
  return [...text.matchAll(/\bstep\(\s*(?:'([^']*)'|`([^`]*)`)?/g)].map(
    ([call, plain, template]) => {
      const name = plain ?? template;
      if (name === undefined)
        throw new Error(`${file}: the step of '${call}' has no name there.`);
      return name;
    },
  );
}

function named(steps: Record<string, string[]>): string[] {
  return Object.entries(steps)
    .flatMap(([prefix, names]) => names.map(name => `${prefix}: ${name}`))
    .sort();
}
