import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * A filter that lives in the URL, so that a view can be sent to somebody. An empty filter leaves no trace there.
 *
 * @internal
 */
export function useUrlFilter(
  name: string,
  fallback = '',
): [string, (value: string) => void] {
  const [parameters, setParameters] = useSearchParams();
  const set = useCallback(
    (value: string) =>
      setParameters(
        current => {
          const next = new URLSearchParams(current);
          if (value && value !== fallback) {
            next.set(name, value);
          } else {
            next.delete(name);
          }
          return next;
        },
        // Typing a word must not fill the history with its letters.
        { replace: true },
      ),
    [name, fallback, setParameters],
  );
  return [parameters.get(name) ?? fallback, set];
}
