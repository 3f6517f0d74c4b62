import { Navigate, Route, Routes } from 'react-router-dom';
import { SlipwayProvider } from '../api';
import { ChangeRequestPage } from './changeRequests/ChangeRequestPage';
import { ChangeRequestsPage } from './changeRequests/ChangeRequestsPage';
import { EnvironmentPage } from './environments/EnvironmentPage';
import { EnvironmentsPage } from './environments/EnvironmentsPage';
import { OperationsPage } from './operations/OperationsPage';

/** The list of environments and, below it, the page of each. @internal */
export const EnvironmentsRoutes = () => (
  <SlipwayProvider>
    <Routes>
      <Route index element={<EnvironmentsPage />} />
      <Route
        path=":organization/:service/:environment"
        element={<EnvironmentPage />}
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
export const OperationsRoutes = () => (
  <SlipwayProvider>
    <OperationsPage />
  </SlipwayProvider>
);
