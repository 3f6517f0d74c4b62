/** Long messages are told in full by the engine itself. */
const MESSAGE_MAX = 500;

/**
 * A text short enough to be kept in memory by the thousand.
 *
 * @public
 */
export function clipMessage(text: string | undefined): string | undefined {
  return text !== undefined && text.length > MESSAGE_MAX
    ? `${text.slice(0, MESSAGE_MAX - 1)}…`
    : text;
}
