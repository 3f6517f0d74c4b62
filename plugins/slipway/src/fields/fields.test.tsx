import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ApiPlanRequest } from '@slipway/plugin-slipway-common';
import type { JsonValue } from '@backstage/types';
import {
  FakeProblem,
  organization,
  plan,
  type FakeAnswers,
} from '../../dev/fake';
import { filledIn, FormStory } from '../../dev/FormStory';
import { accessibilityProblems, renderWith } from '../__testUtils__';

/** The scaffolder's own form, at its first page. */
function openForm(
  initialState: Record<string, JsonValue> = {},
  answers: FakeAnswers = {},
) {
  const onCreate = jest.fn(async () => {});
  const view = renderWith(
    <FormStory initialState={initialState} onCreate={onCreate} />,
    { answers },
  );
  return { ...view, onCreate };
}

/** All at once: what counts is what is in the input, and a letter at a time takes seconds. */
function fill(input: HTMLElement, value: string) {
  fireEvent.change(input, { target: { value } });
  fireEvent.blur(input);
}

beforeAll(() => {
  // The stepper scrolls up at each page, which jsdom can't.
  window.scrollTo = jest.fn();
});

const next = async (name = 'Next') =>
  userEvent.click(await screen.findByRole('button', { name }));

const choose = async (label: RegExp, option: string) => {
  await userEvent.click(await screen.findByRole('combobox', { name: label }));
  await userEvent.click(await screen.findByRole('option', { name: option }));
};

