import {
  ApiChangeRequest,
  ApiEnvironment,
  ApiInboxItem,
  Condition,
  speaking,
} from '@slipway/plugin-slipway-common';
import { isDrifted } from '../../domain/fleet/standing';
import { FileEdit, PlatformState } from '../../domain/platform/PlatformState';
import { SourceRecord } from '../../ports/SourceStore';
import { QueueItem } from '../../ports/WorkQueue';
import { neededRights } from '../access/fileRights';
import { ResourceOf, Viewer } from './Viewer';

/** What somebody waits for comes first, then what is broken, then what can wait. */
const ORDER: Array<ApiInboxItem['kind']> = [
  'held',
  'approval',
  'failed',
  'stopped',
  'change',
  'drifted',
  'deadLetter',
];

/** Stations that speak of what runs; before them nothing has been delivered yet. */
const RUNNING = ['Synced', 'Healthy'];

const nameOf = (e: ApiEnvironment) =>
  `${e.organization}/${e.service}/${e.name}`;

const linkOf = (e: ApiEnvironment) => `/slipway/environments/${nameOf(e)}`;

/** Most urgent first and, among equals, what has waited longest. */
export function inboxOrder(items: ApiInboxItem[]): ApiInboxItem[] {
  return [...items].sort(
    (a, b) =>
      ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
      (a.since ?? '').localeCompare(b.since ?? '') ||
      a.id.localeCompare(b.id),
  );
}

/** Approvals that the caller may give, and what stands still or differs among what is theirs. */
export function inboxOfEnvironments(
  environments: ApiEnvironment[],
  viewer: Viewer,
  resourceOf: ResourceOf,
  state: PlatformState,
): ApiInboxItem[] {
  return environments.flatMap(environment => {
    const station = speaking(environment.conditions as unknown as Condition[]);
    const waits = station?.condition?.reason === 'ApprovalWanted';
    const stopped = station?.state === 'stopped';
    const drifted = isDrifted(environment);
    // Nearly all of the fleet is well: rights are asked about the rest only.
    if (!waits && !stopped && !drifted) return [];
    const resource = resourceOf(
      environment.organization,
      environment.owner || undefined,
    );
    const items: ApiInboxItem[] = [];
    const base = {
      link: linkOf(environment),
      organization: environment.organization,
    };
    if (waits && station && viewer.approves(resource)) {
      const groups = state.class(environment.class)?.spec.approval.groups ?? [];
      if (groups.length === 0 || groups.some(g => viewer.claims.includes(g))) {
        items.push({
          ...base,
          id: `approval:${nameOf(environment)}`,
          kind: 'approval',
          title: nameOf(environment),
          detail: station.message,
          since: station.condition!.lastTransitionTime,
        });
      }
    }
    if (!resource.owners.some(owner => viewer.claims.includes(owner)))
      return items;
    if (stopped && station) {
      const runs = RUNNING.includes(station.station);
      items.push({
        ...base,
        id: `stopped:${nameOf(environment)}`,
        kind: runs ? 'failed' : 'stopped',
        title: nameOf(environment),
        detail: [station.title, station.message].filter(Boolean).join(': '),
        since: station.condition?.lastTransitionTime,
      });
    }
    if (drifted) {
      const condition = environment.conditions.find(c => c.type === 'Drifted')!;
      items.push({
        ...base,
        id: `drifted:${nameOf(environment)}`,
        kind: 'drifted',
        title: nameOf(environment),
        detail: condition.message,
        since: condition.lastTransitionTime,
      });
    }
    return items;
  });
}

/** Change requests that the caller may merge or, where somebody else opened them, approve. */
export function inboxOfChanges(
  changes: ApiChangeRequest[],
  viewer: Viewer,
  resourceOf: ResourceOf,
  state: PlatformState,
): ApiInboxItem[] {
  return changes
    .filter(change => {
      const edits: FileEdit[] = change.paths.map(path => ({
        path,
        content: null,
      }));
      const rights = neededRights(state, edits);
      if (rights.platform.length > 0 && !viewer.platform) return false;
      const concerned =
        rights.organizations.length > 0 || !change.organization
          ? rights.organizations
          : [resourceOf(change.organization)];
      // What concerns nobody's organization is the platform team's.
      if (concerned.length === 0) return viewer.platform;
      const own = change.author === viewer.actor;
      return concerned.every(
        resource =>
          viewer.merges(resource) || (!own && viewer.approves(resource)),
      );
    })
    .map(change => ({
      id: `change:${change.id}`,
      kind: 'change',
      title: `#${change.number} ${change.title}`,
      since: change.createdAt,
      link: `/slipway/change-requests/${encodeURIComponent(change.id)}`,
      ...(change.organization ? { organization: change.organization } : {}),
    }));
}

/** Held deletions and dead letters, for who runs the platform. */
export function inboxOfOperations(
  sources: SourceRecord[],
  dead: QueueItem[],
): ApiInboxItem[] {
  return [
    ...sources.flatMap(({ id, held }): ApiInboxItem[] =>
      held && !held.confirmed
        ? [
            {
              id: `held:${id}`,
              kind: 'held',
              title: id,
              detail: held.vanished.map(({ path }) => path).join(', '),
              since: held.since.toISOString(),
              link: '/slipway/operations',
            },
          ]
        : [],
    ),
    ...dead.map((item): ApiInboxItem => ({
      id: `deadLetter:${item.key}`,
      kind: 'deadLetter',
      title: item.key,
      ...(item.lastError ? { detail: item.lastError } : {}),
      since: (item.deadSince ?? item.updatedAt).toISOString(),
      link: '/slipway/operations?queue=dead',
    })),
  ];
}
