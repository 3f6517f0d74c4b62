import { z } from 'zod';
import {
  bytes,
  patternText,
  portNumber,
  secretReferenceSchema,
  serviceName,
} from './fields';

/** The database engines. @public */
export const DATABASE_ENGINES = [
  'mysql',
  'postgres',
  'redis',
  'mongodb',
] as const;

const version = () =>
  patternText(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    64,
    "a version of the engine such as '16' or '8.0', in quotes",
  ).describe('The version of the engine, in quotes.');
const size = () => bytes().describe('The size of its disk.');
const port = portNumber().describe("The port. Absent: the engine's own.");
const credentials = secretReferenceSchema.meta({
  ...secretReferenceSchema.meta(),
  description:
    'Where its password is kept. Absent: one is made in the cluster.',
});
const modes = z.enum(['statefulset', 'operator']);

/** A database. Not marked internal: the public type is made from it, and internal declarations are stripped. */
export const databaseSchema = z
  .strictObject({
    name: serviceName().describe(
      'The name, unique among workloads and databases of the service.',
    ),
    engine: z.enum(DATABASE_ENGINES).describe('The database engine.'),
    version: version(),
    size: size(),
    port: port.optional(),
    credentials: credentials.optional(),
    mode: modes
      .default('statefulset')
      .describe(
        'Whether we run it as a StatefulSet or an operator of the cluster does.',
      ),
  })
  .describe('A database of the service.');

/** An override of a database; see `databaseSchema`. */
export const databaseOverrideSchema = z
  .strictObject({
    name: serviceName().describe('The database that differs.'),
    version: version().optional(),
    size: size().optional(),
    port: port.optional(),
    credentials: credentials.optional(),
    mode: modes
      .optional()
      .describe(
        'Whether we run it as a StatefulSet or an operator of the cluster does.',
      ),
  })
  .describe('What differs in one database. Each field given replaces.');

/** A database of a service. @public */
export type Database = z.output<typeof databaseSchema>;
/** What differs in one database of an environment. @public */
export type DatabaseOverride = z.output<typeof databaseOverrideSchema>;
