import {
  declaredNamespace,
  LABELS,
  MANAGED_BY,
  resolveEnvironment,
  type Adoption,
  type Database,
  type NormalizedWorkload,
  type Verdict,
} from '@slipway/plugin-slipway-common';
import { sortBy } from './canonical';
import { connect, type Connections } from './connections';
import { resolveRoute, type RouteChoice } from './routeChoice';
import { SpecPaths } from './specPaths';
import { from, trace, type Source, type Traceable, type Traced } from './trace';
import type { KubernetesObject, PlanInput, RenderedObject } from './types';

/** Where the class of an environment stands on its namespace. @public */
export const CLASS_LABEL = 'slipway.dev/class';

/** Who owns an environment, on its namespace. @public */
export const OWNER_ANNOTATION = 'slipway.dev/owner';

/** The revision that runs, and what said so. @internal */
export interface Revision {
  revision: string;
  digest?: string;
  source: Source;
}

/** Something that Slipway itself finds, beside the rules of the packs. @internal */
export interface Finding {
  rule: string;
  result: 'warn' | 'deny';
  message: string;
  fix?: string;
  specPath?: string;
}

/** What every renderer reads. @internal */
export interface RenderContext {
  input: PlanInput;
  organization: string;
  service: string;
  environment: string;
  namespace: string;
  /** What was there before Slipway, where the environment adopts it. */
  adopt?: Adoption;
  folder: string;
  workloads: NormalizedWorkload[];
  databases: Database[];
  connections: Connections;
  route: RouteChoice;
  paths: SpecPaths;
  /** The revision of each workload whose gate is open. */
  revisions: ReadonlyMap<string, Revision>;
  findings: Finding[];
}

/** An object on its way, before patches and before its file has a name. @internal */
export interface Draft extends Omit<
  RenderedObject,
  'path' | 'provenance' | 'holdsData'
> {
  provenance: Array<Source & { pointer: string }>;
  /** The workload that may patch it. */
  workload?: string;
}

/** @internal */
export function createContext(
  input: PlanInput,
  revisions: (
    workloads: NormalizedWorkload[],
    paths: SpecPaths,
  ) => ReadonlyMap<string, Revision>,
): RenderContext {
  const { spec, environment, cluster, gitops } = input;
  const organization = input.organization.metadata.name;
  const service = spec.metadata.name;
  const resolved = resolveEnvironment(spec, environment) ?? {
    workloads: [],
    databases: [],
  };
  const workloads = sortBy(resolved.workloads, ({ name }) => name);
  const databases = sortBy(resolved.databases, ({ name }) => name);
  const paths = new SpecPaths(spec, environment);
  const findings: Finding[] = [];
  const declared = spec.spec.environments.find(
    ({ name }) => name === environment,
  );
  return {
    input,
    organization,
    service,
    environment,
    namespace: declaredNamespace(
      organization,
      service,
      declared ?? { name: environment },
    ),
    ...(declared?.adopt && { adopt: declared.adopt }),
    folder: environmentFolder({
      cluster: cluster.name,
      organization,
      service,
      environment,
      pathPrefix: gitops.pathPrefix,
    }),
    workloads,
    databases,
    connections: connect(
      { spec, environment, workloads, databases, paths },
      input.neighbours ?? [],
      findings,
    ),
    route: resolveRoute(input.class, cluster, findings),
    paths,
    revisions: revisions(workloads, paths),
    findings,
  };
}

/**
 * The folder of an environment in the GitOps repository.
 *
 * @public
 */
export function environmentFolder(location: {
  cluster: string;
  organization: string;
  service: string;
  environment: string;
  pathPrefix?: string;
}): string {
  return [
    ...(location.pathPrefix ?? '').split('/').filter(Boolean),
    'clusters',
    location.cluster,
    location.organization,
    location.service,
    location.environment,
  ].join('/');
}

/** Whether something is enforced; in a namespace that was there before only what its spec says. @internal */
export function enforces(
  { adopt }: RenderContext,
  guard: Adoption['enforce'][number],
): boolean {
  return adopt === undefined || adopt.enforce.includes(guard);
}

/** Labels of everything in the environment. @internal */
export function commonLabels(
  context: RenderContext,
  part: 'platform' | 'workload',
): Record<string, string> {
  return {
    [LABELS.organization]: context.organization,
    [LABELS.service]: context.service,
    [LABELS.environment]: context.environment,
    [LABELS.part]: part,
    [LABELS.managedBy]: MANAGED_BY,
    [LABELS.kubernetesId]: context.service,
    'app.kubernetes.io/part-of': context.service,
  };
}

/** Labels of what belongs to one workload or database. @internal */
export function componentLabels(
  context: RenderContext,
  component: { workload: string } | { database: string },
  part: 'platform' | 'workload' = 'workload',
): Record<string, string> {
  const isWorkload = 'workload' in component;
  const name = isWorkload ? component.workload : component.database;
  return {
    ...commonLabels(context, part),
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/component': isWorkload ? 'workload' : 'database',
    [isWorkload ? LABELS.workload : LABELS.database]: name,
  };
}

/** What every object of a kind has; the rest of its type may be whatever it is. */
interface ObjectShape {
  apiVersion: string;
  kind: string;
}

/** Makes a draft from an object with marks. @internal */
export function draft<T extends ObjectShape>(
  context: RenderContext,
  part: Draft['part'],
  object: Traceable<T>,
  about: Pick<Draft, 'summary'> &
    Partial<Pick<Draft, 'source' | 'cluster' | 'workload'>>,
): Draft {
  const traced = trace<T>(object);
  return {
    cluster: context.input.cluster.name,
    ...about,
    part,
    // Every renderer names its objects; the libraries' types leave it open.
    object: traced.object as unknown as KubernetesObject,
    provenance: traced.provenance,
  };
}

/** Marks a value that is written in the spec just as it is rendered. @internal */
export function fromSpec<T>(specPath: string, value: T): Traced<T> {
  return from<T>({ origin: 'spec', specPath }, value);
}

/** Marks a value that is made from the spec, but can't be read back. @internal */
export function derived<T>(
  specPath: string,
  value: Parameters<typeof from<T>>[1],
  noInverse: string,
): Traced<T> {
  return from<T>({ origin: 'spec', specPath, noInverse }, value);
}

/** A finding as people read it. @internal */
export function toVerdict(
  finding: Finding,
  positions: PlanInput['positions'],
): Verdict {
  const { specPath, ...verdict } = finding;
  return {
    pack: 'slipway',
    ...verdict,
    ...(specPath && {
      source: { specPath, ...lineOf(specPath, positions) },
    }),
  };
}

/** The line of a spec path, where it is known. @internal */
export function lineOf(
  specPath: string,
  positions: PlanInput['positions'],
): { line?: number } {
  const line = positions?.(specPath);
  return line === undefined ? {} : { line };
}
