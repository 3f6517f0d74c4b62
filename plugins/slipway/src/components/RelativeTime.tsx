import { formatAge } from '../format';
import { useNow } from './useNow';

/**
 * How long ago, with the exact time on hover.
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
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) {
    return null;
  }
  const age = formatAge(now - date.getTime());
  return (
    <time
      dateTime={date.toISOString()}
      title={date.toLocaleString(undefined, {
        dateStyle: 'full',
        timeStyle: 'long',
      })}
      style={{ whiteSpace: 'nowrap' }}
    >
      {form === 'ago' ? `${age} ago` : age}
    </time>
  );
}
