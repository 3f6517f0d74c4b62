import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { candidates, FakeProblem, type FakeAnswers } from '../../dev/fake';
import { adopt } from '../../dev/FormStory';
import { accessibilityProblems, renderWith } from '../__testUtils__';
import { adoptableField } from '.';

const LIST = 'GET /v1alpha1/adoptions/candidates';

function open(answers: FakeAnswers = {}) {
  const onCreate = jest.fn(async (_: Record<string, unknown>) => {});
  const { name, component, validation } = adoptableField;
  const view = renderWith(
    <Stepper
      manifest={adopt}
      extensions={[{ name, component, validation }]}
      initialState={{}}
      onCreate={onCreate}
    />,
    { answers },
  );
  return { ...view, onCreate };
}

const picker = () => screen.findByRole('combobox', { name: /^Application/ });
const offered = async () =>
  (await screen.findAllByRole('option')).map(
    ({ textContent }) => textContent?.split('delivers')[0],
  );

beforeAll(() => {
  window.scrollTo = jest.fn();
});

describe('the Application that a template adopts', () => {
  it('is one of those that are not under Slipway, found by any of its names, by keyboard', async () => {
    const { container, onCreate } = open();
    await userEvent.click(await picker());
    expect(await offered()).toEqual([
      'billing sandbox-eu',
      'crm sandbox-eu',
      'search sandbox-us',
    ]);
    await userEvent.type(await picker(), 'overlays');
    expect(screen.queryByRole('option')).not.toBeInTheDocument();
    expect(screen.getByText('None matches.')).toBeInTheDocument();
    await userEvent.clear(await picker());
    await userEvent.type(await picker(), 'search-old{ArrowDown}{Enter}');
    expect(await picker()).toHaveValue('search (search-old)');
    expect(
      screen.getByText('Delivers to namespace search-old on sandbox-us.'),
    ).toBeInTheDocument();
    expect(await accessibilityProblems(container)).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Create' }),
    );
    await waitFor(() =>
      expect(onCreate).toHaveBeenCalledWith({
        found: {
          cluster: 'sandbox-us',
          namespace: 'search-old',
          application: 'search',
        },
      }),
    );
  });

  it('has to be chosen', async () => {
    const { onCreate } = open();
    await picker();
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    await waitFor(async () =>
      expect(await picker()).toHaveAttribute('aria-invalid', 'true'),
    );
    expect(
      screen.getAllByText(/No Application is chosen/).length,
    ).toBeGreaterThan(0);
    expect(onCreate).not.toHaveBeenCalled();
  });

  it('says when there is nothing to adopt', async () => {
    open({ [LIST]: () => candidates({ items: [] }) });
    expect(
      await screen.findByText('Every Application is under Slipway already.'),
    ).toBeInTheDocument();
  });

  it('names the cluster that could not be asked, and offers what the others have', async () => {
    open({
      [LIST]: () =>
        candidates({
          unavailable: [{ cluster: 'far', message: 'It does not answer.' }],
        }),
    });
    expect(
      await screen.findByText('What is on far is not among them.'),
    ).toBeInTheDocument();
    await userEvent.click(await picker());
    expect(await offered()).toHaveLength(3);
  });

  it('says who may look, to whom may not', async () => {
    open({
      [LIST]: () => {
        throw new FakeProblem({
          title: 'NotAllowedError',
          status: 403,
          detail: 'You need slipway.adoption.grant.',
        });
      },
    });
    expect(
      await screen.findByText(/Could not load the Applications/),
    ).toBeInTheDocument();
  });
});
