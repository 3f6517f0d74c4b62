import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'A web service with a database and a preview environment',
    example: stringify({
      steps: [
        {
          id: 'spec',
          name: 'Write the ServiceSpec',
          action: 'slipway:servicespec:write',
          input: {
            organization: 'shop',
            name: 'checkout',
            owner: 'group:default/payments',
            description: 'Takes an order from basket to paid',
            workloads: [
              {
                name: 'web',
                image: { repository: 'registry.example.com/shop/checkout' },
                port: 8080,
                needs: ['orders'],
                resources: { cpu: '100m', memory: '128Mi' },
              },
            ],
            databases: [
              {
                name: 'orders',
                engine: 'postgres',
                version: '16',
                size: '1Gi',
              },
            ],
            environments: [{ name: 'preview', class: 'preview' }],
          },
        },
      ],
    }),
  },
  {
    description: 'From a form whose fields have the shape of a ServiceSpec',
    example: stringify({
      steps: [
        {
          id: 'spec',
          name: 'Write the ServiceSpec',
          action: 'slipway:servicespec:write',
          input: {
            organization: '${{ parameters.organization }}',
            name: '${{ parameters.name }}',
            owner: '${{ parameters.owner }}',
            workloads: '${{ parameters.workloads }}',
            databases: '${{ parameters.databases }}',
            environments: '${{ parameters.environments }}',
            targetPath: 'platform',
          },
        },
      ],
    }),
  },
];
