import { DriftCard } from '../../src/entity/DriftCard';
import { manyDrifts, noDrift, preview, production, service } from '../fake';
import { ofEntity } from '../frame';
import type { ViewStories } from '../registry';

export const stories: ViewStories = {
  view: 'drift-card',
  width: 'card',
  extensions: ['entity-card:slipway/drift'],
  draw: () => ofEntity(<DriftCard />),
  more: {
    many: {
      answers: {
        'GET /v1alpha1/services/*/*': () =>
          service({
            environments: [
              preview,
              {
                ...production,
                drift: { state: 'drifted', objects: 2, fields: 3 },
              },
            ],
          }),
        'GET /v1alpha1/environments/*/*/*/drift': () => manyDrifts(),
      },
    },
    none: {
      answers: {
        'GET /v1alpha1/services/*/*': () =>
          service({ environments: [preview] }),
        'GET /v1alpha1/environments/*/*/*/drift': () => noDrift(),
      },
    },
    'put-back': { press: [{ role: 'button', name: 'Put back' }] },
    accept: { press: [{ role: 'button', name: 'Accept into Git…' }] },
  },
};
