import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Propose the spec of a namespace, and release it',
    example: stringify({
      steps: [
        {
          id: 'adopt',
          name: 'Look at what is there',
          action: 'slipway:adoption:propose',
          input: {
            cluster: 'eu-1',
            namespace: 'shop-live',
            organization: 'shop',
            name: 'checkout',
            environment: 'production',
            class: 'adopted',
            release: true,
          },
        },
      ],
    }),
  },
];
