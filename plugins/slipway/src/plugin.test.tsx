import { renderTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeClient, world } from '../dev/fake';
import { slipwayApiRef } from './api';
import plugin from '.';

const open = (path: string) => {
  const { client } = fakeClient(world());
  return renderTestApp({
    features: [plugin],
    initialRouteEntries: [path],
    apis: [[slipwayApiRef, client]],
  });
};

describe('the plugin', () => {
  it('opens at the overview, with its sub-pages as tabs', async () => {
    open('/slipway');
    expect(
      await screen.findByRole('list', { name: 'Needs me' }),
    ).toBeInTheDocument();
    expect(screen.getAllByRole('tab').map(tab => tab.textContent)).toEqual([
      'Overview',
      'Environments',
      'Change requests',
      'Approvals',
      'Organizations',
      'Policies',
      'Operations',
    ]);
    await userEvent.click(screen.getByRole('tab', { name: 'Change requests' }));
    expect(
      await screen.findByRole('link', { name: 'Retry payments' }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('tab', { name: 'Operations' }));
    expect(
      await screen.findByRole('table', { name: 'Clusters' }),
    ).toBeInTheDocument();
  });

  it('has a page for each change request', async () => {
    open('/slipway/change-requests/cr-58');
    expect(
      await screen.findByRole('heading', { name: 'Retry payments #58' }),
    ).toBeInTheDocument();
  });

  it('has a page for each organization', async () => {
    open('/slipway/organizations/shop');
    expect(
      await screen.findByRole('heading', { name: 'The Shop' }),
    ).toBeInTheDocument();
  });

  it('has a page for each environment', async () => {
    open('/slipway/environments/shop/checkout/production');
    expect(
      await screen.findByRole('heading', { name: 'checkout / production' }),
    ).toBeInTheDocument();
  });

  it.each([
    'organization',
    'service-name',
    'service',
    'workloads',
    'databases',
    'environments',
    'plan',
    'adoptable',
    'repository',
    'first-spec',
  ])('has the form field %s', name => {
    expect(
      plugin.getExtension(`scaffolder-form-field:slipway/${name}` as never),
    ).toBeDefined();
  });
});
