/**
 * What an entry of `needs` points to.
 *
 * @public
 */
export type Need =
  | { type: 'local'; name: string }
  | {
      type: 'service';
      organization: string;
      service: string;
      workload?: string;
    }
  | { type: 'external'; host: string; port: number };

/**
 * Reads an entry of `needs` that matched the schema. A host is told from a
 * name by its port, which is why an external need always has one.
 *
 * @public
 */
export function parseNeed(need: string): Need {
  const colon = need.lastIndexOf(':');
  if (colon > 0) {
    return {
      type: 'external',
      host: need.slice(0, colon),
      port: Number(need.slice(colon + 1)),
    };
  }
  const [organization, service, workload] = need.split('/');
  if (service === undefined) {
    return { type: 'local', name: need };
  }
  return workload === undefined
    ? { type: 'service', organization, service }
    : { type: 'service', organization, service, workload };
}

/**
 * The inverse of {@link parseNeed}.
 *
 * @public
 */
export function formatNeed(need: Need): string {
  switch (need.type) {
    case 'local':
      return need.name;
    case 'external':
      return `${need.host}:${need.port}`;
    default:
      return [need.organization, need.service, need.workload]
        .filter(part => part !== undefined)
        .join('/');
  }
}
