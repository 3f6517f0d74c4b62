import { InputError } from '@backstage/errors';
import type {
  ChangeVerb,
  EnvironmentPlanSummary,
  ObjectChange,
  RenderedFile,
} from '@slipway/plugin-slipway-common';
import { sortBy } from './canonical';
import { changeVerdicts } from './changes';
import { estimateCost } from './cost';
import { diffObjects } from './diff';
import type { RenderedEnvironment } from './files';
import { identityOf } from './policy/evaluatePolicies';
import { quotaLines } from './quota';
import { holdsData, isRetained } from './retention';
import type {
  EnvironmentPlan,
  KubernetesObject,
  PlanTerms,
  RenderedObject,
} from './types';

type BeforeObject = RenderedEnvironment['objects'][number];

/** What was there before: read from Git, or planned from the spec before. */
type Before = RenderedEnvironment | EnvironmentPlan;

/**
 * A plan beside what was rendered before, as people see it. Without a plan
 * the environment goes; without a state before it is new.
 *
 * @public
 */
export function summarize(
  after: EnvironmentPlan | undefined,
  before: RenderedEnvironment | EnvironmentPlan | undefined,
  options: {
    /** What the cost before is reckoned with; a plan brings its own. */
    terms?: PlanTerms;
  } = {},
): EnvironmentPlanSummary {
  const objects = objectChanges(after?.objects ?? [], before?.objects ?? []);
  const files = fileChanges(after?.files ?? [], before?.files ?? []);
  const identity = after ?? goingEnvironment(before, objects);
  const termsBefore =
    (before && 'terms' in before ? before.terms : undefined) ?? options.terms;
  const terms = after?.terms ?? termsBefore;
  const plain = (items: Array<{ object: KubernetesObject }> = []) =>
    items.map(({ object }) => object);
  const now = plain(after?.objects);
  const then = plain(before?.objects);
  const verdicts = [
    ...(after?.verdicts ?? []),
    ...(after ? changeVerdicts(after.objects, then) : []),
  ];
  return {
    organization: identity.organization,
    service: identity.service,
    environment: identity.environment,
    class: identity.class,
    cluster: identity.cluster,
    namespace: identity.namespace,
    verb: environmentVerb(after, before, [...objects, ...files]),
    objects,
    files,
    verdicts: verdicts.filter(({ result }) => result !== 'pass'),
    passed: verdicts.filter(({ result }) => result === 'pass').length,
    quota: terms && after ? quotaLines(now, then, terms) : [],
    cost: terms
      ? estimateCost(now, then, terms, termsBefore)
      : { currency: 'USD', cents: 0, centsBefore: 0, lines: [] },
    gates: after?.gates ?? [],
    approval: after?.approval ?? { required: false, count: 0, groups: [] },
    digest: after?.digest ?? '',
    approvalDigest: after?.approvalDigest ?? '',
  };
}

function environmentVerb(
  after: EnvironmentPlan | undefined,
  before: Before | undefined,
  changes: Array<{ verb: ChangeVerb }>,
): ChangeVerb {
  if (!before || before.files.length === 0) {
    return 'create';
  }
  if (!after) {
    return 'delete';
  }
  return changes.some(({ verb }) => verb !== 'keep') ? 'update' : 'keep';
}

function goingEnvironment(
  before: Before | undefined,
  objects: ObjectChange[],
): Pick<
  EnvironmentPlan,
  'organization' | 'service' | 'environment' | 'class' | 'cluster' | 'namespace'
> {
  if (before && 'terms' in before) {
    return before;
  }
  if (!before?.file) {
    throw new InputError(
      'There is neither a plan nor an environment.yaml to summarize; give one of them.',
    );
  }
  const namespace = objects.find(({ kind }) => kind === 'Namespace')?.name;
  return { ...before.file, namespace: namespace ?? '' };
}

function objectChanges(
  after: readonly RenderedObject[],
  before: readonly BeforeObject[],
): ObjectChange[] {
  const old = new Map(before.map(item => [keyOf(item.object), item]));
  const now = new Set(after.map(({ object }) => keyOf(object)));
  const gone = before.filter(({ object }) => !now.has(keyOf(object)));
  // A namespace can't go while something in it has to stay.
  const stays = gone.some(({ object }) => isRetained(object));
  return [
    ...after.map(rendered =>
      objectChange(rendered, old.get(keyOf(rendered.object))),
    ),
    ...sortBy(gone, ({ path }) => path).map(item => goneObject(item, stays)),
  ];
}

function objectChange(
  rendered: RenderedObject,
  before: BeforeObject | undefined,
): ObjectChange {
  const { object, part, path, summary, source } = rendered;
  const fields = before ? diffObjects(before.object, object) : [];
  const changed = fields.length > 0 ? 'update' : 'keep';
  return {
    ...identityOf(object),
    verb: before ? changed : 'create',
    part,
    path,
    fields,
    summary,
    ...(source && { source }),
    ...(rendered.holdsData && { holdsData: true }),
  };
}

function goneObject(
  { object, part, path }: BeforeObject,
  stays: boolean,
): ObjectChange {
  const kept = isRetained(object) || (object.kind === 'Namespace' && stays);
  return {
    ...identityOf(object),
    verb: kept ? 'keep' : 'delete',
    part,
    path,
    fields: [],
    ...(kept && { summary: 'stays in the cluster, no longer looked after' }),
    ...(holdsData(object) && { holdsData: true }),
  };
}

/** The version isn't part of it: a newer version of a kind is the same object. */
function keyOf({ apiVersion, kind, metadata }: KubernetesObject): string {
  const [group, version] = apiVersion.split('/');
  return [
    version === undefined ? '' : group,
    kind,
    metadata.namespace ?? '',
    metadata.name,
  ].join('/');
}

function fileChanges(
  after: readonly RenderedFile[],
  before: readonly RenderedFile[],
): Array<{ path: string; verb: ChangeVerb }> {
  const old = new Map(before.map(({ path, content }) => [path, content]));
  const now = new Map(after.map(({ path, content }) => [path, content]));
  const verbOf = (path: string): ChangeVerb => {
    if (!now.has(path)) {
      return 'delete';
    }
    if (!old.has(path)) {
      return 'create';
    }
    return old.get(path) === now.get(path) ? 'keep' : 'update';
  };
  return [...new Set([...now.keys(), ...old.keys()])]
    .sort()
    .map(path => ({ path, verb: verbOf(path) }));
}
