import { ReleasePage } from '../../src/pages/releases/ReleasePage';
import { oldRelease, release, releaseDetails, releases } from '../fake';
import { atPath } from '../frame';
import type { ViewStories } from '../registry';

const RELEASE = 'GET /v1alpha1/services/*/*/releases/*';

const at = (id: string) =>
  atPath(
    ':organization/:service/releases/:id',
    `shop/checkout/releases/${id}`,
    <ReleasePage />,
  );

export const stories: ViewStories = {
  view: 'release',
  width: 'page',
  draw: () => at(release().id),
  answers: {
    // The first one that CI has told of, of a service without environments.
    empty: {
      [RELEASE]: () =>
        releaseDetails({
          release: release({ where: [] }),
          targets: [],
          timeline: [],
        }),
      'GET /v1alpha1/services/*/*/releases': () => ({
        items: [release({ where: [] })],
      }),
    },
    // One of its clusters is not reached.
    partial: {
      [RELEASE]: () =>
        releaseDetails({
          release: release({
            where: release().where.map(place =>
              place.environment === 'production'
                ? { ...place, state: 'unknown' }
                : place,
            ),
          }),
        }),
    },
  },
  more: {
    nowhere: { draw: () => at(oldRelease.id) },
    refused: {
      answers: {
        [RELEASE]: () =>
          releaseDetails({
            release: oldRelease,
            targets: releaseDetails().targets.map(target => ({
              ...target,
              rollback: {
                allowed: false,
                reason: 'Its workload worker is not in the spec any more.',
              },
            })),
          }),
        'GET /v1alpha1/services/*/*/releases': () => ({ items: releases }),
      },
    },
  },
};
