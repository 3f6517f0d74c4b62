import { candidates } from '../fake';
import { adopt, FormStory } from '../FormStory';
import type { ViewStories } from '../registry';

const LIST = 'GET /v1alpha1/adoptions/candidates';

export const stories: ViewStories = {
  view: 'adoptable-field',
  width: 'card',
  extensions: ['scaffolder-form-field:slipway/adoptable'],
  draw: state => (
    <FormStory
      manifest={adopt}
      initialState={
        state === 'ready'
          ? {
              found: {
                cluster: 'sandbox-eu',
                namespace: 'billing-live',
                application: 'billing',
              },
            }
          : {}
      }
    />
  ),
  answers: {
    empty: { [LIST]: () => candidates({ items: [] }) },
    partial: {
      [LIST]: () =>
        candidates({
          items: candidates().items.slice(0, 2),
          unavailable: [
            {
              cluster: 'sandbox-us',
              message: 'connect ECONNREFUSED 10.0.0.7:6443',
            },
          ],
        }),
    },
  },
  more: {
    open: {
      // The list lies over the page: the page has to be as high.
      draw: () => (
        <div style={{ minHeight: 400 }}>
          <FormStory manifest={adopt} initialState={{}} />
        </div>
      ),
      press: [{ role: 'button', name: 'Open' }],
    },
  },
};
