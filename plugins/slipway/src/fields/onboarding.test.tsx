import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  FakeProblem,
  onboardingPreview,
  repositories,
  repository,
  type FakeAnswers,
} from '../../dev/fake';
import { renderWith } from '../__testUtils__';
import { firstSpecField, repositoryField } from '.';

const page = (name: string, field: string) => ({
  title: 'Onboard',
  steps: [
    {
      title: 'Page',
      schema: {
        title: 'Page',
        type: 'object',
        required: [name],
        properties: {
          [name]: { type: 'object', title: 'It', 'ui:field': field },
        },
      },
    },
  ],
});

function open(
  field: typeof repositoryField | typeof firstSpecField,
  name: string,
  initialState: Record<string, string | object>,
  answers: FakeAnswers = {},
) {
  const onCreate = jest.fn(async (_: Record<string, unknown>) => {});
  const extension = {
    name: field.name,
    component: field.component,
    validation: field.validation,
  };
  renderWith(
    <Stepper
      manifest={page(name, field.name)}
      extensions={[extension as never]}
      initialState={initialState as never}
      onCreate={onCreate}
    />,
    { answers },
  );
  return { onCreate };
}

const finish = async () => {
  await userEvent.click(screen.getByRole('button', { name: 'Review' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Create' }));
};
const picker = () => screen.findByRole('combobox', { name: /^It/ });

beforeAll(() => {
  window.scrollTo = jest.fn();
});

describe('the repository that is onboarded', () => {
  it('is found as somebody types, by keyboard, and marked by what it is', async () => {
    const { onCreate } = open(repositoryField, 'repository', {
      organization: 'shop',
    });
    await userEvent.click(await picker());
    expect(
      (await screen.findAllByRole('option')).map(it => it.textContent?.trim()),
    ).toEqual([
      expect.stringMatching(/^shop\/storefront private/),
      expect.stringMatching(/^shop\/storefront-theme {2}fork/),
      expect.stringContaining('bound as shop/checkout'),
      expect.stringMatching(/^shop\/storefront-old private {2}archived/),
      'Show more',
    ]);
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(await picker()).toHaveValue('shop/storefront');
    await finish();
    await waitFor(() =>
      expect(onCreate).toHaveBeenCalledWith(
        expect.objectContaining({
          repository: {
            host: 'git.example.com',
            integration: 'gitea',
            owner: 'shop',
            name: 'storefront',
            branch: 'main',
            archived: false,
          },
        }),
      ),
    );
  });

  it('says before the list is opened that there is none to choose', async () => {
    open(
      repositoryField,
      'repository',
      { organization: 'shop' },
      { 'GET /v1alpha1/repositories': () => ({ items: [] }) },
    );
    expect(
      await screen.findByText(/The credentials of Slipway see no repository/),
    ).toBeInTheDocument();
  });

  it('asks for the organization first', async () => {
    open(repositoryField, 'repository', {});
    expect(await picker()).toBeDisabled();
    expect(
      screen.getByText('Choose the organization first.'),
    ).toBeInTheDocument();
  });

  it.each([
    ['nothing is found', { items: [] }, /The credentials of Slipway see no/],
    ['the search is forbidden', 403, /slipway.change.create/],
  ])('says so when %s', async (_, answer, expected) => {
    open(
      repositoryField,
      'repository',
      { organization: 'shop' },
      {
        'GET /v1alpha1/repositories': () => {
          if (typeof answer !== 'number') return answer;
          throw new FakeProblem({
            status: answer,
            title: 'NotAllowedError',
            detail: 'You need the permission slipway.change.create.',
          });
        },
      },
    );
    await userEvent.click(await picker());
    expect((await screen.findAllByText(expected)).length).toBeGreaterThan(0);
  });

  it('can’t be one that is archived', async () => {
    const { onCreate } = open(
      repositoryField,
      'repository',
      { organization: 'shop' },
      {
        'GET /v1alpha1/repositories': () => ({
          ...repositories(),
          items: [repository({ archived: true })],
        }),
      },
    );
    await userEvent.click(await picker());
    await screen.findAllByRole('option');
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    expect((await screen.findAllByText(/is archived/)).length).toBeGreaterThan(
      0,
    );
    expect(onCreate).not.toHaveBeenCalled();
  });
});

describe('the first spec that is offered', () => {
  const form = {
    organization: 'shop',
    name: 'storefront',
    owner: 'group:default/payments',
    repository: {
      host: 'git.example.com',
      integration: 'gitea',
      owner: 'shop',
      name: 'storefront',
      branch: 'main',
      archived: false,
    },
  };

  it('fills in what runs, and lists what was left with its place', async () => {
    const { onCreate } = open(firstSpecField, 'firstSpec', form);
    expect(
      await screen.findByText(/Read from its manifests, at commit 4f2a91c/),
    ).toBeInTheDocument();
    const list = screen.getByRole('list', {
      name: '2 things were not taken over',
    });
    expect(list).toHaveTextContent('k8s/web.yaml:12');
    expect(list).toHaveTextContent('hostNetwork');
    await finish();
    const { workloads, databases } = onboardingPreview();
    await waitFor(() =>
      expect(onCreate).toHaveBeenCalledWith(
        expect.objectContaining({
          firstSpec: expect.objectContaining({ workloads, databases }),
        }),
      ),
    );
  });

  it('is read from the compose file instead, on a press', async () => {
    const asked = jest.fn(({ body }) =>
      onboardingPreview(
        body.from === 'compose' ? { from: 'compose', notTaken: [] } : {},
      ),
    );
    open(firstSpecField, 'firstSpec', form, {
      'POST /v1alpha1/onboarding/preview': asked,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Read the compose file' }),
    );
    expect(
      await screen.findByText(/Read from its compose file/),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Everything that was found was taken over.'),
    ).toBeInTheDocument();
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('waits for the repository and the name', async () => {
    open(firstSpecField, 'firstSpec', { organization: 'shop' });
    expect(
      await screen.findByText(
        'Choose the repository and name the service first.',
      ),
    ).toBeInTheDocument();
  });
});
