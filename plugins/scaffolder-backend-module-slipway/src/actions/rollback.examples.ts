import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Go back to the release before',
    example: stringify({
      steps: [
        {
          id: 'rollback',
          name: 'Roll back',
          action: 'slipway:rollback',
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
    description: 'Go back, or forward again, to a revision',
    example: stringify({
      steps: [
        {
          id: 'rollback',
          name: 'Roll back',
          action: 'slipway:rollback',
          input: {
            organization: 'shop',
            name: 'checkout',
            environment: 'production',
            to: '3f1c2b7',
            message: 'Orders fail since 14:10.',
          },
        },
      ],
    }),
  },
];
