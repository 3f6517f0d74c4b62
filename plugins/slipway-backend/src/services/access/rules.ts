import {
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_SLIPWAY } from '@slipway/plugin-slipway-common';
import { z } from 'zod';

/** What permission rules are applied to: an organization, or something that belongs to one. */
export interface SlipwayResource {
  organization: string;
  /** Catalog entity refs of the organization's owner and, where there is one, the service's. */
  owners: string[];
  /** Further groups and users that work in the organization. */
  members: string[];
}

/** A filter as data: all of our lists are small enough to be filtered in memory. */
export type SlipwayFilter = (resource: SlipwayResource) => boolean;

export const slipwayResourceRef = createPermissionResourceRef<
  SlipwayResource,
  SlipwayFilter
>().with({
  pluginId: 'slipway',
  resourceType: RESOURCE_TYPE_SLIPWAY,
});

/** Owner of the organization or of the service. */
export const isOwner = createPermissionRule({
  name: 'IS_OWNER',
  description: 'Allow those who own the organization or the service',
  resourceRef: slipwayResourceRef,
  paramsSchema: z.object({
    claims: z.array(z.string()).describe('Entity refs that the caller owns by'),
  }),
  apply: (resource, { claims }) =>
    resource.owners.some(owner => claims.includes(owner)),
  toQuery:
    ({ claims }) =>
    resource =>
      resource.owners.some(owner => claims.includes(owner)),
});

/** Owner or member of the organization. */
export const isMember = createPermissionRule({
  name: 'IS_MEMBER',
  description:
    'Allow those who own the organization or are named as its members',
  resourceRef: slipwayResourceRef,
  paramsSchema: z.object({
    claims: z.array(z.string()).describe('Entity refs that the caller owns by'),
  }),
  apply: (resource, { claims }) =>
    [...resource.owners, ...resource.members].some(ref => claims.includes(ref)),
  toQuery:
    ({ claims }) =>
    resource =>
      [...resource.owners, ...resource.members].some(ref =>
        claims.includes(ref),
      ),
});

/** One of these organizations. */
export const inOrganization = createPermissionRule({
  name: 'IN_ORGANIZATION',
  description: 'Allow within the named organizations',
  resourceRef: slipwayResourceRef,
  paramsSchema: z.object({
    organizations: z.array(z.string()).describe('Names of organizations'),
  }),
  apply: (resource, { organizations }) =>
    organizations.includes(resource.organization),
  toQuery:
    ({ organizations }) =>
    resource =>
      organizations.includes(resource.organization),
});

export const slipwayRules = [isOwner, isMember, inOrganization];
