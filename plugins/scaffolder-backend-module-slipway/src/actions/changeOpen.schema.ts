import {
  changeSubject,
  files,
  removePaths,
  targetPath,
  type Zod,
} from './inputs';

/** What `slipway:change:open` takes. @internal */
export const changeOpenInput = {
  title: (z: Zod) =>
    z.string().min(1).max(300).describe('What it does, in a line.'),
  description: (z: Zod) =>
    z.string().max(20_000).optional().describe('Why, for whoever reviews it.'),
  subject: changeSubject,
  from: (z: Zod) =>
    z
      .array(z.object({ path: z.string(), digest: z.string() }))
      .optional()
      .describe(
        'What the files were edited from, as slipway:servicespec:edit hands it out. They are then added to what the open change request of the subject holds; without it they take its place.',
      ),
  targetPath,
  files,
  removePaths,
  skeletonPath: (z: Zod) =>
    z
      .string()
      .optional()
      .describe(
        "The folder of the workspace that becomes the code repository's first commit after the merge.",
      ),
  repository: (z: Zod) =>
    z
      .string()
      .optional()
      .describe(
        "The code repository, as <owner>/<name>, or its name alone in the organization's own namespace.",
      ),
  branch: (z: Zod) =>
    z
      .string()
      .optional()
      .describe('The branch of that first commit; main when absent.'),
};

/** What `slipway:change:open` answers. @internal */
export const changeOpenOutput = {
  id: (z: Zod) => z.string().describe('The id of the change request.'),
  number: (z: Zod) => z.number().describe('Its number.'),
  url: (z: Zod) => z.string().describe('Its page in the portal.'),
};
