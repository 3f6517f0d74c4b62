import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Promote what staging runs to production',
    example: stringify({
      steps: [
        {
          id: 'promote',
          name: 'Promote',
          action: 'slipway:promote',
          input: {
            organization: 'shop',
            name: 'checkout',
            environment: 'production',
          },
        },
      ],
    }),
  },
  {
    description: 'Promote two services in one change request',
    example: stringify({
      steps: [
        {
          id: 'promote',
          name: 'Promote',
          action: 'slipway:promote',
          input: {
            organization: 'shop',
            names: ['checkout', 'basket'],
            environment: 'production',
            message: 'They only work together.',
          },
        },
      ],
    }),
  },
];
