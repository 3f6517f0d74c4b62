import { Organization, Problem } from '@slipway/plugin-slipway-common';
import { deliveredEnvironment } from '../../domain/platform/delivery';
import {
  FileEdit,
  locate,
  PlatformState,
} from '../../domain/platform/PlatformState';
import { SlipwayResource } from './rules';

/** What somebody needs to be allowed to do for a set of files, by their paths and the rules of the base. */
export interface NeededRights {
  /** Organizations whose files change; the caller needs the permission for each. */
  organizations: SlipwayResource[];
  /** Paths that only the platform team may change, with why. */
  platform: Array<{ path: string; why: string }>;
  problems: Problem[];
}

/** Fields of an organization that limit it; its owners can't lift their own limits. */
const LIMITS: Array<keyof Organization['spec']> = ['owner', 'quota', 'budget'];

/**
 * Who may change a file follows from its path: an organization's files by its owners, classes, quotas and policies by
 * the platform team. A new organization is the platform team's, as nobody owns it in the base yet.
 */
export function neededRights(
  base: PlatformState,
  edits: FileEdit[],
): NeededRights {
  const organizations = new Map<string, SlipwayResource>();
  const platform: NeededRights['platform'] = [];
  const problems: Problem[] = [];
  for (const { path, content } of edits) {
    const delivered = deliveredEnvironment(path);
    if (delivered) {
      const owner = organizationResource(base, delivered.organization);
      if (owner) organizations.set(delivered.organization, owner);
      else
        platform.push({
          path,
          why: `the organization ${delivered.organization} is not there any more`,
        });
      continue;
    }
    const place = locate(path);
    if ('problem' in place) {
      problems.push(place.problem);
      continue;
    }
    if (!place.organization) {
      platform.push({
        path,
        why: `a ${place.kind} belongs to the platform team`,
      });
      continue;
    }
    const resource = organizationResource(base, place.organization);
    if (!resource) {
      platform.push({
        path,
        why: `the organization ${place.organization} is new`,
      });
      continue;
    }
    organizations.set(place.organization, resource);
    if (place.kind === 'Organization') {
      const why =
        content === null
          ? 'removing an organization'
          : liftedLimit(base, path, content, place.name);
      if (why) platform.push({ path, why });
    }
  }
  return { organizations: [...organizations.values()], platform, problems };
}

function liftedLimit(
  base: PlatformState,
  path: string,
  content: string,
  name: string,
): string | undefined {
  const before = base.organization(name);
  const after = base.withFiles([{ path, content }]).state.organization(name);
  const changed = LIMITS.filter(
    field =>
      JSON.stringify(before?.spec[field]) !==
      JSON.stringify(after?.spec[field]),
  );
  return changed.length > 0
    ? `it changes ${changed.join(', ')} of the organization`
    : undefined;
}

/** The organization as permission rules see it; undefined when the base doesn't have it. */
export function organizationResource(
  base: PlatformState,
  organization: string,
  serviceOwner?: string,
): SlipwayResource | undefined {
  const value = base.organization(organization);
  if (!value) return undefined;
  return {
    organization,
    owners: [
      ...new Set([value.spec.owner, ...(serviceOwner ? [serviceOwner] : [])]),
    ],
    members: value.spec.members,
  };
}
