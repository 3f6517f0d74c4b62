import { InputError } from '@backstage/errors';
import type {
  ApiDispatchRequest,
  ApiRevisionReport,
  Edit,
  EditStep,
} from '@slipway/plugin-slipway-common';

/** What a dispatch is about. */
export interface DispatchPlace {
  /** Absent where only the service is named. */
  organization?: string;
  service: string;
  part?: { kind: 'workloads' | 'databases'; name: string };
}

/** A dispatch, taken apart. */
export interface ReadDispatch extends DispatchPlace {
  /** The part that is a revision: that is a release, not a spec. */
  report?: ApiRevisionReport;
  /** What is merged into the spec. */
  spec?: Record<string, unknown>;
}

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const ALLOWED =
  'projects/<service>[/applications|databases/<name>] or organizations/<organization>/services/<service>[/workloads|databases/<name>]';

/** Taken over from the payload of a revision as they are. */
const REPORT_FIELDS = [
  'digest',
  'branch',
  'repository',
  'createdAt',
  'url',
  'message',
] as const;

/**
 * Reads what GitHub's repository_dispatch carries (`event_type`, `client_payload`) and the general form (`path`, `action`,
 * `spec`), also as a payload. Throws InputError that says what is allowed.
 */
export function readDispatch(request: ApiDispatchRequest): ReadDispatch {
  const body = request.client_payload ?? request;
  const { path, action, spec } = body as Record<string, unknown>;
  if (path !== undefined || spec !== undefined)
    return readEdit(body as Record<string, unknown>, path, action, spec);
  return readRevision(body as Record<string, unknown>);
}

/** The service that a dispatch is about, where the organization has sent it. */
export function subjectOf(
  request: ApiDispatchRequest,
  organization: string,
): { organization: string; service: string } {
  const read = readDispatch(request);
  return {
    organization: read.organization ?? organization,
    service: read.service,
  };
}

function readRevision(payload: Record<string, unknown>): ReadDispatch {
  const named = textOf(payload, 'service') ?? '';
  const [first, second, ...rest] = named.split('/');
  const organization =
    second === undefined ? textOf(payload, 'organization') : first;
  const service = second ?? first;
  const revision =
    textOf(payload, 'revision') ?? textOf(payload, 'sha') ?? undefined;
  if (!NAME.test(service) || rest.length > 0 || revision === undefined) {
    throw new InputError(
      'The payload names no service and revision. Allowed are { service: "<organization>/<service>", revision: "<commit>", digest?, branch? } ' +
        `as client_payload, or { path, action: "apply", spec } with a path such as ${ALLOWED}.`,
    );
  }
  const workloads = listOf(payload, 'workloads');
  const environments = listOf(payload, 'environments');
  return {
    ...(organization !== undefined && { organization }),
    service,
    report: {
      ...reportOf(payload, revision),
      ...(workloads && { workloads }),
      ...(environments && { environments }),
    },
  };
}

function readEdit(
  payload: Record<string, unknown>,
  path: unknown,
  action: unknown,
  spec: unknown,
): ReadDispatch {
  if (action !== 'apply') {
    throw new InputError(
      `The action ${JSON.stringify(action)} isn't known; allowed is apply, which merges spec into what is there.`,
    );
  }
  if (!isMap(spec) || Object.keys(spec).length === 0) {
    throw new InputError(
      'spec has to be an object with what is to be merged, such as { "resources": { "memory": "512Mi" } }.',
    );
  }
  const place = readPath(path);
  const { report, rest } = splitRevision(place, spec, payload);
  return {
    ...place,
    ...(report && { report }),
    ...(Object.keys(rest).length > 0 && { spec: rest }),
  };
}

function readPath(path: unknown): DispatchPlace {
  const steps = typeof path === 'string' ? path.split('/') : [];
  const [root, first, ...more] = steps;
  const [services, service, ...below] =
    root === 'organizations' ? more : ['services', first, ...more];
  const [kind, name, ...rest] = below;
  const kinds: Record<string, 'workloads' | 'databases'> = {
    applications: 'workloads',
    workloads: 'workloads',
    databases: 'databases',
  };
  const known =
    (root === 'organizations' || root === 'projects') &&
    services === 'services' &&
    rest.length === 0 &&
    NAME.test(service ?? '') &&
    (kind === undefined || (kind in kinds && NAME.test(name ?? '')));
  if (!known) {
    throw new InputError(
      `The path ${JSON.stringify(path)} names no part of a spec; allowed is ${ALLOWED}.`,
    );
  }
  return {
    ...(root === 'organizations' && { organization: first }),
    service,
    ...(kind !== undefined && { part: { kind: kinds[kind], name } }),
  };
}

