import { EntityProvider } from '@backstage/plugin-catalog-react';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { SlipwayProvider } from '../src/api';
import { EnvironmentsTab } from '../src/entity/EnvironmentsTab';
import { PipelinesCard } from '../src/entity/PipelinesCard';
import { SyncCard } from '../src/entity/SyncCard';
import { ChangeRequestPage } from '../src/pages/changeRequests/ChangeRequestPage';
import { ChangeRequestsPage } from '../src/pages/changeRequests/ChangeRequestsPage';
import { EnvironmentPage } from '../src/pages/environments/EnvironmentPage';
import { EnvironmentsPage } from '../src/pages/environments/EnvironmentsPage';
import { OperationsPage } from '../src/pages/operations/OperationsPage';
import { FormStory } from './FormStory';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'checkout',
    annotations: { 'slipway.dev/service': 'shop/checkout' },
  },
  spec: { type: 'service', owner: 'payments', lifecycle: 'production' },
};

const ofEntity = (card: JSX.Element) => (
  <EntityProvider entity={entity}>{card}</EntityProvider>
);

const Start = (props: { at: string }) => (
  <Navigate to={{ pathname: props.at, search: useLocation().search }} replace />
);

/** A page reads its parameters from the path, so the story goes to one that has them. */
const atPath = (pattern: string, path: string, page: JSX.Element) => (
  <SlipwayProvider>
    <Routes>
      <Route path={pattern} element={page} />
      <Route path="*" element={<Start at={path} />} />
    </Routes>
  </SlipwayProvider>
);

const page = (element: JSX.Element) => (
  <SlipwayProvider>{element}</SlipwayProvider>
);

/** The main views, by name. */
export const VIEWS: Record<string, () => JSX.Element> = {
  'sync-card': () => ofEntity(<SyncCard />),
  'pipelines-card': () => ofEntity(<PipelinesCard />),
  'environments-tab': () => ofEntity(<EnvironmentsTab />),
  environments: () => page(<EnvironmentsPage />),
  environment: () =>
    atPath(
      ':organization/:service/:environment',
      'shop/checkout/staging',
      <EnvironmentPage />,
    ),
  'change-requests': () => page(<ChangeRequestsPage />),
  'change-request': () => atPath(':id', 'cr-58', <ChangeRequestPage />),
  operations: () => page(<OperationsPage />),
  form: () => <FormStory />,
};
