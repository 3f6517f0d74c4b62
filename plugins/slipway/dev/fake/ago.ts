const MINUTE = 60_000;

/** So many minutes ago, as the API writes it. */
export const ago = (minutes: number): string =>
  new Date(Date.now() - minutes * MINUTE).toISOString();
