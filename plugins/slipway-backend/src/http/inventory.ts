import { ChangesService } from '../services/changes/ChangesService';
import { InventoryService } from '../services/inventory/InventoryService';
import { ApiRouter } from './apiRouter';

/** Organizations, classes, clusters, services and files. */
export function registerInventory(
  api: ApiRouter,
  inventory: InventoryService,
  changes: Pick<ChangesService, 'file'>,
): void {
  api.read('/v1alpha1/organizations', async call => ({
    items: await inventory.organizations(call),
  }));
  api.read('/v1alpha1/classes', async call => ({
    items: await inventory.classes(call),
  }));
  api.read('/v1alpha1/clusters', async call => ({
    items: await inventory.clusters(call),
  }));
  api.read('/v1alpha1/services', async call => ({
    items: await inventory.services(call.query, call),
  }));
  api.read('/v1alpha1/services/{organization}/{service}', call =>
    inventory.service(call.params.organization, call.params.service, call),
  );
  api.read('/v1alpha1/files', call =>
    call.query.subject === undefined
      ? inventory.file(call.query.path, call)
      : changes.file(call.query.path, call.query.subject, call),
  );
  api.post('/v1alpha1/edits', undefined, call =>
    inventory.edit(call.body, call),
  );
}
