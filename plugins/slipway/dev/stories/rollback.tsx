import {
  ReleaseDialog,
  type ReleaseWish,
} from '../../src/components/Releases/ReleaseDialog';
import { newRelease, oldRelease, release, rollback } from '../fake';
import { onPage } from '../frame';
import type { ViewStories } from '../registry';

const ROLLBACK = 'GET /v1alpha1/environments/*/*/*/rollback';

const ask = (wish: ReleaseWish) =>
  onPage(
    // What stands at the foot of a dialog is drawn over the page: the page has to be as high.
    <div style={{ minHeight: 680 }}>
      <ReleaseDialog
        environment={{
          organization: 'shop',
          service: 'checkout',
          environment: 'production',
        }}
        wish={wish}
        onClose={() => {}}
      />
    </div>,
  );

const direct = {
  [ROLLBACK]: () => rollback({ direct: true }),
  'POST /v1alpha1/environments/*/*/*/rollback': () => ({
    created: true,
    direct: true,
  }),
};

export const stories: ViewStories = {
  view: 'rollback',
  width: 'page',
  draw: state =>
    ask({
      verb: 'rollback',
      to: state === 'empty' ? undefined : oldRelease.id,
    }),
  print: false,
  answers: {
    empty: {
      'GET /v1alpha1/services/*/*/releases': () => ({ items: [] }),
    },
    // In the history of the folder, not in the list of those that were told of.
    partial: {
      'GET /v1alpha1/services/*/*/releases': () => ({ items: [release()] }),
      [ROLLBACK]: () => rollback({ release: undefined, warnings: [] }),
    },
  },
  more: {
    forward: {
      draw: () => ask({ verb: 'rollback', to: newRelease.id }),
    },
    direct: { answers: direct },
    done: {
      answers: direct,
      press: [{ role: 'button', name: 'Roll back now' }],
    },
  },
};
