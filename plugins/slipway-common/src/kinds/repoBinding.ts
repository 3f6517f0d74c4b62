import { z } from 'zod';
import { branch, name, patternText } from './fields';
import { namespacedResource } from './resource';
import { commonStatus, PHASES } from './status';

/** What a binding's pipeline may do in the cluster. @public */
export const PERMISSION_PROFILES = [
  'deployer',
  'builder',
  'read-only',
] as const;

const specSchema = z
  .strictObject({
    organization: name().describe(
      'The organization that the repository belongs to.',
    ),
    repository: z
      .strictObject({
        owner: patternText(
          /^[A-Za-z0-9_][A-Za-z0-9_.-]*(\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$/,
          255,
          'the owner, group or workspace at the Git host, without ..',
        ).describe('The owner, group or workspace of the repository.'),
        name: patternText(
          /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/,
          100,
          'the name of a repository: letters, digits, dots, hyphens and underscores',
        ).describe('The name of the repository.'),
        branch: branch()
          .default('main')
          .describe('The branch whose commits start the pipeline.'),
      })
      .describe('The repository that is bound.'),
    pipeline: z
      .strictObject({
        name: name().describe(
          "The pipeline's name, from which its objects are named.",
        ),
        template: name().describe(
          'The pipeline template of the catalog that it follows.',
        ),
      })
      .describe('The pipeline that runs on a commit.'),
    permissionProfile: z
      .enum(PERMISSION_PROFILES)
      .default('builder')
      .describe(
        'What the pipeline may do in the cluster: deploy, only build, or only read.',
      ),
  })
  .describe('Which repository runs which pipeline.');

const statusSchema = z
  .strictObject({
    phase: z
      .enum(PHASES)
      .optional()
      .describe('Where provisioning or deletion stands.'),
    webhookURL: z
      .string()
      .max(2048)
      .optional()
      .describe('Where the Git host sends its events.'),
    ...commonStatus,
  })
  .describe('What the control plane last observed. Never written in a file.');

/** The schema of a RepoBinding. @public */
export const repoBindingSchema = namespacedResource('RepoBinding', {
  description:
    'Ties one repository to an organization and a pipeline template.',
  spec: specSchema,
  status: statusSchema,
});

/** A repository, tied to an organization and a pipeline template. @public */
export type RepoBinding = z.output<typeof repoBindingSchema>;
/** A RepoBinding as it may be written, with defaults left out. @public */
export type RepoBindingInput = z.input<typeof repoBindingSchema>;
