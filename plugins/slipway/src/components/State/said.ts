import type { ApiSourceAge } from '@slipway/plugin-slipway-common';
import { createContext, useContext } from 'react';

/** What is said above a view already, so that the views inside of it need not say it again. */
interface Said {
  /** Why something could not be asked anew, in the words that stand there. */
  reasons: readonly string[];
  sources: readonly string[];
}

/** What covers the page covers its notices: inside of it everything is said anew. @internal */
export const NOTHING_SAID: Said = { reasons: [], sources: [] };

/** @internal */
export const SaidAbove = createContext<Said>(NOTHING_SAID);

/** A source that is late says something new when it gets worse, so its state belongs to it. */
const idOf = ({ name, state }: ApiSourceAge): string => `${state} ${name}`;

/**
 * Which of a view's own notices are new to the reader, and what is said once they stand there.
 *
 * @internal
 */
export function useSaid(
  reason: string | undefined,
  sources: ApiSourceAge[],
): { isNew: boolean; newSources: ApiSourceAge[]; said: Said } {
  const above = useContext(SaidAbove);
  const late = sources.filter(({ state }) => state !== 'live');
  return {
    isNew: reason !== undefined && !above.reasons.includes(reason),
    newSources: late.filter(source => !above.sources.includes(idOf(source))),
    said: {
      reasons:
        reason === undefined ? above.reasons : [...above.reasons, reason],
      sources: [...above.sources, ...late.map(idOf)],
    },
  };
}
