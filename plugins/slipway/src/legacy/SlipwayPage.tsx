import { compatWrapper } from '@backstage/core-compat-api';
import { Header, HeaderTabs, Page } from '@backstage/core-components';
import { useMemo } from 'react';
import {
  Navigate,
  Route,
  Routes,
  useLocation,
  useNavigate,
  useResolvedPath,
} from 'react-router-dom';
import {
  ChangeRequestsRoutes,
  EnvironmentsRoutes,
  OperationsRoutes,
} from '../pages/routes';

const TABS = [
  { id: 'environments', label: 'Environments' },
  { id: 'change-requests', label: 'Change requests' },
  { id: 'operations', label: 'Operations' },
];

/**
 * The platform page with a header and tabs of its own, as the old frontend system has no sub-pages.
 *
 * @internal
 */
export const SlipwayPage = () => compatWrapper(<PlatformPage />);

function PlatformPage() {
  const root = useResolvedPath('.').pathname.replace(/\/$/, '');
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const selected = useMemo(
    () =>
      Math.max(
        0,
        TABS.findIndex(({ id }) => pathname.startsWith(`${root}/${id}`)),
      ),
    [pathname, root],
  );
  return (
    <Page themeId="tool">
      <Header title="Slipway" />
      <HeaderTabs
        tabs={TABS}
        selectedIndex={selected}
        onChange={index => navigate(`${root}/${TABS[index].id}`)}
      />
      {/* The page lays its children out in a grid; the content is the part that scrolls. */}
      <div style={{ gridArea: 'pageContent', overflow: 'auto' }}>
        <Routes>
          <Route index element={<Navigate to="environments" replace />} />
          <Route path="environments/*" element={<EnvironmentsRoutes />} />
          <Route path="change-requests/*" element={<ChangeRequestsRoutes />} />
          <Route path="operations/*" element={<OperationsRoutes />} />
        </Routes>
      </div>
    </Page>
  );
}
