import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** A field that holds one text. @internal */
export const textFieldSchema = makeFieldSchema({ output: z => z.string() });

/** @internal */
export type TextFieldProps = typeof textFieldSchema.TProps;

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
