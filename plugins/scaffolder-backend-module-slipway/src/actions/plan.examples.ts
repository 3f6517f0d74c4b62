import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Plan all platform files of the workspace',
    example: stringify({
      steps: [{ id: 'plan', name: 'Plan', action: 'slipway:plan' }],
    }),
  },
  {
    description:
      'Plan the removal of a service, and stop when a policy denies it',
    example: stringify({
      steps: [
        {
          id: 'plan',
          name: 'Plan',
          action: 'slipway:plan',
          input: {
            removePaths: ['organizations/shop/services/checkout.yaml'],
            failOn: 'denials',
          },
        },
      ],
    }),
  },
];
