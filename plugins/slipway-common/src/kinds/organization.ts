import { z } from 'zod';
import {
  entityRef,
  hostname,
  moneySchema,
  name,
  objectName,
  patternText,
  relativePath,
} from './fields';
import { clusterResource } from './resource';
import { commonStatus, PHASES } from './status';

/** The engines that can run an organization's pipelines. @public */
export const PIPELINE_ENGINES = [
  'tekton',
  'argo-workflows',
  'github-actions',
] as const;

/** The Git hosts that an organization's repositories can live on. @public */
export const GIT_INTEGRATIONS = [
  'github',
  'gitlab',
  'gitea',
  'bitbucket',
  'plain',
] as const;

const specSchema = z
  .strictObject({
    owner: entityRef().describe(
      'The group that owns the organization and may change its files.',
    ),
    displayName: z
      .string()
      .min(1)
      .max(100)
      .describe('The name that people see.'),
    members: z
      .array(entityRef())
      .max(500)
      .default([])
      .describe('Further groups and users that work in the organization.'),
    gitHost: z
      .strictObject({
        integration: z
          .enum(GIT_INTEGRATIONS)
          .describe('The kind of Git host; plain is Git without a host API.'),
        namespace: patternText(
          /^[A-Za-z0-9_][A-Za-z0-9_.-]*(\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$/,
          255,
          'the owner, group or workspace at the Git host, without ..',
        ).describe('The owner, group or workspace at the Git host.'),
      })
      .describe("Where the organization's code repositories live."),
    pipelineEngine: z
      .enum(PIPELINE_ENGINES)
      .describe('What runs the pipelines, unless a service chooses otherwise.'),
    webhook: z
      .strictObject({
        domain: hostname().describe(
          'The domain under which Git hosts reach the event listener.',
        ),
        tunnel: z
          .enum(['cloudflare', 'none'])
          .default('none')
          .describe(
            'How the listener is reached where it has no public address.',
          ),
      })
      .describe('How events of the Git host arrive.'),
    secretStore: z
      .strictObject({
        provider: z
          .enum(['kubernetes', 'vault'])
          .describe('What keeps the secrets.'),
        path: relativePath()
          .optional()
          .describe("The organization's path in Vault."),
      })
      .describe('Where secrets that are referenced are kept.'),
    registry: z
      .strictObject({
        url: patternText(
          /^[A-Za-z0-9.-]+(:[1-9][0-9]{0,4})?(\/[a-z0-9][a-z0-9._-]*)*$/,
          255,
          'the registry without scheme such as registry.example.com/shop',
        ).describe('The registry that images are pushed to, without scheme.'),
        pullSecretRef: objectName()
          .optional()
          .describe(
            "The Secret in the organization's namespace with which images are pulled.",
          ),
      })
      .describe("The organization's image registry."),
    quota: name()
      .optional()
      .describe('The QuotaProfile that bounds the organization as a whole.'),
    budget: moneySchema
      .optional()
      .describe('What the organization may cost in a month.'),
  })
  .describe('What the platform team and the owners declare.');

const statusSchema = z
  .strictObject({
    phase: z
      .enum(PHASES)
      .optional()
      .describe('Where provisioning or deletion stands.'),
    namespace: z
      .string()
      .max(63)
      .optional()
      .describe("The organization's namespace."),
    webhookURL: z
      .string()
      .max(2048)
      .optional()
      .describe('Where the Git host sends its events.'),
    webhookSecretRef: z
      .strictObject({
        name: objectName().describe('The name of the Secret.'),
        key: z.string().min(1).max(253).describe('The key in the Secret.'),
      })
      .optional()
      .describe('Which Secret holds the webhook secret; never its value.'),
    ...commonStatus,
  })
  .describe('What the control plane last observed. Never written in a file.');

/** The schema of an Organization. @public */
export const organizationSchema = clusterResource('Organization', {
  description:
    'A tenant: the teams, Git host, registry, secrets and limits that its services share.',
  spec: specSchema,
  status: statusSchema,
});

/** A tenant. @public */
export type Organization = z.output<typeof organizationSchema>;
/** An Organization as it may be written, with defaults left out. @public */
export type OrganizationInput = z.input<typeof organizationSchema>;
