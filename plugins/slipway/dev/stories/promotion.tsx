import { ReleaseDialog } from '../../src/components/Releases/ReleaseDialog';
import { blockedPromotion, promotion, service } from '../fake';
import { onPage } from '../frame';
import type { ViewStories } from '../registry';

const PROMOTION = 'GET /v1alpha1/environments/*/*/*/promotion';

/** What stands at the foot of a dialog is drawn over the page: the page has to be as high. */
const room = (dialog: JSX.Element) =>
  onPage(<div style={{ minHeight: 680 }}>{dialog}</div>);

export const stories: ViewStories = {
  view: 'promotion',
  width: 'page',
  draw: () =>
    room(
      <ReleaseDialog
        environment={{
          organization: 'shop',
          service: 'checkout',
          environment: 'staging',
        }}
        wish={{ verb: 'promote' }}
        onClose={() => {}}
      />,
    ),
  print: false,
  answers: {
    empty: {
      'GET /v1alpha1/services/*/*': () => service({ environments: [] }),
    },
    // Of the target nothing runs yet, so there is nothing to compare with.
    partial: {
      'GET /v1alpha1/services/*/*': () => service(),
      [PROMOTION]: () =>
        promotion({
          current: undefined,
          diff: undefined,
          allowed: { allowed: false },
          blocked: {
            reason: 'CannotPlan',
            message: 'The cluster sandbox-us has told nothing of itself yet.',
          },
        }),
    },
  },
  more: {
    blocked: { answers: { [PROMOTION]: blockedPromotion } },
    refused: {
      answers: {
        [PROMOTION]: () =>
          promotion({
            allowed: {
              allowed: false,
              reason: 'Only group:default/payments may promote checkout.',
            },
          }),
      },
    },
    update: {
      answers: {
        [PROMOTION]: () =>
          promotion({ changeRequest: { id: 'cr-59', number: 59 } }),
      },
    },
    done: { press: [{ role: 'button', name: 'Open change request' }] },
  },
};
