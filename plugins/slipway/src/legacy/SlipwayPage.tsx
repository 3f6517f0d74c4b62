import { compatWrapper } from '@backstage/core-compat-api';
import { Header, HeaderTabs, Page } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
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
  ApprovalsRoutes,
  ChangeRequestsRoutes,
  EnvironmentsRoutes,
  OperationsRoutes,
  OrganizationsRoutes,
  OverviewRoutes,
  PoliciesRoutes,
} from '../pages/routes';
import { SUB_PAGES } from '../pages/PlatformShortcuts';
import { slipwayTranslationRef } from '../translation';

/**
 * The platform page with a header and tabs of its own, as the old frontend system has no sub-pages.
 *
 * @internal
 */
export const SlipwayPage = () => compatWrapper(<PlatformPage />);

function PlatformPage() {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const root = useResolvedPath('.').pathname.replace(/\/$/, '');
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const tabs = SUB_PAGES.map(([id, name]) => ({
    id,
    label: t(`pages.${name}`),
  }));
  const selected = useMemo(
    () =>
      Math.max(
        0,
        SUB_PAGES.findIndex(([id]) => pathname.startsWith(`${root}/${id}`)),
      ),
    [pathname, root],
  );
  return (
    <Page themeId="tool">
      <Header title="Slipway" />
      <HeaderTabs
        tabs={tabs}
        selectedIndex={selected}
        onChange={index => navigate(`${root}/${tabs[index].id}`)}
      />
      {/* The page lays its children out in a grid; the content is the part that scrolls. */}
      <div style={{ gridArea: 'pageContent', overflow: 'auto' }}>
        <Routes>
          <Route index element={<Navigate to="overview" replace />} />
          <Route path="overview" element={<OverviewRoutes />} />
          <Route path="environments/*" element={<EnvironmentsRoutes />} />
          <Route path="change-requests/*" element={<ChangeRequestsRoutes />} />
          <Route path="approvals" element={<ApprovalsRoutes />} />
          <Route path="organizations/*" element={<OrganizationsRoutes />} />
          <Route path="policies" element={<PoliciesRoutes />} />
          <Route path="operations/*" element={<OperationsRoutes />} />
        </Routes>
      </div>
    </Page>
  );
}
