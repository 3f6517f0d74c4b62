import { Navigate, Route, Routes } from 'react-router-dom';
import { SlipwayProvider } from '../api';
import { ApprovalsPage } from './approvals/ApprovalsPage';
import { ChangeRequestPage } from './changeRequests/ChangeRequestPage';
import { ChangeRequestsPage } from './changeRequests/ChangeRequestsPage';
import { EnvironmentPage } from './environments/EnvironmentPage';
import { EnvironmentsPage } from './environments/EnvironmentsPage';
import { OperationsPage } from './operations/OperationsPage';
import { OrganizationPage } from './organizations/OrganizationPage';
import { OrganizationsPage } from './organizations/OrganizationsPage';
import { OverviewPage } from './overview/OverviewPage';
import { PoliciesPage } from './policies/PoliciesPage';
import { PromotionsPage } from './promotions/PromotionsPage';
import { ReleasePage } from './releases/ReleasePage';

/** @internal */
export const OverviewRoutes = () => (
  <SlipwayProvider>
    <OverviewPage />
  </SlipwayProvider>
);

/** The list of environments and, below it, the page of each, and of the releases that run in them. @internal */
export const EnvironmentsRoutes = () => (
  <SlipwayProvider>
    <Routes>
      <Route index element={<EnvironmentsPage />} />
      <Route
        path=":organization/:service/:environment"
        element={<EnvironmentPage />}
      />
      <Route
        path=":organization/:service/releases/:id"
        element={<ReleasePage />}
      />
      <Route path="*" element={<Navigate to="." replace />} />
    </Routes>
  </SlipwayProvider>
);

/** The list of change requests and, below it, the page of each. @internal */
export const ChangeRequestsRoutes = () => (
  <SlipwayProvider>
    <Routes>
      <Route index element={<ChangeRequestsPage />} />
      <Route path=":id" element={<ChangeRequestPage />} />
    </Routes>
  </SlipwayProvider>
);

/** @internal */
export const ApprovalsRoutes = () => (
  <SlipwayProvider>
    <ApprovalsPage />
  </SlipwayProvider>
);

/** The list of organizations and, below it, the page of each, and of what can be promoted there. @internal */
export const OrganizationsRoutes = () => (
  <SlipwayProvider>
    <Routes>
      <Route index element={<OrganizationsPage />} />
      <Route path=":organization" element={<OrganizationPage />} />
      <Route path=":organization/promotions" element={<PromotionsPage />} />
    </Routes>
  </SlipwayProvider>
);

/** @internal */
export const PoliciesRoutes = () => (
  <SlipwayProvider>
    <PoliciesPage />
  </SlipwayProvider>
);

/** @internal */
export const OperationsRoutes = () => (
  <SlipwayProvider>
    <OperationsPage />
  </SlipwayProvider>
);
