import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { SlipwaySidebar } from './SlipwaySidebar';

/** The sidebar of the example app. */
export const navModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    NavContentBlueprint.make({ params: { component: SlipwaySidebar } }),
  ],
});
