/**
 * The address if a browser may follow it. What comes from a repository or a cluster is data, and data may say
 * `javascript:`.
 *
 * @internal
 */
export const webUrl = (address: string | undefined): string | undefined =>
  address !== undefined && /^https?:\/\//.test(address) ? address : undefined;
