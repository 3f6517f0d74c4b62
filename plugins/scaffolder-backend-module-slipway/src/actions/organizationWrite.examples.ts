import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'An organization on GitHub that builds with Tekton',
    example: stringify({
      steps: [
        {
          id: 'organization',
          name: 'Write the Organization',
          action: 'slipway:organization:write',
          input: {
            name: 'shop',
            displayName: 'Shop',
            owner: 'group:default/payments',
            gitHost: { integration: 'github', namespace: 'example-shop' },
            pipelineEngine: 'tekton',
            webhook: { domain: 'shop.hooks.example.com' },
            registry: { url: 'registry.example.com/shop' },
            budget: { cents: 50000, currency: 'EUR' },
          },
        },
      ],
    }),
  },
];
