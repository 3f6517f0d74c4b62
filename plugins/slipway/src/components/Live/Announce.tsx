import Box from '@mui/material/Box';
import { useEffect, useRef, useState } from 'react';
import { HIDDEN } from '../../theme';

/**
 * Tells screen readers of a change, once and politely. What is there when the page opens is read with the page, so the
 * first text is no news.
 *
 * @internal
 */
export function Announce(props: { text: string }) {
  const { text } = props;
  const known = useRef(text);
  const [said, say] = useState('');
  useEffect(() => {
    if (known.current !== text) {
      known.current = text;
      say(text);
    }
  }, [text]);
  return (
    <Box component="span" role="status" aria-live="polite" sx={HIDDEN}>
      {said}
    </Box>
  );
}
