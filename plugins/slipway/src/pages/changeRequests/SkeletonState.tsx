import Box from '@mui/material/Box';
import type { ApiChangeRequestDetails } from '@slipway/plugin-slipway-common';
import { Toned } from '../../components';
import { count } from '../../format';
import { MONO } from '../../theme';

const STATES = {
  pending: {
    tone: 'go',
    text: 'becomes the first commit of the repository after the merge',
  },
  done: {
    tone: 'ok',
    text: 'was pushed as the first commit of the repository',
  },
  failed: { tone: 'bad', text: 'could not be pushed' },
} as const;

/**
 * The code that travels with a change, and what became of it.
 *
 * @internal
 */
export function SkeletonState(props: {
  skeleton: NonNullable<ApiChangeRequestDetails['skeleton']>;
}) {
  const { repository, files, state, message } = props.skeleton;
  const { tone, text } = STATES[state];
  return (
    <Box
      sx={{
        px: 2,
        py: 1.5,
        borderTop: 1,
        borderColor: 'divider',
        fontSize: '0.875rem',
      }}
    >
      <strong>Code skeleton</strong> ({count(files.length, 'file')}){' '}
      <Toned tone={tone}>{text}</Toned>:{' '}
      <Box
        component="span"
        sx={{
          fontFamily: MONO,
          fontSize: '0.8125rem',
          overflowWrap: 'anywhere',
        }}
      >
        {repository}
      </Box>
      {message && <div>{message}</div>}
      <details>
        <summary>Files</summary>
        <Box
          component="ul"
          sx={{ m: 0, pl: 2.5, fontFamily: MONO, fontSize: '0.78rem' }}
        >
          {files.map(path => (
            <li key={path}>{path}</li>
          ))}
        </Box>
      </details>
    </Box>
  );
}