describe('the first page', () => {
  it('offers the organizations that the person may create in', async () => {
    openForm(
      {},
      {
        'GET /v1alpha1/organizations': () => ({
          items: [
            organization(),
            organization({
              name: 'bank',
              displayName: 'The Bank',
              mayCreate: false,
            }),
          ],
        }),
      },
    );
    await waitFor(async () =>
      expect(
        await screen.findByRole('combobox', { name: /Organization/ }),
      ).toBeEnabled(),
    );
    await choose(/Organization/, 'The Shop');
    await userEvent.click(
      screen.getByRole('combobox', { name: /Organization/ }),
    );
    expect(
      await screen.findByRole('option', {
        name: 'The Bank (you may not open changes here)',
      }),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  it('tells a wrong name in the words of the file check, and keeps what was typed', async () => {
    openForm({ organization: 'shop', owner: 'group:default/payments' });
    const name = await screen.findByRole('textbox', { name: /^Name/ });
    await userEvent.type(name, 'In Voices');
    await next();
    expect(
      (
        await screen.findAllByText(
          /metadata\.name .*lower-case letters and digits/,
        )
      ).length,
    ).toBeGreaterThan(0);
    expect(name).toHaveValue('In Voices');
    expect(name).toBeInvalid();
  });

  it('says that a name is taken before anything is opened', async () => {
    openForm({ organization: 'shop' });
    fill(await screen.findByRole('textbox', { name: /^Name/ }), 'checkout');
    expect(
      await screen.findByText(/shop already has a service checkout/),
    ).toBeInTheDocument();
  });

  it('says that nobody knows yet whether a name is taken', async () => {
    openForm(
      { organization: 'shop' },
      {
        'GET /v1alpha1/services': () => {
          throw new FakeProblem({ title: 'Error', status: 503 });
        },
      },
    );
    expect(
      await screen.findByText('Could not load the names that are taken.'),
    ).toBeInTheDocument();
  });

  it('says who can help where there is no organization to choose', async () => {
    openForm({}, { 'GET /v1alpha1/organizations': () => ({ items: [] }) });
    expect(
      await screen.findByText(/There is no organization that you may see yet/),
    ).toBeInTheDocument();
  });

  it('keeps what was chosen when the organizations can not be loaded', async () => {
    openForm(
      { organization: 'shop', name: 'invoices' },
      {
        'GET /v1alpha1/organizations': () => {
          throw new FakeProblem({
            title: 'Error',
            status: 503,
            detail: 'Not now.',
          });
        },
      },
    );
    expect(
      await screen.findByText('Could not load the organizations.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('combobox', { name: /Organization/ }),
    ).toHaveTextContent('shop');
    expect(screen.getByRole('textbox', { name: /^Name/ })).toHaveValue(
      'invoices',
    );
  });
});

describe('workloads and databases', () => {
  const start = { ...filledIn, workloads: [], databases: [], environments: [] };

  it('show several ports as they are, and offer none beside them', async () => {
    openForm({
      ...start,
      workloads: [
        {
          name: 'web',
          image: { repository: 'registry.example.com/shop/web' },
          ports: [
            { name: 'http', port: 8080 },
            { name: 'grpc', port: 9090 },
          ],
          resources: { cpu: '100m', memory: '128Mi' },
        },
      ],
    });
    await next();
    const ports = await screen.findByLabelText('Ports');
    expect(ports).toHaveValue('http 8080, grpc 9090');
    expect(ports).toBeDisabled();
    expect(screen.queryByLabelText('Port')).toBeNull();
  });

  it('are written in the shape of the spec', async () => {
    const { onCreate } = openForm(start);
    await next();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Add database' }),
    );
    const database = screen.getByRole('group', { name: 'database 1' });
    fill(within(database).getByLabelText(/Name/), 'orders');
    await userEvent.click(screen.getByRole('button', { name: 'Add workload' }));
    const workload = screen.getByRole('group', { name: 'workload 1' });
    // Adding moves the focus to the first thing to fill in.
    expect(within(workload).getByLabelText(/^Name/)).toHaveFocus();
    fill(within(workload).getByLabelText(/^Name/), 'web');
    fill(
      within(workload).getByLabelText(/Image repository/),
      'registry.example.com/shop/invoices',
    );
    await userEvent.type(
      within(workload).getByLabelText('Needs'),
      'orders{Enter}',
    );
    // Typed and left without Enter counts too.
    fill(within(workload).getByLabelText('Domains'), 'invoices.example.com');
    await next();
    await screen.findByRole('button', { name: 'Add environment' });
    await next();
    await screen.findByText('14 more rules passed');
    await next('Review');
    await next('Create');
    await waitFor(() => expect(onCreate).toHaveBeenCalled());
    expect(onCreate).toHaveBeenCalledWith(
      expect.objectContaining({
        databases: [
          { name: 'orders', engine: 'postgres', version: '16', size: '1Gi' },
        ],
        workloads: [
          {
            name: 'web',
            image: { repository: 'registry.example.com/shop/invoices' },
            port: 8080,
            needs: ['orders'],
            domains: ['invoices.example.com'],
            resources: { cpu: '100m', memory: '128Mi' },
          },
        ],
        plan: plan().headline,
      }),
    );
  });

  it('refuse to go on with a wrong field, say why beside it, and keep its text', async () => {
    openForm(filledIn);
    await next();
    const port = await screen.findByLabelText('Port');
    fill(port, '80a');
    await next();
    await waitFor(() => expect(port).toBeInvalid());
    expect(port).toHaveValue('80a');
    expect(port).toHaveAccessibleDescription(/spec\.workloads\[0\]\.port/);
    expect(
      screen.getByRole('button', { name: 'Add workload' }),
    ).toBeInTheDocument();
  });

  it('say nothing about an input that nobody has left yet', async () => {
    openForm(start);
    await next();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Add workload' }),
    );
    const name = screen.getByLabelText(/^Name/);
    expect(name).toBeValid();
    await userEvent.tab();
    await waitFor(() => expect(name).toBeInvalid());
  });

  it('take a schedule for a CronJob only', async () => {
    openForm(filledIn);
    await next();
    await screen.findByRole('button', { name: 'Add workload' });
    expect(screen.queryByLabelText(/Schedule/)).toBeNull();
    await choose(/Kind/, 'CronJob');
    expect(await screen.findByLabelText(/Schedule/)).toBeInTheDocument();
    expect(screen.queryByLabelText('Replicas')).toBeNull();
  });

  it('take secrets by reference', async () => {
    const { onCreate } = openForm(filledIn);
    await next();
    await userEvent.click(
      await screen.findByRole('button', {
        name: /Variables and secrets \(0\)/,
      }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Add secret' }),
    );
    const secret = screen.getByRole('group', { name: 'secret 1' });
    fill(within(secret).getByLabelText(/Variable/), 'API_KEY');
    fill(
      within(secret).getByLabelText(/Path and key/),
      'shop/payments#api-key',
    );
    await next();
    await screen.findByRole('button', { name: 'Add environment' });
    await next();
    await screen.findByText('14 more rules passed');
    await next('Review');
    await next('Create');
    await waitFor(() => expect(onCreate).toHaveBeenCalled());
    const [[values]] = onCreate.mock.calls as unknown as [
      [{ workloads: Array<{ secrets: unknown }> }],
    ];
    expect(values.workloads[0].secrets).toEqual([
      { name: 'API_KEY', from: { vault: 'shop/payments#api-key' } },
    ]);
  });

  it('refuse a secret that is written out, at its input and without repeating it, and make it a reference', async () => {
    const { onCreate } = openForm(filledIn);
    await next();
    await userEvent.click(
      await screen.findByRole('button', {
        name: /Variables and secrets \(0\)/,
      }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Add variable' }),
    );
    const variable = screen.getByRole('group', { name: 'variable 1' });
    fill(within(variable).getByLabelText(/Variable/), 'DB_PASSWORD');
    fill(within(variable).getByLabelText('Value'), 'correct-horse');
    const value = within(variable).getByLabelText('Value');
    await waitFor(() => expect(value).toBeInvalid());
    expect(value).toHaveAccessibleDescription(
      /holds the value of a secret, and Git never forgets.*organization's secret store/,
    );
    expect(value).not.toHaveAccessibleDescription(/correct-horse/);
    await next();
    expect(
      screen.queryByRole('button', { name: 'Add environment' }),
    ).toBeNull();

    await userEvent.click(
      within(variable).getByRole('button', {
        name: 'Make it a secret reference',
      }),
    );
    const secret = screen.getByRole('group', { name: 'secret DB_PASSWORD' });
    const reference = within(secret).getByLabelText(/Path and key/);
    expect(reference).toHaveFocus();
    expect(screen.queryByDisplayValue('correct-horse')).toBeNull();
    fill(reference, 'shop/orders#password');
    await next();
    await screen.findByRole('button', { name: 'Add environment' });
    await next();
    await screen.findByText('14 more rules passed');
    await next('Review');
    await next('Create');
    await waitFor(() => expect(onCreate).toHaveBeenCalled());
    expect(JSON.stringify(onCreate.mock.calls)).not.toContain('correct-horse');
    const [[values]] = onCreate.mock.calls as unknown as [
      [{ workloads: Array<{ secrets: unknown }> }],
    ];
    expect(values.workloads[0].secrets).toEqual([
      { name: 'DB_PASSWORD', from: { vault: 'shop/orders#password' } },
    ]);
  });

  it('refuse a secret that is written where a reference belongs', async () => {
    openForm(filledIn);
    await next();
    await userEvent.click(
      await screen.findByRole('button', {
        name: /Variables and secrets \(0\)/,
      }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Add secret' }),
    );
    const secret = screen.getByRole('group', { name: 'secret 1' });
    const token = `ghp_${'a'.repeat(36)}`;
    const reference = within(secret).getByLabelText(/Path and key/);
    fill(reference, token);
    await waitFor(() => expect(reference).toBeInvalid());
    expect(reference).toHaveAccessibleDescription(
      /found \(not shown\); allowed: path#key/,
    );
    expect(reference).not.toHaveAccessibleDescription(new RegExp(token));
  });

  it('is accessible', async () => {
    const { container } = openForm(filledIn);
    await next();
    await screen.findByRole('button', { name: 'Add workload' });
    expect(
      await accessibilityProblems(container.querySelector('form') ?? container),
    ).toEqual([]);
  });
});

describe('environments', () => {
  async function openEnvironments(environments: JsonValue = []) {
    const view = openForm({ ...filledIn, environments });
    await next();
    await screen.findByRole('button', { name: 'Add workload' });
    await next();
    await screen.findByRole('button', { name: 'Add environment' });
    return view;
  }

  it('show what a class means at a glance, and take its name', async () => {
    await openEnvironments();
    await userEvent.click(
      screen.getByRole('button', { name: 'Add environment' }),
    );
    await choose(/Class/, 'preview');
    expect(screen.getByLabelText(/^Name/)).toHaveValue('preview');
    expect(
      screen.getByText('€5.00 a month before anything runs'),
    ).toBeInTheDocument();
    expect(screen.getByText('up to 5 CPU, 10Gi memory')).toBeInTheDocument();
    expect(screen.getByText('lives 72h, at most 336h')).toBeInTheDocument();
    expect(screen.getByText('no approval needed')).toBeInTheDocument();
    expect(screen.getByText('databases go with it')).toBeInTheDocument();
    expect(screen.getByLabelText(/Lifetime/)).toHaveAttribute(
      'placeholder',
      '72h',
    );
  });

  it('offer the clusters that the class allows', async () => {
    await openEnvironments([{ name: 'staging', class: 'shared-staging' }]);
    await choose(/Cluster/, 'Sandbox EU (eu-a)');
    expect(screen.getByRole('combobox', { name: /Cluster/ })).toHaveTextContent(
      'Sandbox EU (eu-a)',
    );
  });

  it('keep a class that is no longer there in sight', async () => {
    await openEnvironments([{ name: 'old', class: 'retired' }]);
    expect(screen.getByRole('combobox', { name: /Class/ })).toHaveTextContent(
      'retired',
    );
  });
});

describe('the plan', () => {
  async function openPlan(
    changes: Record<string, JsonValue> = {},
    answers: FakeAnswers = {},
  ) {
    const view = openForm({ ...filledIn, ...changes }, answers);
    await next();
    await screen.findByRole('button', { name: 'Add workload' });
    await next();
    await screen.findByRole('button', { name: 'Add environment' });
    await next();
    return view;
  }

  it('is made of the files of the whole form, before anything is opened', async () => {
    const { requests } = await openPlan();
    expect(await screen.findByText('14 more rules passed')).toBeInTheDocument();
    const asked = requests.filter(({ path }) => path === '/v1alpha1/plans');
    const { files } = asked[0].body as ApiPlanRequest;
    expect(files.map(({ path }) => path)).toEqual([
      'organizations/shop/services/invoices.yaml',
      'organizations/shop/bindings/invoices.yaml',
    ]);
    expect(files[0].content).toContain('engine: postgres');
    // Where the organization's code lives, as the action takes it.
    expect(files[1].content).toContain('owner: shop-code');
    // One plan; that it came back changes nothing about what was asked.
    expect(asked).toHaveLength(1);
    expect(
      requests.some(
        ({ path, verb }) => verb === 'POST' && path !== '/v1alpha1/plans',
      ),
    ).toBe(false);
  });

  it('lets nobody go on with what policy denies', async () => {
    await openPlan(
      {},
      {
        'POST /v1alpha1/plans': () =>
          plan({ totals: { ...plan().totals, denials: 1 } }),
      },
    );
    expect(await screen.findByText('1 denial')).toBeInTheDocument();
    await next('Review');
    expect(
      (await screen.findAllByText(/Policy denies this: 1 rule/)).length,
    ).toBeGreaterThan(0);
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });

  it('lets nobody go on without it', async () => {
    await openPlan(
      {},
      {
        'POST /v1alpha1/plans': () => {
          throw new FakeProblem({
            title: 'ServiceUnavailableError',
            status: 503,
            detail: 'The platform repository is locked.',
            instance: 'req-4',
          });
        },
      },
    );
    expect(
      await screen.findByText('Could not load the plan'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('The platform repository is locked.'),
    ).toBeInTheDocument();
    await next('Review');
    await waitFor(() =>
      expect(screen.queryByRole('button', { name: 'Create' })).toBeNull(),
    );
  });

  it('says on which page an error stands, and asks for no plan', async () => {
    // The owner is a stock field: only the plan checks it against the schema.
    const { requests } = await openPlan({ owner: 'not a reference' });
    const page = await screen.findByRole('region', { name: 'Service' });
    expect(page).toHaveTextContent('spec.owner');
    expect(page).toHaveTextContent('a catalog entity reference');
    expect(requests.some(({ path }) => path === '/v1alpha1/plans')).toBe(false);
  });

  it('is accessible', async () => {
    const { container } = await openPlan();
    await screen.findByText('14 more rules passed');
    expect(
      await accessibilityProblems(container.querySelector('form') ?? container),
    ).toEqual([]);
  });
});
