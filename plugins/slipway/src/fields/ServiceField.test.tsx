import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { organization, type FakeAnswers } from '../../dev/fake';
import { accessibilityProblems, renderWith } from '../__testUtils__';
import { organizationField, serviceField } from '.';

const manifest = {
  title: 'Change a service',
  steps: [
    {
      title: 'Service',
      schema: {
        title: 'Service',
        type: 'object',
        required: ['organization', 'name'],
        properties: {
          organization: {
            type: 'string',
            title: 'Organization',
            'ui:field': 'SlipwayOrganization',
          },
          name: {
            type: 'string',
            title: 'Service',
            'ui:field': 'SlipwayService',
          },
        },
      },
    },
  ],
};

const item = (of: string, name: string) => ({
  organization: of,
  name,
  owner: 'group:default/payments',
  lifecycle: 'production',
  path: `organizations/${of}/services/${name}.yaml`,
  environments: [],
  problems: 0,
});

/** A page of a template that changes a service. */
function open(
  initialState: Record<string, string> = {},
  answers: FakeAnswers = {},
) {
  const onCreate = jest.fn(async (_: Record<string, unknown>) => {});
  const view = renderWith(
    <Stepper
      manifest={manifest}
      extensions={[organizationField, serviceField].map(
        ({ name, component, validation }) => ({ name, component, validation }),
      )}
      initialState={initialState}
      onCreate={onCreate}
    />,
    {
      answers: {
        'GET /v1alpha1/organizations': () => ({
          items: [organization(), organization({ name: 'bank' })],
        }),
        'GET /v1alpha1/services': () => ({
          items: [
            item('shop', 'checkout'),
            item('shop', 'catalogue'),
            item('bank', 'ledger'),
          ],
        }),
        ...answers,
      },
    },
  );
  return { ...view, onCreate };
}

const picker = () => screen.findByRole('combobox', { name: /^Service/ });

beforeAll(() => {
  window.scrollTo = jest.fn();
});

describe('the service that a template changes', () => {
  it('is one of those that the organization has', async () => {
    const { container } = open({ organization: 'shop' });
    await waitFor(async () => expect(await picker()).toBeEnabled());
    await userEvent.click(await picker());
    const offered = await screen.findAllByRole('option');
    expect(offered.map(({ textContent }) => textContent)).toEqual([
      'Choose…',
      'checkout',
      'catalogue',
    ]);
    await userEvent.click(screen.getByRole('option', { name: 'checkout' }));
    expect(await picker()).toHaveTextContent('checkout');
    expect(await accessibilityProblems(container)).toEqual([]);
  });

  it('waits for the organization', async () => {
    open();
    expect(await picker()).toHaveAttribute('aria-disabled', 'true');
    expect(
      screen.getByText('Choose the organization first.'),
    ).toBeInTheDocument();
  });

  it('says when there is none to change', async () => {
    open(
      { organization: 'shop' },
      { 'GET /v1alpha1/services': () => ({ items: [] }) },
    );
    expect(
      await screen.findByText('shop has no service yet.'),
    ).toBeInTheDocument();
  });

  it('shows a name that is none of them any more, so that it can be put right', async () => {
    open({ organization: 'shop', name: 'gone' });
    expect(await picker()).toHaveTextContent('gone');
  });
});
