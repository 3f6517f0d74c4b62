import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { environmentList, fleetOf, staging } from '../../../dev/fake';
import { answersIn, STATES } from '../../../dev/states';
import { accessibilityProblems, renderWith } from '../../__testUtils__';
import { ROW_HEIGHT } from './columns';
import { EnvironmentsPage } from './EnvironmentsPage';

/** As high as a laptop shows the table. */
const WINDOW = 12 * ROW_HEIGHT;
const FLEET = 5_000;

const at = (query = ''): [string, string] => [
  '/slipway/environments',
  `/slipway/environments${query}`,
];

const table = () => screen.findByRole('table', { name: 'Environments' });

const rowsOf = (element: HTMLElement) => [
  ...element.querySelectorAll('[role=row]'),
];

describe('EnvironmentsPage', () => {
  // Nothing has a size here; the virtualizer asks for the height of what scrolls.
  const sizes = ['clientHeight', 'clientWidth'] as const;
  const before = sizes.map(name =>
    Object.getOwnPropertyDescriptor(Element.prototype, name),
  );

  beforeAll(() => {
    sizes.forEach(name =>
      Object.defineProperty(Element.prototype, name, {
        configurable: true,
        get: () => WINDOW,
      }),
    );
  });

  afterAll(() => {
    sizes.forEach((name, i) =>
      Object.defineProperty(Element.prototype, name, before[i] ?? {}),
    );
  });

  it('takes its filters from the URL and puts them there', async () => {
    renderWith(<EnvironmentsPage />, { at: at('?filter=production') });
    expect(
      await screen.findByRole('link', { name: 'shop/checkout/production' }),
    ).toHaveAttribute('href', '/slipway/environments/shop/checkout/production');
    const filter = screen.getByRole('searchbox', { name: 'Filter' });
    expect(filter).toHaveValue('production');
    expect(screen.queryByRole('link', { name: /staging/ })).toBeNull();
    await userEvent.clear(filter);
    expect(
      await screen.findByRole('link', { name: 'shop/checkout/staging' }),
    ).toBeInTheDocument();
  });

  it('puts first what needs somebody, unless another order is asked for', async () => {
    const { requests } = renderWith(<EnvironmentsPage />, { at: at() });
    await screen.findByRole('link', { name: /staging/ });
    const asked = () =>
      requests.filter(({ path }) => path === '/v1alpha1/environments');
    expect(asked()[0].query.get('sort')).toBe('state');
    expect(rowsOf(await table())[1]).toHaveTextContent('checkout / staging');
    await userEvent.click(screen.getByRole('button', { name: 'Environment' }));
    await waitFor(() => expect(asked().at(-1)?.query.get('sort')).toBe('name'));
    expect(
      screen.getByRole('columnheader', { name: 'Environment' }),
    ).toHaveAttribute('aria-sort', 'ascending');
  });

  it('asks the backend for nothing that it does not know', async () => {
    const { requests } = renderWith(<EnvironmentsPage />, {
      at: at('?state=levitating&sort=luck&organization=shop'),
    });
    await screen.findByRole('link', { name: /staging/ });
    const [{ query }] = requests.filter(
      ({ path }) => path === '/v1alpha1/environments',
    );
    expect(query.get('state')).toBeNull();
    expect(query.get('sort')).toBe('state');
    expect(query.get('organization')).toBe('shop');
  });

  it('offers a way out of a filter that leaves nothing', async () => {
    renderWith(<EnvironmentsPage />, { at: at('?filter=nothing') });
    await userEvent.click(
      await screen.findByRole('link', { name: 'Clear the filter' }),
    );
    expect(
      await screen.findByRole('link', { name: 'shop/checkout/staging' }),
    ).toBeInTheDocument();
  });

  it('draws a window of 5,000 environments and asks for that part alone', async () => {
    const { requests } = renderWith(<EnvironmentsPage />, {
      at: at(),
      answers: {
        'GET /v1alpha1/environments': environmentList(fleetOf(FLEET)),
      },
    });
    const element = await table();
    await waitFor(() => expect(element.querySelector('a')).toBeInTheDocument());
    expect(screen.getByText(/5000 environments/)).toBeInTheDocument();
    expect(element).toHaveAttribute('aria-rowcount', `${FLEET + 1}`);
    // What is in sight, what is drawn beyond it, and the header.
    expect(rowsOf(element).length).toBeLessThan(40);
    const parts = () =>
      requests
        .filter(({ path }) => path === '/v1alpha1/environments')
        .map(({ query }) => `${query.get('offset')}+${query.get('limit')}`);
    expect(new Set(parts())).toEqual(new Set(['0+50']));

    element.scrollTop = 2_500 * ROW_HEIGHT;
    element.dispatchEvent(new Event('scroll'));
    await waitFor(() => expect(parts()).toContain('2500+50'));
    await waitFor(() =>
      expect(
        element.querySelector('[aria-rowindex="2502"] a'),
      ).toBeInTheDocument(),
    );
    expect(rowsOf(element).length).toBeLessThan(60);
    expect(parts()).not.toContain('1000+50');

    await userEvent.click(screen.getByRole('searchbox', { name: 'Filter' }));
    await userEvent.paste('service-77/');
    await waitFor(() => expect(element).toHaveAttribute('aria-rowcount', '4'));
    expect(rowsOf(element)).toHaveLength(4);
    expect(element.scrollTop).toBe(0);
  });

  it('keeps a view under a name, goes to it and forgets it', async () => {
    renderWith(<EnvironmentsPage />, { at: at('?state=stopped&sort=cost') });
    await screen.findByRole('link', { name: /staging/ });
    await userEvent.click(screen.getByRole('button', { name: 'Views' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Save this view…' }),
    );
    await userEvent.type(
      await screen.findByLabelText('Name of the view'),
      'Dear and down{Enter}',
    );
    await waitFor(() =>
      expect(screen.queryByLabelText('Name of the view')).toBeNull(),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Views' }));
    expect(
      await screen.findByRole('link', { name: 'Dear and down' }),
    ).toHaveAttribute('href', '/slipway/environments?state=stopped&sort=cost');
    await userEvent.click(
      screen.getByRole('button', { name: 'Remove the view Dear and down' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('link', { name: 'Dear and down' })).toBeNull(),
    );
  });

  it('says that an environment has drifted beside its state', async () => {
    renderWith(<EnvironmentsPage />, {
      at: at(),
      answers: {
        'GET /v1alpha1/environments': environmentList([
          {
            ...staging,
            conditions: [
              ...staging.conditions,
              {
                type: 'Drifted',
                status: 'True',
                reason: 'Drifted',
                message: '',
                observedGeneration: 1,
                lastTransitionTime: staging.updatedAt,
              },
            ],
          },
        ]),
      },
    });
    await screen.findByRole('link', { name: /staging/ });
    expect(rowsOf(await table())[1]).toHaveTextContent('Drifted');
  });

  it.each(STATES)('is accessible: %s', async state => {
    renderWith(<EnvironmentsPage />, { at: at(), answers: answersIn(state) });
    const main = await screen.findByRole('main');
    await waitFor(() =>
      expect(
        main.querySelectorAll('[role=row], [aria-busy], p').length,
      ).toBeGreaterThan(0),
    );
    expect(await accessibilityProblems(main)).toEqual([]);
  });
});
