import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  FakeProblem,
  promotable,
  promotion,
  promotionsAnswers,
  staging,
  type FakeAnswers,
} from '../../../dev/fake';
import { answersIn, STATES, type StateName } from '../../../dev/states';
import { accessibilityProblems, renderWith } from '../../__testUtils__';
import { PromotionsPage } from './PromotionsPage';
import { stepsOf } from './steps';

const PATTERN = '/slipway/organizations/:organization/promotions';
const PROMOTION = 'GET /v1alpha1/environments/*/*/*/promotion';
const LIST = 'GET /v1alpha1/environments';

const open = (answers: FakeAnswers = {}) =>
  renderWith(<PromotionsPage />, {
    answers: { ...promotionsAnswers, ...answers },
    at: [PATTERN, '/slipway/organizations/shop/promotions'],
  });

const box = (name: string | RegExp) => screen.findByRole('checkbox', { name });

describe('stepsOf', () => {
  it('joins services that take the same step, along the way', () => {
    const steps = stepsOf([
      ...promotable().slice(0, 2),
      { ...staging, promoteFrom: undefined },
      { ...staging, promoteFrom: 'preview' },
    ]);
    expect(
      steps.map(({ id, environments }) => [id, environments.length]),
    ).toEqual([
      ['preview..staging', 1],
      ['staging..production', 2],
    ]);
  });

  it('comes to an end where environments are promoted in a circle', () => {
    expect(
      stepsOf([
        { ...staging, name: 'a', promoteFrom: 'b' },
        { ...staging, name: 'b', promoteFrom: 'a' },
      ]).map(({ id }) => id),
    ).toEqual(['a..b', 'b..a']);
  });
});

