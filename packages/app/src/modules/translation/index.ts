import {
  createFrontendModule,
  createTranslationResource,
} from '@backstage/frontend-plugin-api';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { slipwayTranslationRef } from '@slipway/plugin-slipway';

/** Slipway in German, loaded when somebody chooses it in their settings. */
export const translationModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    TranslationBlueprint.make({
      name: 'slipway',
      params: {
        resource: createTranslationResource({
          ref: slipwayTranslationRef,
          translations: { de: () => import('./de') },
        }),
      },
    }),
  ],
});
