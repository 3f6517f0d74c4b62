import { renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { act, type RenderResult } from '@testing-library/react';
import {
  fakeClient,
  world,
  type FakeAnswers,
  type FakeRequest,
} from '../../dev/fake';
import { cacheOf, SlipwayProvider, slipwayApiRef } from '../api';
import {
  catalogEntityRouteRef,
  scaffolderRouteRef,
  rootRouteRef,
  templateRouteRef,
} from '../routes';

/** The entity of the service that `dev/fake` knows. */
export const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'checkout',
    annotations: { 'slipway.dev/service': 'shop/checkout' },
  },
  spec: { type: 'service', owner: 'payments' },
};

/** Draws something in an app whose backend answers as told; everything else is as in `world()`. */
export function renderWith(
  element: JSX.Element,
  options: {
    answers?: FakeAnswers;
    /** The pattern and the path that the element is at. */
    at?: [pattern: string, path: string];
  } = {},
): RenderResult & {
  requests: Array<FakeRequest & { verb: string }>;
  /** Asks everything on screen again, as when something has changed. */
  again: () => Promise<void>;
} {
  const fake = fakeClient(world(options.answers));
  const [mountPath, path] = options.at ?? [];
  const view = renderInTestApp(
    <SlipwayProvider>
      <EntityProvider entity={entity}>{element}</EntityProvider>
    </SlipwayProvider>,
    {
      apis: [[slipwayApiRef, fake.client]],
      mountedRoutes: {
        '/slipway': rootRouteRef,
        '/create': scaffolderRouteRef,
        '/create/templates/:namespace/:templateName': templateRouteRef,
        '/catalog/:namespace/:kind/:name': catalogEntityRouteRef,
      },
      ...(mountPath && path && { mountPath, initialRouteEntries: [path] }),
    },
  );
  return {
    ...view,
    requests: fake.requests,
    again: () => act(() => cacheOf(fake.client).invalidateQueries()),
  };
}
