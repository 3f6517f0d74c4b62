import {
  API_VERSION,
  formatPath,
  looksLikeSecret,
  type PathSegment,
  parseFile,
  type Problem,
  type ServiceSpecInput,
  stringifyResource,
  type ServiceSpec,
} from '@slipway/plugin-slipway-common';
import { fromCompose } from './compose';
import { Found } from './Found';
import { fromKubernetes } from './kubernetes';
import { Ledger } from './Ledger';
import { DISK, LEAST } from './parts';
import type { FirstSpec, FirstSpecInput, FirstWorkload } from './types';

const MAX_WORKLOADS = 50;
const MAX_DATABASES = 20;
/** Each look takes out at least one thing, and there are only so many that can be wrong. */
const MAX_LOOKS = 500;

const NOWHERE = { file: '', line: 1 };

/**
 * A first spec of what the files of a repository run: all that a ServiceSpec has a field for, and a list of the rest.
 * Whatever the files say, the spec is a valid one; no value that looks like a secret is in it.
 *
 * @public
 */
export function proposeFirstSpec(input: FirstSpecInput): FirstSpec {
  const ledger = new Ledger();
  const { objects, compose } = sort(input, ledger);
  const from = choose(input, objects, compose);
  const found = readAs(from, objects, compose, input, ledger);
  leaveOther(from, objects, compose, ledger);
  const at = (from === 'compose' ? compose[0] : objects[0]) ?? NOWHERE;
  if (found.workloads.length > MAX_WORKLOADS)
    ledger.leave(
      at,
      'some workloads',
      `a service has at most ${MAX_WORKLOADS}; make several services of them`,
    );
  if (found.databases.length > MAX_DATABASES)
    ledger.leave(
      at,
      'some databases',
      `a service has at most ${MAX_DATABASES}; make several services of them`,
    );
  const spec: ServiceSpecInput = {
    apiVersion: API_VERSION,
    kind: 'ServiceSpec',
    metadata: { name: input.service },
    spec: {
      organization: input.organization,
      owner: input.owner,
      ...(input.description && { description: input.description }),
      workloads: found.workloads
        .slice(0, MAX_WORKLOADS)
        .map(workload => withoutSecretWords(workload, at, ledger)),
      databases: found.databases.slice(0, MAX_DATABASES),
      environments: [],
    },
  };
  return {
    spec: prune(spec, at, ledger),
    ...(from && { from }),
    read: ledger.read,
    notTaken: ledger.entries,
  };
}

function readAs(
  from: FirstSpec['from'],
  objects: readonly Found[],
  compose: readonly Found[],
  input: FirstSpecInput,
  ledger: Ledger,
): ReturnType<typeof fromCompose> {
  if (from === 'kubernetes') return fromKubernetes(objects, input, ledger);
  if (from === 'compose') return fromCompose(compose[0], input, ledger);
  return { workloads: [], databases: [] };
}

/** Which documents are objects of Kubernetes, and which is a compose file. */
function sort(
  input: FirstSpecInput,
  ledger: Ledger,
): { objects: Found[]; compose: Found[] } {
  const objects: Found[] = [];
  const compose: Found[] = [];
  for (const { path, content } of input.files) {
    const at = { file: path, line: 1 };
    if (content.includes('{{')) {
      ledger.leave(
        at,
        'the file',
        'it is a template; render it and put the result into a branch to have it read',
      );
      continue;
    }
    const documents = Found.read(path, content);
    if (!Array.isArray(documents)) {
      ledger.leave(
        { file: path, line: documents.line },
        'the file',
        documents.problem,
      );
      continue;
    }
    for (const document of documents) {
      if (document.at('apiVersion').text() && document.at('kind').text()) {
        const items = document.at('items');
        if (document.at('kind').text() === 'List')
          objects.push(...items.list());
        else objects.push(document);
      } else if (document.at('services').fields().length > 0) {
        compose.push(document);
      }
    }
  }
  return { objects, compose };
}

const RUNS = new Set(['Deployment', 'StatefulSet', 'CronJob']);

function choose(
  input: FirstSpecInput,
  objects: readonly Found[],
  compose: readonly Found[],
): FirstSpec['from'] {
  const hasManifests = objects.some(one =>
    RUNS.has(one.at('kind').text() ?? ''),
  );
  if (input.from === 'compose' && compose.length > 0) return 'compose';
  if (hasManifests) return 'kubernetes';
  return compose.length > 0 ? 'compose' : undefined;
}

