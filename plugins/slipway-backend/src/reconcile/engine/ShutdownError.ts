import { CustomErrorBase } from '@backstage/errors';

/** The process shuts down and the run was not through in time; its key goes back to the queue, nothing is counted. */
export class ShutdownError extends CustomErrorBase {
  name = 'ShutdownError' as const;
}
