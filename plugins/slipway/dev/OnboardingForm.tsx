import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import type { JsonValue } from '@backstage/types';
import { firstSpecField, repositoryField } from '../src/fields';

/** The page of a template that has one of the fields, as a form draws it. */
const pageOf = (title: string, name: string, field: string) => ({
  title: 'Onboard an existing repository',
  steps: [
    {
      title,
      schema: {
        title,
        type: 'object',
        required: [name],
        properties: {
          [name]: { title, type: 'object', 'ui:field': field },
        },
      },
    },
  ],
});

const PAGES = {
  repository: pageOf('Repository', 'repository', repositoryField.name),
  firstSpec: pageOf('What runs', 'firstSpec', firstSpecField.name),
};

/** One page of the template that onboards a repository, in the scaffolder's own form. */
export const OnboardingForm = (props: {
  page: keyof typeof PAGES;
  initialState: Record<string, JsonValue>;
}) => (
  <Stepper
    manifest={PAGES[props.page]}
    extensions={[
      {
        name: repositoryField.name,
        component: repositoryField.component,
        validation: repositoryField.validation,
      },
      {
        name: firstSpecField.name,
        component: firstSpecField.component,
        validation: firstSpecField.validation,
      },
    ]}
    initialState={props.initialState}
    onCreate={async () => {}}
  />
);
