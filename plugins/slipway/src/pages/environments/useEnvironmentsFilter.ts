import { useMemo } from 'react';
import type { EnvironmentsQuery } from '../../api';
import { STANDINGS } from '../../format';
import { useUrlFilter } from '../useUrlFilter';

/** Orders that a person may choose; the first is taken when nobody does. */
const SORTS = ['state', 'name', 'changed', 'cost'] as const;

/** @internal */
export type Sort = (typeof SORTS)[number];

/** The filter and the order of the list, in the URL. @internal */
export interface EnvironmentsFilter {
  text: string;
  organization: string;
  state: string;
  class: string;
  sort: Sort;
  set: Record<
    'text' | 'organization' | 'state' | 'class' | 'sort',
    (value: string) => void
  >;
  /** What the backend is asked for; the same object while nothing changes. */
  query: EnvironmentsQuery;
  /** Whether anything is left out. */
  narrowed: boolean;
}

/** @internal */
export function useEnvironmentsFilter(): EnvironmentsFilter {
  const [text, setText] = useUrlFilter('filter');
  const [organization, setOrganization] = useUrlFilter('organization');
  const [state, setState] = useUrlFilter('state');
  const [className, setClass] = useUrlFilter('class');
  const [order, setSort] = useUrlFilter('sort', SORTS[0]);
  // Anything may stand in a URL; only what the backend knows is asked of it.
  const standing = STANDINGS.find(each => each === state);
  const sort = SORTS.find(each => each === order) ?? SORTS[0];
  const query = useMemo(
    () => ({
      text: text.trim() || undefined,
      organization: organization || undefined,
      class: className || undefined,
      state: standing,
      sort,
    }),
    [text, organization, className, standing, sort],
  );
  return {
    text,
    organization,
    state: standing ?? '',
    class: className,
    sort,
    set: {
      text: setText,
      organization: setOrganization,
      state: setState,
      class: setClass,
      sort: setSort,
    },
    query,
    narrowed: Boolean(query.text || organization || className || standing),
  };
}
