import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Run three replicas of the workload web, with more memory',
    example: stringify({
      steps: [
        {
          id: 'edit',
          name: 'Edit the ServiceSpec',
          action: 'slipway:servicespec:edit',
          input: {
            organization: 'shop',
            name: 'checkout',
            edits: [
              {
                op: 'set',
                path: ['spec', 'workloads', { name: 'web' }, 'replicas'],
                value: 3,
              },
              {
                op: 'set',
                path: [
                  'spec',
                  'workloads',
                  { name: 'web' },
                  'resources',
                  'memory',
                ],
                value: '256Mi',
              },
            ],
          },
        },
      ],
    }),
  },
  {
    description: 'Add a domain and drop the description',
    example: stringify({
      steps: [
        {
          id: 'edit',
          name: 'Edit the ServiceSpec',
          action: 'slipway:servicespec:edit',
          input: {
            organization: 'shop',
            name: 'checkout',
            edits: [
              {
                op: 'append',
                path: ['spec', 'workloads', 0, 'domains'],
                value: 'pay.example.com',
              },
              { op: 'delete', path: ['spec', 'description'] },
            ],
          },
        },
      ],
    }),
  },
];
