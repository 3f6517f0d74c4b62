import { ApiEnvironment } from '@slipway/plugin-slipway-common';
import { SlipwayFilter, SlipwayResource } from '../access/rules';

/** What the caller may see and do, asked once for everything that a page shows. */
export interface Viewer {
  actor: string;
  /** Entity refs that the caller owns by. */
  claims: string[];
  sees: SlipwayFilter;
  creates: SlipwayFilter;
  approves: SlipwayFilter;
  merges: SlipwayFilter;
  /** May change the platform team's files. */
  platform: boolean;
  /** May see the platform's machinery. */
  operations: boolean;
}

/** Finds what permission rules are applied to; the same few organizations and owners come again and again. */
export type ResourceOf = (
  organization: string,
  serviceOwner?: string,
) => SlipwayResource;

/** Those of the environments that the caller may see. */
export function visibleTo(
  viewer: Viewer,
  resourceOf: ResourceOf,
  environments: ApiEnvironment[],
): ApiEnvironment[] {
  const seen = new Map<SlipwayResource, boolean>();
  return environments.filter(({ organization, owner }) => {
    const resource = resourceOf(organization, owner || undefined);
    let sees = seen.get(resource);
    if (sees === undefined) {
      sees = viewer.sees(resource);
      seen.set(resource, sees);
    }
    return sees;
  });
}

/** A lookup that answers the same object for the same names. */
export function cachedResources(find: ResourceOf): ResourceOf {
  const known = new Map<string, SlipwayResource>();
  return (organization, serviceOwner) => {
    const key = `${organization}\n${serviceOwner ?? ''}`;
    let resource = known.get(key);
    if (!resource) {
      resource = find(organization, serviceOwner);
      known.set(key, resource);
    }
    return resource;
  };
}
