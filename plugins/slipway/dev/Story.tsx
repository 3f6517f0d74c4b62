import { ApiProvider } from '@backstage/core-app-api';
import { themes, UnifiedThemeProvider } from '@backstage/theme';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useMemo } from 'react';
import {
  Link as RouterLink,
  useParams,
  useSearchParams,
} from 'react-router-dom';
import { slipwayApiRef } from '../src/api';
import { fakeClient } from './fake';
import { answersIn, STATES, type StateName } from './states';
import { VIEWS } from './views';

/** One view in one state: `/stories/<view>/<state>`, with `?theme=dark` in the dark. */
export function Story() {
  const { view = '', state = 'ready' } = useParams();
  const [parameters] = useSearchParams();
  const dark = parameters.get('theme') === 'dark';
  const name = STATES.find(each => each === state) ?? 'ready';
  const draw = VIEWS[view];
  return (
    <UnifiedThemeProvider theme={dark ? themes.dark : themes.light}>
      <Box
        sx={{
          bgcolor: 'background.default',
          color: 'text.primary',
          p: 3,
          minHeight: '100vh',
        }}
      >
        {draw ? (
          <Stage key={`${view}/${name}`} state={name}>
            {draw()}
          </Stage>
        ) : (
          <Index />
        )}
      </Box>
    </UnifiedThemeProvider>
  );
}

function Stage(props: { state: StateName; children: JSX.Element }) {
  const { state, children } = props;
  const apis = useMemo(() => {
    const { client } = fakeClient(answersIn(state));
    return {
      get: <T,>({ id }: { id: string }) =>
        id === slipwayApiRef.id ? (client as T) : undefined,
    };
  }, [state]);
  return <ApiProvider apis={apis}>{children}</ApiProvider>;
}

/** Every story. */
export function Index() {
  return (
    <ul>
      {Object.keys(VIEWS).map(view => (
        <li key={view}>
          {view}:{' '}
          {STATES.map(state => (
            <span key={state}>
              <Link component={RouterLink} to={`/stories/${view}/${state}`}>
                {state}
              </Link>{' '}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}
