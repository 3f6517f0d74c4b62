import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  ScaffolderFieldExtensions,
  useCustomFieldExtensions,
} from '@backstage/plugin-scaffolder-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { fakeClient, world } from '../dev/fake';
import { entity } from './__testUtils__';
import {
  EntitySlipwayDriftCard,
  EntitySlipwayEnvironmentsContent,
  EntitySlipwayPipelinesCard,
  EntitySlipwaySyncCard,
  slipwayApiRef,
  SlipwayDatabasesFieldExtension,
  SlipwayEnvironmentsFieldExtension,
  SlipwayOrganizationFieldExtension,
  SlipwayPage,
  SlipwayPlanFieldExtension,
  slipwayPlugin,
  SlipwayAdoptableFieldExtension,
  SlipwayClassFieldExtension,
  SlipwayFirstSpecFieldExtension,
  SlipwayRepositoryFieldExtension,
  SlipwayServiceFieldExtension,
  SlipwayServiceNameFieldExtension,
  SlipwayWorkloadsFieldExtension,
} from './legacy';

const mount = (element: JSX.Element, path = '/') => {
  const { client } = fakeClient(world());
  return renderInTestApp(
    <TestApiProvider apis={[[slipwayApiRef, client]]}>
      <EntityProvider entity={entity}>{element}</EntityProvider>
    </TestApiProvider>,
    {
      routeEntries: [path],
      mountedRoutes: { '/slipway': slipwayPlugin.routes.root },
    },
  );
};

describe('the legacy exports', () => {
  it('bring the client with them', () => {
    expect([...slipwayPlugin.getApis()].map(({ api }) => api.id)).toEqual([
      slipwayApiRef.id,
    ]);
  });

  it('mount the sync card, with links into the page', async () => {
    await mount(<EntitySlipwaySyncCard />);
    expect(
      await screen.findByRole('link', { name: 'production' }),
    ).toHaveAttribute('href', '/slipway/environments/shop/checkout/production');
  });

  it('mount the drift card', async () => {
    await mount(<EntitySlipwayDriftCard />);
    expect(
      await screen.findByRole('table', { name: 'What differs' }),
    ).toBeInTheDocument();
  });

  it('mount the pipelines card', async () => {
    await mount(<EntitySlipwayPipelinesCard />);
    expect(
      await screen.findByRole('list', { name: 'Pipeline runs' }),
    ).toBeInTheDocument();
  });

  it('mount the tab', async () => {
    await mount(<EntitySlipwayEnvironmentsContent />);
    expect(
      await screen.findByRole('heading', { name: 'checkout / preview-142' }),
    ).toBeInTheDocument();
  });

  it('mount the page, with its sub-pages as tabs', async () => {
    await mount(
      <Routes>
        <Route path="/slipway/*" element={<SlipwayPage />} />
      </Routes>,
      '/slipway/change-requests/cr-58',
    );
    expect(
      await screen.findByRole('heading', { name: 'Retry payments #58' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: 'Operations' })).toBeInTheDocument();
  });

  it('bring every form field', async () => {
    const Names = () => {
      const fields = useCustomFieldExtensions<{ name: string }>(
        <ScaffolderFieldExtensions>
          <SlipwayOrganizationFieldExtension />
          <SlipwayServiceNameFieldExtension />
          <SlipwayServiceFieldExtension />
          <SlipwayAdoptableFieldExtension />
          <SlipwayClassFieldExtension />
          <SlipwayRepositoryFieldExtension />
          <SlipwayFirstSpecFieldExtension />
          <SlipwayWorkloadsFieldExtension />
          <SlipwayDatabasesFieldExtension />
          <SlipwayEnvironmentsFieldExtension />
          <SlipwayPlanFieldExtension />
        </ScaffolderFieldExtensions>,
      );
      return <p>{fields.map(({ name }) => name).join(' ')}</p>;
    };
    await mount(<Names />);
    expect(
      screen.getByText(
        'SlipwayOrganization SlipwayServiceName SlipwayService SlipwayAdoptable SlipwayClass SlipwayRepository SlipwayFirstSpec SlipwayWorkloads SlipwayDatabases SlipwayEnvironments SlipwayPlan',
      ),
    ).toBeInTheDocument();
  });
});
