import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(import('@backstage/plugin-mcp-actions-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-signals-backend'));

backend.add(import('@slipway/plugin-slipway-backend'));
backend.add(import('@slipway/plugin-slipway-backend-module-argo-workflows'));
backend.add(import('@slipway/plugin-slipway-backend-module-bitbucket'));
backend.add(import('@slipway/plugin-slipway-backend-module-gitea'));
backend.add(import('@slipway/plugin-slipway-backend-module-github'));
backend.add(import('@slipway/plugin-slipway-backend-module-github-actions'));
backend.add(import('@slipway/plugin-slipway-backend-module-gitlab'));
backend.add(import('@slipway/plugin-slipway-backend-module-tekton'));
backend.add(import('@slipway/plugin-catalog-backend-module-slipway'));
backend.add(import('@slipway/plugin-scaffolder-backend-module-slipway'));

backend.add(import('./permission'));
backend.add(import('./demo'));
backend.add(import('./sandbox'));

backend.start();