describe('PromotionsPage', () => {
  it('offers what is well where it comes from, and says of each other service why not', async () => {
    open();
    await waitFor(async () => expect(await box('catalogue')).toBeEnabled());
    expect(await box('search')).toBeDisabled();
    expect(await box('search')).toHaveAccessibleDescription(
      /Not now\. staging is not healthy with 4f2a91c/,
    );
    expect(await box('pricing')).toBeDisabled();
    expect(await box('pricing')).toHaveAccessibleDescription(
      /Nothing to do\. production runs 9d03c1e already/,
    );
    expect(
      screen.getByRole('button', { name: 'Open change request' }),
    ).toHaveAccessibleDescription('Choose at least one service.');
  });

  it('shows what the chosen ones change together, and asks for exactly that once', async () => {
    const { requests } = open();
    await waitFor(async () => expect(await box(/^All that/)).toBeEnabled());
    await userEvent.click(await box('All that can be promoted (2)'));
    const together = screen.getByRole('region', {
      name: 'What they would change together',
    });
    expect(within(together).getByRole('status')).toHaveTextContent(
      '2 services · +0 ~2 −0 objects',
    );
    expect(together).toHaveTextContent('catalogue / production');
    expect(together).toHaveTextContent('checkout / production');
    await userEvent.click(
      screen.getByRole('button', {
        name: 'Open change request for 2 services',
      }),
    );
    const link = await screen.findByRole('link', {
      name: 'See the change request',
    });
    expect(link).toHaveAttribute('href', '/slipway/change-requests/cr-61');
    expect(link).toHaveFocus();
    const asked = requests.filter(({ verb }) => verb === 'POST');
    expect(asked.map(({ path, body }) => [path, body])).toEqual([
      [
        '/v1alpha1/promotions',
        {
          items: ['catalogue', 'checkout'].map(service => ({
            organization: 'shop',
            service,
            environment: 'production',
            digest: 'sha256:cccc',
          })),
        },
      ],
    ]);
  });

  it('opens with the services that its address names, and leaves out those that cannot go', async () => {
    renderWith(<PromotionsPage />, {
      answers: promotionsAnswers,
      at: [
        PATTERN,
        '/slipway/organizations/shop/promotions?services=catalogue,search,gone',
      ],
    });
    await waitFor(async () => expect(await box('catalogue')).toBeChecked());
    expect(await box('search')).not.toBeChecked();
    expect(
      screen.getByRole('button', {
        name: 'Open change request for 1 service',
      }),
    ).toBeVisible();
  });

  it('can be used with the keyboard alone', async () => {
    open();
    await waitFor(async () => expect(await box('catalogue')).toBeEnabled());
    (await box('catalogue')).focus();
    await userEvent.keyboard(' ');
    screen
      .getByRole('button', { name: 'Open change request for 1 service' })
      .focus();
    await userEvent.keyboard('{Enter}');
    expect(
      await screen.findByRole('link', { name: 'See the change request' }),
    ).toBeVisible();
  });

  it('leaves out what can no longer be done since it was chosen', async () => {
    let well = true;
    const { again } = open({
      [PROMOTION]: request =>
        well
          ? promotionsAnswers[PROMOTION](request)
          : promotion({
              service: request.path.split('/')[4],
              blocked: { reason: 'SourceNotHealthy', message: 'It fell over.' },
            }),
    });
    await waitFor(async () => expect(await box('catalogue')).toBeEnabled());
    await userEvent.click(await box('catalogue'));
    well = false;
    await again();
    await waitFor(async () => expect(await box('catalogue')).toBeDisabled());
    expect(
      screen.getByRole('button', { name: 'Open change request' }),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  it('says what the backend refuses, and keeps what was chosen', async () => {
    open({
      'POST /v1alpha1/promotions': () => {
        throw new FakeProblem({
          title: 'ConflictError',
          status: 409,
          detail: 'shop/catalogue/production has changed since.',
        });
      },
    });
    await waitFor(async () => expect(await box('catalogue')).toBeEnabled());
    await userEvent.click(await box('catalogue'));
    await userEvent.click(
      screen.getByRole('button', { name: 'Open change request for 1 service' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'has changed since',
    );
    expect(await box('catalogue')).toBeChecked();
  });

  it('says what a service would become could not be found out, and takes the others', async () => {
    open({
      [PROMOTION]: request => {
        if (request.path.includes('/catalogue/')) {
          throw new FakeProblem({
            title: 'ServiceUnavailableError',
            status: 503,
          });
        }
        return promotionsAnswers[PROMOTION](request);
      },
    });
    await waitFor(async () => expect(await box('checkout')).toBeEnabled());
    expect(await box('catalogue')).toBeDisabled();
    expect(screen.getByText('Could not be looked at.')).toBeInTheDocument();
  });

  const SAYS: Record<StateName, RegExp> = {
    ready: /Open change request/,
    loading: /^/,
    empty: /Nothing to promote/,
    partial: /Open change request/,
    stale: /Not updated for/,
    forbidden: /You may not see what can be promoted/,
    error: /Could not load what can be promoted/,
  };

  it.each(STATES)('is accessible: %s', async state => {
    const { again, container } = renderWith(<PromotionsPage />, {
      answers: answersIn(
        state,
        state === 'ready' || state === 'partial' ? promotionsAnswers : {},
      ),
      at: [PATTERN, '/slipway/organizations/shop/promotions'],
    });
    if (state === 'stale') {
      await screen.findByRole('list', { name: /Services from/ });
      await again();
    }
    await waitFor(() => expect(container).toHaveTextContent(SAYS[state]));
    expect(await accessibilityProblems(container)).toEqual([]);
  });

  it('takes the step that was chosen', async () => {
    open({
      [LIST]: () => ({
        items: [staging, ...promotable()],
        total: 5,
        states: [],
      }),
    });
    await userEvent.click(await screen.findByRole('combobox', { name: 'Way' }));
    await userEvent.click(
      await screen.findByRole('option', { name: /preview-142.*staging/ }),
    );
    expect(
      await screen.findByRole('list', {
        name: 'Services from preview-142 to staging',
      }),
    ).toBeInTheDocument();
  });
});
