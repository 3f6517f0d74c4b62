import type {
  AskedMove,
  ReleaseRecord,
  SpecDispatch,
  WantedOrigin,
  WantedRevision,
} from '../../../ports/ReleaseStore';
import { fromJson, fromOptionalJson } from '../../json';
import { toDate, toOptionalDate } from '../../time';

export const RELEASES = 'releases';
export const WANTED = 'wanted_revisions';
export const MOVES = 'asked_moves';
export const DISPATCHES = 'spec_dispatches';
export const SIGNATURES = 'seen_signatures';

type Time = Date | number | string;

/** A row of `releases` as it comes out of either database. */
export interface ReleaseRow {
  organization: string;
  service: string;
  id: string;
  workloads: string;
  revision: string;
  actor: string;
  git_name: string;
  git_email: string;
  at: Time;
  ordered_at: Time;
  branch: string | null;
  repository: string | null;
  url: string | null;
  message: string | null;
  promoted_from: string | null;
}

/** A row of `wanted_revisions`. */
export interface WantedRow {
  environment: string;
  workload: string;
  organization: string;
  service: string;
  revision: string;
  digest: string | null;
  release: string;
  ordered_at: Time;
  told_at: Time;
  asked_at: Time;
  actor: string;
  git_name: string;
  git_email: string;
  origin: WantedOrigin;
  serial: string;
  settled_at: Time | null;
}

/** A row of `asked_moves`. */
export interface MoveRow {
  environment: string;
  origin: WantedOrigin;
  organization: string;
  service: string;
  release: string;
  workloads: string;
  asked_at: Time;
  actor: string;
  git_name: string;
  git_email: string;
  serial: string;
  change_id: string | null;
}

/** A row of `spec_dispatches`. */
export interface DispatchRow {
  id: string;
  organization: string;
  service: string;
  part: string | null;
  spec: string;
  actor: string;
  git_name: string;
  git_email: string;
  at: Time;
}

export function toRelease(row: ReleaseRow): ReleaseRecord {
  const { organization, service, id, actor } = row;
  return {
    organization,
    service,
    id,
    workloads: fromJson(row.workloads),
    actor,
    gitAuthor: { name: row.git_name, email: row.git_email },
    at: toDate(row.at),
    orderedAt: toDate(row.ordered_at),
    ...(row.branch !== null && { branch: row.branch }),
    ...(row.repository !== null && { repository: row.repository }),
    ...(row.url !== null && { url: row.url }),
    ...(row.message !== null && { message: row.message }),
    ...(row.promoted_from !== null && { promotedFrom: row.promoted_from }),
  };
}

export function toWanted(row: WantedRow): WantedRevision {
  const { environment, revision, release, actor, origin, serial } = row;
  const settledAt = toOptionalDate(row.settled_at);
  return {
    environment,
    name: row.workload,
    revision,
    ...(row.digest !== null && { digest: row.digest }),
    release,
    orderedAt: toDate(row.ordered_at),
    toldAt: toDate(row.told_at),
    askedAt: toDate(row.asked_at),
    actor,
    gitAuthor: { name: row.git_name, email: row.git_email },
    origin,
    serial,
    ...(settledAt && { settledAt }),
  };
}

export function toMove(row: MoveRow): AskedMove {
  const { environment, origin, release, actor, serial } = row;
  return {
    environment,
    origin,
    release,
    workloads: fromJson(row.workloads),
    askedAt: toDate(row.asked_at),
    actor,
    gitAuthor: { name: row.git_name, email: row.git_email },
    serial,
    ...(row.change_id !== null && { changeId: row.change_id }),
  };
}

export function toDispatch(row: DispatchRow): SpecDispatch {
  const { id, organization, service, actor } = row;
  return {
    id,
    organization,
    service,
    part: fromOptionalJson(row.part),
    spec: fromJson(row.spec),
    actor,
    gitAuthor: { name: row.git_name, email: row.git_email },
    at: toDate(row.at),
  };
}
