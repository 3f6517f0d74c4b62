/** Everything that is kept in the database; the ports say what each store promises. */
export { createStores, type Stores } from './createStores';
export {
  DEFAULT_QUEUE_SETTINGS,
  type WorkQueueSettings,
} from './DatabaseWorkQueue';
export { connectAndMigrate, MIGRATIONS_DIRECTORY } from './migrate';
