import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

const NONE: readonly string[] = [];

/**
 * A filter that lives in the URL, so that a view can be sent to somebody. An empty filter leaves no trace there.
 *
 * @internal
 */
export function useUrlFilter(
  name: string,
  fallback = '',
  /** Filters that stand for nothing any more once this one changes. */
  clears: readonly string[] = NONE,
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
          clears.forEach(other => next.delete(other));
          return next;
        },
        // Typing a word must not fill the history with its letters.
        { replace: true },
      ),
    [name, fallback, clears, setParameters],
  );
  return [parameters.get(name) ?? fallback, set];
}