/** What a workload's `git` may say; `type`, `owner` and `repo` are another way to name the repository. */
const GIT_FIELDS = ['hash', 'branch', 'repository', 'type', 'owner', 'repo'];

/**
 * `git`, `image.revision` and `image.digest` of a workload are its release; what is left is its spec. What was built is
 * told there, or beside the spec as in a report: without it no workload could tell a branch of its own from another.
 */
function splitRevision(
  { part }: DispatchPlace,
  spec: Record<string, unknown>,
  payload: Record<string, unknown>,
): { report?: ApiRevisionReport; rest: Record<string, unknown> } {
  if (part?.kind !== 'workloads') return { rest: spec };
  const { git = {}, image, ...rest } = spec;
  assertGit(git);
  const { revision, digest, ...place } = isMap(image) ? image : {};
  const built = textOf(git, 'hash') ?? revision;
  if (typeof built !== 'string') {
    if (spec.git === undefined) return { rest: spec };
    throw new InputError(
      'git tells of a commit that was built, and names none; send git.hash. What a workload is built from is its source.',
    );
  }
  const branch = textOf(git, 'branch');
  const repository = repositoryOf(git);
  return {
    report: {
      ...reportOf(payload, built),
      ...(branch !== undefined && { branch }),
      ...(repository !== undefined && { repository }),
      ...(typeof digest === 'string' && { digest }),
      workloads: [part.name],
    },
    rest: {
      ...rest,
      ...(Object.keys(place).length > 0 && { image: place }),
    },
  };
}

function assertGit(git: unknown): asserts git is Record<string, unknown> {
  const stranger = isMap(git)
    ? Object.keys(git).find(name => !GIT_FIELDS.includes(name))
    : '';
  if (stranger !== undefined) {
    throw new InputError(
      `git${stranger && `.${stranger}`} isn't known; allowed is an object with ${GIT_FIELDS.join(', ')}.`,
    );
  }
}

function repositoryOf(git: Record<string, unknown>): string | undefined {
  const [owner, repo] = [textOf(git, 'owner'), textOf(git, 'repo')];
  const path =
    owner !== undefined && repo !== undefined ? `${owner}/${repo}` : repo;
  return textOf(git, 'repository') ?? path;
}

/** What a payload tells of a revision beside it. */
function reportOf(
  payload: Record<string, unknown>,
  revision: string,
): ApiRevisionReport {
  const report: ApiRevisionReport = { revision };
  for (const field of REPORT_FIELDS) {
    const value = textOf(payload, field);
    if (value !== undefined) report[field] = value;
  }
  return report;
}

/** The smallest edits that merge this into a part of a spec; null takes away, lists are replaced as a whole. */
export function editsOf(
  part: DispatchPlace['part'],
  spec: Record<string, unknown>,
): Edit[] {
  const root: EditStep[] = part
    ? ['spec', part.kind, { name: part.name }]
    : ['spec'];
  return leaves(root, spec);
}

function leaves(path: EditStep[], value: Record<string, unknown>): Edit[] {
  return Object.entries(value).flatMap(([name, child]): Edit[] => {
    const at = [...path, name];
    if (child === null) return [{ op: 'delete', path: at }];
    return isMap(child) && Object.keys(child).length > 0
      ? leaves(at, child)
      : [{ op: 'set', path: at, value: child }];
  });
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(
  payload: Record<string, unknown>,
  field: string,
): string | undefined {
  const value = payload[field];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string')
    throw new InputError(`${field} has to be a text.`);
  return value;
}

function listOf(
  payload: Record<string, unknown>,
  field: string,
): string[] | undefined {
  const value = payload[field];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || value.some(item => typeof item !== 'string'))
    throw new InputError(`${field} has to be a list of names.`);
  return value as string[];
}
