import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { Sidebar, SidebarItem, SidebarPage } from '@backstage/core-components';
import {
  CatalogEntityPage,
  CatalogIndexPage,
  catalogPlugin,
} from '@backstage/plugin-catalog';
import { ScaffolderPage, scaffolderPlugin } from '@backstage/plugin-scaffolder';
import { ScaffolderFieldExtensions } from '@backstage/plugin-scaffolder-react';
import SlipwayIcon from '@mui/icons-material/DirectionsBoatOutlined';
import { Route } from 'react-router-dom';
import {
  SlipwayDatabasesFieldExtension,
  SlipwayEnvironmentsFieldExtension,
  SlipwayOrganizationFieldExtension,
  SlipwayPage,
  SlipwayPlanFieldExtension,
  slipwayPlugin,
  SlipwayAdoptableFieldExtension,
  SlipwayClassFieldExtension,
  SlipwayServiceFieldExtension,
  SlipwayServiceNameFieldExtension,
  SlipwayWorkloadsFieldExtension,
} from '../../src/legacy';
import { legacyApis } from './apis';
import { EntityPage } from './EntityPage';

const app = createApp({
  apis: legacyApis,
  plugins: [slipwayPlugin],
  bindRoutes({ bind }) {
    bind(slipwayPlugin.externalRoutes, {
      create: scaffolderPlugin.routes.root,
      catalogEntity: catalogPlugin.routes.catalogEntity,
    });
  },
});

/** As the example app of Backstage was made before 2026: routes, sidebar and entity page are written down. */
export const LegacyApp = app.createRoot(
  <AppRouter>
    <SidebarPage>
      <Sidebar>
        <SidebarItem icon={SlipwayIcon} to="slipway" text="Slipway" />
      </Sidebar>
      <FlatRoutes>
        <Route path="/slipway" element={<SlipwayPage />} />
        <Route path="/catalog" element={<CatalogIndexPage />} />
        <Route
          path="/catalog/:namespace/:kind/:name"
          element={<CatalogEntityPage />}
        >
          <EntityPage />
        </Route>
        <Route path="/create" element={<ScaffolderPage />}>
          <ScaffolderFieldExtensions>
            <SlipwayOrganizationFieldExtension />
            <SlipwayServiceFieldExtension />
            <SlipwayAdoptableFieldExtension />
            <SlipwayClassFieldExtension />
            <SlipwayServiceNameFieldExtension />
            <SlipwayWorkloadsFieldExtension />
            <SlipwayDatabasesFieldExtension />
            <SlipwayEnvironmentsFieldExtension />
            <SlipwayPlanFieldExtension />
          </ScaffolderFieldExtensions>
        </Route>
      </FlatRoutes>
    </SidebarPage>
  </AppRouter>,
);
