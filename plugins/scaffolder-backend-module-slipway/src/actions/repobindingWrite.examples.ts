import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description:
      "Bind a repository of the organization's own namespace to a pipeline template",
    example: stringify({
      steps: [
        {
          id: 'binding',
          name: 'Write the RepoBinding',
          action: 'slipway:repobinding:write',
          input: {
            organization: 'shop',
            repository: { name: 'checkout' },
            pipeline: { template: 'container-image' },
          },
        },
      ],
    }),
  },
  {
    description: 'Bind a repository that lives elsewhere, to build only',
    example: stringify({
      steps: [
        {
          id: 'binding',
          name: 'Write the RepoBinding',
          action: 'slipway:repobinding:write',
          input: {
            organization: 'shop',
            name: 'checkout-legacy',
            repository: {
              owner: 'legacy',
              name: 'checkout',
              branch: 'release/1.x',
            },
            pipeline: { name: 'checkout-legacy', template: 'container-image' },
            permissionProfile: 'builder',
          },
        },
      ],
    }),
  },
];
