import type { Reader } from './Reader.ts';
import type { Chapter } from './story.ts';

const ORGANIZATION = 'shop';

/** How a repository that is there already comes to Slipway, where Git has no host around it. */
export const ONBOARDING: Chapter = {
  name: 'a repository that is there already: its compose file is a first spec, and the plan says what becomes of it',
  async run(reader) {
    const { page } = reader;
    await reader.goto('/create/templates/default/onboard-repository');
    await chooseOrganization(reader);
    await pickRepository(reader, 'newsl', /shop\/newsletter/);
    await next(reader);
    await reader.eventually(
      'the name of the repository for the service',
      async () =>
        (await page.getByLabel(/^Name/).first().inputValue()) === 'newsletter',
    );
    await chooseOwner(reader);
    await next(reader);
    await page.getByText(/Read from its compose file/).waitFor();
    await page.getByText(/gets no webhook, as plain Git has none/).waitFor();
    await reader.screenshot('onboarding-first-spec');
    await next(reader);
    await chooseEnvironment(reader);
    await next(reader);
    await page
      .getByText(/objects in 1 environment/)
      .first()
      .waitFor();
    await reader.screenshot('onboarding-plan');
  },
};

/** Goes to the next page of a form. */
export async function next({ page }: Reader): Promise<void> {
  await page.getByRole('button', { name: /^Next$/ }).click();
}

/** Chooses from a list by its label. */
export async function choose(
  { page }: Reader,
  label: RegExp,
  option: RegExp,
): Promise<void> {
  await page.getByLabel(label).first().click();
  await page.getByRole('option', { name: option }).first().click();
}

/** Chooses the demo's organization. */
export function chooseOrganization(reader: Reader): Promise<void> {
  return choose(reader, /^Organization/, new RegExp(ORGANIZATION, 'i'));
}

/** Finds a repository by typing a part of its name. */
export async function pickRepository(
  { page }: Reader,
  typed: string,
  option: RegExp,
): Promise<void> {
  const repository = page.getByRole('combobox', { name: /^Repository/ });
  await repository.click();
  await repository.fill(typed);
  await page.getByRole('option', { name: option }).click();
  await page.getByText(/ at .*, branch main/).waitFor();
}

/** Chooses the group that owns the service. */
export async function chooseOwner({ page }: Reader): Promise<void> {
  const owner = page.getByLabel(/^Owner/).first();
  await owner.click();
  await owner.fill('payments');
  await page
    .getByRole('option', { name: /payments/ })
    .first()
    .click();
}

/** One environment, where services meet. */
export async function chooseEnvironment({ page }: Reader): Promise<void> {
  const environment = page
    .getByRole('group', { name: /^environment/i })
    .first();
  await environment
    .getByLabel(/^Class/)
    .first()
    .click();
  await page.getByRole('option', { name: /shared-staging/ }).click();
  await environment.getByLabel(/^Name/).first().fill('staging');
  // Chosen is chosen; what faded would be in the picture.
  await page.getByRole('listbox').waitFor({ state: 'detached' });
}
