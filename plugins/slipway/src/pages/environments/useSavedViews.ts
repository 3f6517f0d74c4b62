import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useMemo, useState } from 'react';

const BUCKET = 'slipway';
const KEY = 'environment-views';

/** A filter and an order under a name. @internal */
export interface SavedView {
  name: string;
  /** As it stands in the URL, with the question mark. */
  search: string;
}

/** What is stored may be of another version, or of somebody's own making. */
const viewsIn = (value: unknown): SavedView[] =>
  Array.isArray(value)
    ? value.filter(
        (each): each is SavedView =>
          typeof each?.name === 'string' && typeof each?.search === 'string',
      )
    : [];

/**
 * The reader's own views, kept where the app keeps what belongs to its users.
 *
 * @internal
 */
export function useSavedViews() {
  const storage = useApi(storageApiRef);
  const bucket = useMemo(() => storage.forBucket(BUCKET), [storage]);
  const [views, setViews] = useState<SavedView[]>(() =>
    viewsIn(bucket.snapshot(KEY).value),
  );
  useEffect(() => {
    const subscription = bucket
      .observe$(KEY)
      .subscribe(({ value }) => setViews(viewsIn(value)));
    return () => subscription.unsubscribe();
  }, [bucket]);
  const write = (next: SavedView[]) => {
    setViews(next);
    return bucket.set(
      KEY,
      next.map(({ name, search }) => ({ name, search })),
    );
  };
  return {
    views,
    save: (view: SavedView) =>
      write(
        [...views.filter(({ name }) => name !== view.name), view].sort((a, b) =>
          a.name.localeCompare(b.name),
        ),
      ),
    remove: (name: string) => write(views.filter(each => each.name !== name)),
  };
}
