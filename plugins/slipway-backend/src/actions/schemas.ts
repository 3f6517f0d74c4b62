import type { z } from 'zod/v3';

type Zod = typeof z;

/** Names of one environment, as every action takes them. */
export const environmentInput = (zod: Zod) =>
  zod.object({
    organization: zod
      .string()
      .describe('Name of the organization, such as shop'),
    service: zod.string().describe('Name of the service, such as checkout'),
    environment: zod
      .string()
      .describe('Name of the environment, such as production'),
  });

/** How a station shows. */
export const stationState = (zod: Zod) =>
  zod
    .enum(['done', 'here', 'waiting', 'stopped', 'ahead', 'unknown'])
    .describe(
      'done, here (working by itself), waiting (for somebody or something), stopped (until somebody changes something), ahead, unknown (a source does not answer)',
    );

/** Who acts next. */
export const who = (zod: Zod) =>
  zod
    .enum(['nobody', 'requester', 'owner', 'approver', 'platform', 'ci'])
    .describe('Who acts next');

/** What an explanation says in any action. */
export const explanationFields = (zod: Zod) => ({
  headline: zod.string(),
  sentence: zod.string().describe('What is, with names and times'),
  why: zod.string(),
  next: zod.string().describe('What happens next, or who can do what'),
  who: who(zod),
  people: zod.array(zod.string()).describe('Catalog entity refs'),
  since: zod.string().optional(),
  station: zod
    .string()
    .optional()
    .describe('The station of the road that speaks; absent when all are done'),
  state: stationState(zod),
  asOf: zod
    .string()
    .optional()
    .describe(
      'Set when a source does not answer: what is said is of this time',
    ),
  link: zod.string().describe('The page of the environment'),
});
