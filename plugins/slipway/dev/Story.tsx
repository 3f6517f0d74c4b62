import { ApiProvider } from '@backstage/core-app-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { UnifiedThemeProvider } from '@backstage/theme';
import Box from '@mui/material/Box';
import GlobalStyles from '@mui/material/GlobalStyles';
import Link from '@mui/material/Link';
import { useEffect, useMemo, useState } from 'react';
import { Link as RouterLink, useParams } from 'react-router-dom';
import { cacheOf, slipwayApiRef } from '../src/api';
import { fakeClient, fakeSignals, SIGNALS_SETTLED_MS, world } from './fake';
import { VIEWS, type ViewStories } from './registry';
import { answersIn, STATES, type StateName } from './states';
import { STORY_FONT, storyThemes } from './themes';

/** How old an answer is that could not be had anew. */
const STALE_MS = 4 * 60_000;

const WIDTHS = { page: 1080, card: 640 };

/** Also for what is drawn outside of the view: dialogs, drawers, menus. */
const EVERYWHERE = {
  'html body': {
    fontFamily: STORY_FONT,
    '--bui-font-regular': STORY_FONT,
    '--bui-font-monospace': '"JetBrains Mono"',
  },
};

/** One view in one state or variant: `/stories/<light|dark>/<view>/<state>`. */
export function Story() {
  const { theme, view = '', state = 'ready' } = useParams();
  const stories = VIEWS[view];
  return (
    <UnifiedThemeProvider
      theme={theme === 'dark' ? storyThemes.dark : storyThemes.light}
    >
      <GlobalStyles styles={EVERYWHERE} />
      <Box
        sx={{
          bgcolor: 'background.default',
          color: 'text.primary',
          minHeight: '100vh',
        }}
      >
        {stories ? (
          // The crop of a picture: no more than the view and a margin.
          <Box
            data-story={`${view}/${state}`}
            sx={{
              p: 2,
              bgcolor: 'background.default',
              maxWidth: WIDTHS[stories.width],
            }}
          >
            <Stage key={`${view}/${state}`} stories={stories} name={state} />
          </Box>
        ) : (
          <Index />
        )}
      </Box>
    </UnifiedThemeProvider>
  );
}

function Stage(props: { stories: ViewStories; name: string }) {
  const { stories, name } = props;
  const variant = stories.more?.[name];
  const client = useMemo(() => {
    if (variant) {
      const { answers } = variant;
      return fakeClient(
        world(typeof answers === 'function' ? answers() : answers),
      ).client;
    }
    const state: StateName = STATES.find(each => each === name) ?? 'ready';
    return fakeClient(answersIn(state, stories.answers?.[state])).client;
  }, [stories, variant, name]);
  const apis = useMemo(() => {
    const known = new Map<string, unknown>([[slipwayApiRef.id, client]]);
    if (variant?.signals)
      known.set(signalApiRef.id, fakeSignals(variant.signals, client));
    return {
      get: <T,>({ id }: { id: string }) => known.get(id) as T | undefined,
    };
  }, [client, variant]);
  const signals = variant?.signals;
  const [settled, setSettled] = useState(name !== 'stale' && !signals);
  useEffect(() => {
    if (signals) {
      const timer = setTimeout(() => setSettled(true), SIGNALS_SETTLED_MS);
      return () => clearTimeout(timer);
    }
    if (name !== 'stale') {
      return undefined;
    }
    // The first answers came a while ago; what is asked from now on fails.
    const timer = setTimeout(async () => {
      const cache = cacheOf(client);
      for (const query of cache.getQueryCache().getAll()) {
        query.setState({ dataUpdatedAt: Date.now() - STALE_MS });
      }
      await cache.invalidateQueries();
      setSettled(true);
    }, 300);
    return () => clearTimeout(timer);
  }, [client, name, signals]);
  return (
    <ApiProvider apis={apis}>
      {variant?.draw?.() ?? stories.draw(name)}
      {settled && <span data-settled hidden />}
    </ApiProvider>
  );
}

/** The names of all pictures of a view: its states, then what it has beside them. */
export const picturesOf = (stories: ViewStories): string[] => [
  ...STATES.filter(state => !stories.without?.[state]),
  ...Object.keys(stories.more ?? {}),
];

/** Every story. */
export function Index() {
  return (
    <ul>
      {Object.values(VIEWS).map(stories => (
        <li key={stories.view}>
          {stories.view}:{' '}
          {picturesOf(stories).map(name => (
            <span key={name}>
              <Link
                component={RouterLink}
                to={`/stories/light/${stories.view}/${name}`}
              >
                {name}
              </Link>{' '}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}