function leaveOther(
  from: FirstSpec['from'],
  objects: readonly Found[],
  compose: readonly Found[],
  ledger: Ledger,
): void {
  if (from === undefined) return;
  const files =
    from === 'kubernetes' ? compose : [...compose.slice(1), ...objects];
  for (const file of new Set(files.map(one => one.file))) {
    ledger.leave(
      { file, line: 1 },
      'the file',
      `the spec is made from ${from === 'kubernetes' ? 'the manifests' : compose[0].file}; choose the other to have this one read`,
    );
  }
}

const hides = (text: string): boolean => looksLikeSecret(text) !== undefined;

/** A secret on a command line or in a probe has no reference that could stand for it. */
function withoutSecretWords(
  workload: FirstWorkload,
  at: Pick<Found, 'file' | 'line'>,
  ledger: Ledger,
): FirstWorkload {
  const result = { ...workload };
  for (const key of ['command', 'args'] as const) {
    const words = result[key];
    if (
      !words?.some(
        (word, i) => hides(word) || hides(`${words[i - 1] ?? ''} ${word}`),
      )
    )
      continue;
    delete result[key];
    ledger.leave(
      at,
      `${workload.name}: ${key}`,
      'it holds what looks like a secret; hand it over as a variable, by reference',
    );
  }
  return result;
}

/** Takes out what the schema refuses, until it refuses nothing. */
function prune(
  spec: ServiceSpecInput,
  at: Pick<Found, 'file' | 'line'>,
  ledger: Ledger,
): ServiceSpecInput {
  let current = spec;
  for (let look = 0; look < MAX_LOOKS; look += 1) {
    // What counts is how it reads as a file.
    const { problems } = parseFile(stringifyResource(current as ServiceSpec), {
      kinds: ['ServiceSpec'],
    });
    const wrong = problems.find(({ severity }) => severity === 'error');
    if (!wrong) return current;
    const path = removable(wrong);
    if (!path) break;
    current = without(current, path);
    const [, list, index] = wrong.segments;
    const owner = nameAt(spec, list, index);
    ledger.leave(
      at,
      [owner, formatPath(path.slice(3))].filter(Boolean).join(': '),
      wrong.message,
    );
  }
  if (
    current.spec.workloads?.length === 0 &&
    current.spec.databases?.length === 0
  )
    return current;
  ledger.leave(
    at,
    'the workloads',
    'what was found doesn’t make a valid spec; declare them by hand',
  );
  return {
    ...current,
    spec: { ...current.spec, workloads: [], databases: [] },
  };
}

function nameAt(
  spec: ServiceSpecInput,
  list: PathSegment,
  index: PathSegment,
): string {
  const items = spec.spec[list as 'workloads' | 'databases'];
  return items?.[Number(index)]?.name ?? '';
}

/** Fields without which a workload or a database is none. */
const NEEDED = new Set([
  'name',
  'image',
  'engine',
  'version',
  'kind',
  'schedule',
]);

/** The smallest part around a problem that may be missing. */
function removable({ segments }: Problem): PathSegment[] | undefined {
  const [, list, index, field, item] = segments;
  if (list !== 'workloads' && list !== 'databases') return undefined;
  if (typeof index !== 'number') return undefined;
  if (field === 'image' && (item === 'revision' || item === 'digest'))
    return segments.slice(0, 5);
  if (field === undefined || NEEDED.has(String(field)))
    return segments.slice(0, 3);
  return segments.slice(
    0,
    typeof item === 'number' || field === 'probes' ? 5 : 4,
  );
}

/** What stands for a field that may not be missing. */
const INSTEAD: Record<string, unknown> = { resources: LEAST, size: DISK };

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

function without(
  spec: ServiceSpecInput,
  path: readonly PathSegment[],
): ServiceSpecInput {
  const copy = structuredClone(spec);
  let parent: unknown = copy;
  for (const step of path.slice(0, -1))
    parent = (parent as Record<PathSegment, unknown>)[step];
  const last = path.at(-1)!;
  const known = INSTEAD[String(last)];
  const isChanged =
    known && !isSame((parent as Record<PathSegment, unknown>)[last], known);
  if (isChanged) (parent as Record<PathSegment, unknown>)[last] = known;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete (parent as Record<PathSegment, unknown>)[last];
  return copy;
}
