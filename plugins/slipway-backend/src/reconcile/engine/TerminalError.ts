import { CustomErrorBase } from '@backstage/errors';

/**
 * Trying again is no use before somebody changes something. The key becomes a dead letter with this message, which
 * says what was found and what to do.
 */
export class TerminalError extends CustomErrorBase {
  name = 'TerminalError' as const;
}
