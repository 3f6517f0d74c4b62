import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** A field that holds one text. @internal */
export const textFieldSchema = makeFieldSchema({ output: z => z.string() });

/** @internal */
export type TextFieldProps = typeof textFieldSchema.TProps;

/** An Application, and where it delivers to. @internal */
export const adoptableFieldSchema = makeFieldSchema({
  output: z =>
    z.object({
      cluster: z.string(),
      namespace: z.string(),
      application: z.string(),
    }),
});

/** @internal */
export type AdoptableFieldProps = typeof adoptableFieldSchema.TProps;

/** A repository that is there already. @internal */
export const repositoryFieldSchema = makeFieldSchema({
  output: z =>
    z.object({
      host: z.string(),
      integration: z.string(),
      owner: z.string(),
      name: z.string(),
      branch: z.string(),
      archived: z.boolean(),
      boundTo: z.string().optional(),
    }),
});

/** @internal */
export type RepositoryFieldProps = typeof repositoryFieldSchema.TProps;

/** What a repository runs; the parts themselves are checked by the kind's own schema. @internal */
export const firstSpecFieldSchema = makeFieldSchema({
  output: z =>
    z.object({
      of: z.string().describe('What was asked for, so that it is asked once.'),
      workloads: z.array(z.record(z.unknown())).optional(),
      databases: z.array(z.record(z.unknown())).optional(),
    }),
});

/** @internal */
export type FirstSpecFieldProps = typeof firstSpecFieldSchema.TProps;

/** A field that holds a list of parts of the spec; the parts themselves are checked by the kind's own schema. @internal */
export const listFieldSchema = makeFieldSchema({
  output: z => z.array(z.record(z.unknown())),
});

/** @internal */
export type ListFieldProps = typeof listFieldSchema.TProps;

/** The plan leaves its headline in the form, for the review page. @internal */
export const planFieldSchema = makeFieldSchema({
  output: z => z.string(),
  uiOptions: z =>
    z.object({
      repositoryOwner: z
        .string()
        .optional()
        .describe(
          "Owner of the code repository. Default: where the organization's code lives.",
        ),
      repositoryName: z
        .string()
        .optional()
        .describe("Name of the code repository. Default: the service's name."),
      branch: z
        .string()
        .optional()
        .describe('Branch whose commits start the pipeline.'),
      pipelineTemplate: z
        .string()
        .optional()
        .describe('The pipeline template. Default: the skeleton.'),
    }),
});

/** @internal */
export type PlanFieldProps = typeof planFieldSchema.TProps;
