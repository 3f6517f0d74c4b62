import '@backstage/cli/asset-types';
// The playground is an app of its own; the plugin takes the styles of the app that it is in.
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend
import '@backstage/ui/css/styles.css';
import { createApp } from '@backstage/frontend-defaults';
import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import ReactDOM from 'react-dom/client';
import { Route, Routes } from 'react-router-dom';
import slipwayPlugin from '../src';
import { Index, Story } from './Story';

/*
 * The playground: every main view in its six states, over a fake client. `yarn start` in this folder.
 */
const stories = createFrontendPlugin({
  pluginId: 'stories',
  extensions: [
    PageBlueprint.make({
      params: {
        path: '/stories',
        title: 'Stories',
        noHeader: true,
        loader: async () => (
          <Routes>
            <Route index element={<Index />} />
            <Route path=":view/:state/*" element={<Story />} />
          </Routes>
        ),
      },
    }),
  ],
});

const app = createApp({ features: [slipwayPlugin, stories] });

ReactDOM.createRoot(document.getElementById('root')!).render(app.createRoot());
