import type {
  ResourceIdentity,
  ResourceRecord,
} from '../../../ports/ResourceStore';
import type { Db } from '../../dialect';
import { identityOf, ResourceRow, RESOURCES, toResourceRecord } from './row';

/** Reads resources in the order of organization, kind and name: one statement, so the answer is of one moment. */
export async function listResources(
  db: Db,
  filter: {
    identity?: ResourceIdentity;
    kind?: string;
    organization?: string;
    sourceId?: string;
    includeDeleted?: boolean;
  },
): Promise<ResourceRecord[]> {
  const query = db<ResourceRow>(RESOURCES)
    .select('*')
    .orderBy(['organization', 'kind', 'name']);
  if (filter.identity) query.where(identityOf(filter.identity));
  if (filter.kind !== undefined) query.where('kind', filter.kind);
  if (filter.organization !== undefined)
    query.where('organization', filter.organization);
  if (filter.sourceId !== undefined) query.where('source_id', filter.sourceId);
  if (!filter.includeDeleted) query.whereNull('deleted_at');
  const rows: ResourceRow[] = await query;
  return rows.map(toResourceRecord);
}
