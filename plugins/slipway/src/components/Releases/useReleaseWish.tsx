import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { EnvironmentKey } from '../../api';
import type { ReleaseWish } from './ReleaseDialog';

export type { ReleaseWish } from './ReleaseDialog';

// A question that is seldom asked; its code comes with it.
const ReleaseDialog = lazy(() =>
  import('./ReleaseDialog').then(m => ({ default: m.ReleaseDialog })),
);

/**
 * Asks for another release of an environment: the dialog to draw, and the way to open it.
 *
 * @internal
 */
export function useReleaseWish(environment: EnvironmentKey): {
  wish: (wish: ReleaseWish) => void;
  dialog: ReactNode;
} {
  const [open, wish] = useState<ReleaseWish>();
  return {
    wish,
    dialog: open && (
      <Suspense fallback={null}>
        <ReleaseDialog
          environment={environment}
          wish={open}
          onClose={() => wish(undefined)}
        />
      </Suspense>
    ),
  };
}
