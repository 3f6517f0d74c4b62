import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  binding,
  organizationDetails,
  unprovenBindings,
} from '../../../dev/fake';
import { answersIn, STATES } from '../../../dev/states';
import { accessibilityProblems, renderWith } from '../../__testUtils__';
import { OrganizationPage } from './OrganizationPage';
import { OrganizationsPage } from './OrganizationsPage';

describe('OrganizationsPage', () => {
  const at: [string, string] = [
    '/slipway/organizations',
    '/slipway/organizations',
  ];

  it('leads from every figure to the environments behind it', async () => {
    renderWith(<OrganizationsPage />, { at });
    const table = await screen.findByRole('table', { name: 'Organizations' });
    const [, shop, bank] = within(table).getAllByRole('row');
    expect(
      within(shop).getByRole('link', { name: 'The Shop' }),
    ).toHaveAttribute('href', '/slipway/organizations/shop');
    expect(within(shop).getByRole('link', { name: '2' })).toHaveAttribute(
      'href',
      '/slipway/environments?organization=shop&state=stopped',
    );
    expect(bank).toHaveTextContent('over budget');
  });

  it.each(STATES)('is accessible: %s', async state => {
    renderWith(<OrganizationsPage />, { at, answers: answersIn(state) });
    const main = await screen.findByRole('main');
    await waitFor(() =>
      expect(
        main.querySelectorAll('tr, [aria-busy], p').length,
      ).toBeGreaterThan(0),
    );
    expect(await accessibilityProblems(main)).toEqual([]);
  });
});

describe('OrganizationPage', () => {
  const at: [string, string] = [
    '/slipway/organizations/:organization',
    '/slipway/organizations/shop',
  ];

  const template = {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name: 'new-service', title: 'New service', tags: ['slipway'] },
    spec: {},
  };

  const withCatalog = (page: JSX.Element) => (
    <TestApiProvider
      apis={[[catalogApiRef, catalogApiMock({ entities: [template] })]]}
    >
      {page}
    </TestApiProvider>
  );

  it('shows services with where their environments stand', async () => {
    renderWith(<OrganizationPage />, { at });
    const services = await screen.findByRole('table', { name: 'Services' });
    const [, catalogue, checkout] = within(services).getAllByRole('row');
    expect(
      within(catalogue).getByRole('link', { name: /^1\s*Drifted$/ }),
    ).toHaveAttribute(
      'href',
      '/slipway/environments?organization=shop&filter=shop%2Fcatalogue%2F&state=drifted',
    );
    expect(checkout).toHaveTextContent('1 error in its file');
  });

  it('shows cost beside the budget, open change requests and what happened', async () => {
    renderWith(<OrganizationPage />, { at });
    expect(
      await screen.findByRole('heading', { level: 1, name: 'The Shop' }),
    ).toBeInTheDocument();
    expect(screen.getByText('82 % of €500.00')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Retry payments' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Not healthy: image checkout:4f2a91c not found'),
    ).toBeInTheDocument();
  });

  it('leads to the templates, filled in with the organization', async () => {
    renderWith(withCatalog(<OrganizationPage />), { at });
    const link = await screen.findByRole('link', { name: 'New service' });
    const url = new URL(link.getAttribute('href')!, 'http://localhost');
    expect(url.pathname).toBe('/create/templates/default/new-service');
    expect(JSON.parse(url.searchParams.get('formData')!)).toEqual({
      organization: 'shop',
    });
  });

  it('says of each bound repository how its webhook stands, and what there is to do', async () => {
    renderWith(<OrganizationPage />, {
      at,
      answers: {
        'GET /v1alpha1/organizations/*/bindings': () => ({
          items: [binding(), ...unprovenBindings()],
        }),
      },
    });
    const list = await screen.findByRole('list', { name: 'Repositories' });
    const rows = within(list).getAllByRole('listitem');
    expect(rows.map(row => row.querySelector('strong')?.textContent)).toEqual([
      'Webhook answers',
      'Not reachable from the Git host',
      'Right missing for the webhook',
      'No key to sign with',
      'Waiting for the ping',
    ]);
    const [answers, unreachable, forbidden] = rows;
    expect(answers).not.toHaveTextContent('Nothing to do.');
    expect(unreachable).toHaveTextContent(
      'Set slipway.webhooks.baseUrl to an address that the host reaches',
    );
    expect(
      within(unreachable).getByRole('button', {
        name: 'Ping again: shop/storefront',
      }),
    ).toBeEnabled();
    expect(within(forbidden).getByRole('button')).toBeDisabled();
  });

  it('has a webhook pinged again', async () => {
    const asked = jest.fn(() => binding());
    renderWith(<OrganizationPage />, {
      at,
      answers: {
        'POST /v1alpha1/organizations/*/bindings/*/ping': asked,
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Ping again: shop/checkout' }),
    );
    expect(asked).toHaveBeenCalledWith(
      expect.objectContaining({
        path: '/v1alpha1/organizations/shop/bindings/checkout/ping',
      }),
    );
  });

  it('says who can let the reader change something', async () => {
    renderWith(withCatalog(<OrganizationPage />), {
      at,
      answers: {
        'GET /v1alpha1/organizations/*': () =>
          organizationDetails({ mayCreate: false }),
      },
    });
    expect(
      await screen.findByText(/group:default\/payments can add you/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: 'New service' })).toBeNull();
  });

  it.each(STATES)('is accessible: %s', async state => {
    renderWith(<OrganizationPage />, { at, answers: answersIn(state) });
    const main = await screen.findByRole('main');
    await waitFor(() =>
      expect(
        main.querySelectorAll('h1, [aria-busy], p').length,
      ).toBeGreaterThan(0),
    );
    expect(await accessibilityProblems(main)).toEqual([]);
  });
});
