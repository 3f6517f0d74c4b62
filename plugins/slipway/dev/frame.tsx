import { EntityProvider } from '@backstage/plugin-catalog-react';
import { Navigate, Route, Routes } from 'react-router-dom';
import { SlipwayProvider } from '../src/api';

/** The service that `fake` knows, as the catalog has it. */
export const serviceEntity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'checkout',
    annotations: { 'slipway.dev/service': 'shop/checkout' },
  },
  spec: { type: 'service', owner: 'payments', lifecycle: 'production' },
};

/** A card or tab, on the page of the service that `fake` knows. */
export const ofEntity = (card: JSX.Element) => (
  <EntityProvider entity={serviceEntity}>{card}</EntityProvider>
);

/** A page that reads its parameters from the path: the story goes to a path that has them. */
export const atPath = (pattern: string, path: string, page: JSX.Element) => (
  <SlipwayProvider>
    <Routes>
      <Route path={pattern} element={page} />
      <Route path="*" element={<Navigate to={path} replace />} />
    </Routes>
  </SlipwayProvider>
);

/** A page, or a part of one. */
export const onPage = (element: JSX.Element) => (
  <SlipwayProvider>{element}</SlipwayProvider>
);
