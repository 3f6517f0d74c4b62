import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { formatAge } from '../format';
import { slipwayTranslationRef } from '../translation';
import { useNow } from './useNow';

/** Clocks of browser and backend differ by less. */
const AHEAD_MS = 30_000;

/**
 * How long ago, or in how long, with the exact time on hover.
 *
 * @internal
 */
export function RelativeTime(props: {
  at: string | number;
  /** `ago` adds the word; `age` is the bare figure, for columns and stations. */
  form?: 'age' | 'ago';
}) {
  const { at, form = 'age' } = props;
  const now = useNow();
  const { t } = useTranslationRef(slipwayTranslationRef);
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) {
    return null;
  }
  // What is only moments ahead is a clock that differs, not a date.
  const ahead = date.getTime() - now;
  let words = formatAge(-ahead);
  if (ahead > AHEAD_MS) {
    words = t('parts.in', { age: formatAge(ahead) });
  } else if (form === 'ago') {
    words = t('parts.ago', { age: words });
  }
  return (
    <time
      dateTime={date.toISOString()}
      title={date.toLocaleString(undefined, {
        dateStyle: 'full',
        timeStyle: 'long',
      })}
      style={{ whiteSpace: 'nowrap' }}
    >
      {words}
    </time>
  );
}
