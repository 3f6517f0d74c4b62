import type { z } from 'zod/v3';

/** The zod that the scaffolder hands to an action's schema. @internal */
export type Zod = typeof z;

/** @internal */
export const targetPath = (zod: Zod) =>
  zod
    .string()
    .optional()
    .describe(
      'The folder of the workspace that stands for the root of the platform repository; the workspace itself when absent.',
    );

/** @internal */
export const organization = (zod: Zod) =>
  zod.string().min(1).describe('The organization, by name.');

/** @internal */
export const changeSubject = (zod: Zod) =>
  zod
    .string()
    .regex(/^[a-z]+(\/[a-z0-9][-a-z0-9]*)+$/)
    .max(300)
    .optional()
    .describe(
      'What it is about; the open change request of the same subject is updated. When absent, that of the one service (service/<organization>/<name>) or organization among the files.',
    );

/** @internal */
export const files = (zod: Zod) =>
  zod
    .array(zod.string())
    .optional()
    .describe(
      'Only these platform files, relative to targetPath; all that are in the workspace when absent.',
    );

/** @internal */
export const removePaths = (zod: Zod) =>
  zod
    .array(zod.string())
    .optional()
    .describe(
      'Files of the platform repository to remove, such as organizations/shop/services/checkout.yaml.',
    );

/** A part of a resource, whose fields Slipway itself validates: one schema, the same messages everywhere. @internal */
export const part = (zod: Zod) => zod.record(zod.unknown());

/** @internal */
export const pathOutput = (zod: Zod) =>
  zod.string().describe('The path in the platform repository.');

/** @internal */
export const contentOutput = (zod: Zod) =>
  zod.string().describe('The whole file as it was written.');
