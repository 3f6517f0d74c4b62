import { createApiFactory } from '@backstage/core-plugin-api';
import {
  catalogApiRef,
  starredEntitiesApiRef,
  MockStarredEntitiesApi,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  scaffolderApiRef,
  type ScaffolderApi,
} from '@backstage/plugin-scaffolder-react';
import { mockApis } from '@backstage/test-utils';
import { slipwayApiRef } from '../../src/legacy';
import { fakeClient, world } from '../fake';
import { manifest } from '../FormStory';
import { serviceEntity } from '../frame';

/** What the form asks the scaffolder for; nothing is ever run. */
const scaffolder = {
  getTemplateParameterSchema: async () => manifest,
  listActions: async () => [],
  getIntegrationsList: async () => ({ integrations: [] }),
} as unknown as ScaffolderApi;

/** Everything that would ask a backend. */
export const legacyApis = [
  createApiFactory(slipwayApiRef, fakeClient(world()).client),
  createApiFactory(
    catalogApiRef,
    catalogApiMock({
      entities: [
        serviceEntity,
        {
          apiVersion: 'scaffolder.backstage.io/v1beta3',
          kind: 'Template',
          metadata: { name: 'new-service', namespace: 'default' },
          spec: { type: 'service' },
        },
      ],
    }),
  ),
  createApiFactory(starredEntitiesApiRef, new MockStarredEntitiesApi()),
  createApiFactory(permissionApiRef, mockApis.permission()),
  createApiFactory(scaffolderApiRef, scaffolder),
];
