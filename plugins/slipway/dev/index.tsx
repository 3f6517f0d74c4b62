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
import { bareLayout } from './bareLayout';
import { VIEWS } from './registry';
import { Index, picturesOf, Story } from './Story';

/*
 * The playground: every main view in its six states, over a fake client. `yarn start` in this folder; a new view
 * is a new file in `stories`.
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
            <Route path=":theme/:view/:state/*" element={<Story />} />
          </Routes>
        ),
      },
    }),
  ],
});

/** What the picture test asks for: every story, and what to do before its picture is taken. */
const catalogue = Object.values(VIEWS).flatMap(each =>
  picturesOf(each).map(name => ({
    view: each.view,
    name,
    press: each.more?.[name]?.press ?? [],
    narrow: name === 'ready' && (each.narrow ?? each.width === 'page'),
    print: name === 'ready' && (each.print ?? each.width === 'page'),
  })),
);
Object.assign(window, { slipwayStories: catalogue });

const app = createApp({ features: [slipwayPlugin, stories, bareLayout] });

ReactDOM.createRoot(document.getElementById('root')!).render(app.createRoot());
