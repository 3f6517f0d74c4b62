import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description:
      'Open a change request with all platform files of the workspace',
    example: stringify({
      steps: [
        {
          id: 'change',
          name: 'Open the change request',
          action: 'slipway:change:open',
          input: { title: 'Add the service checkout' },
        },
      ],
      output: {
        links: [
          {
            title: 'Change request #${{ steps.change.output.number }}',
            url: '${{ steps.change.output.url }}',
          },
        ],
      },
    }),
  },
  {
    description:
      'With a skeleton that becomes the first commit of the code repository after the merge',
    example: stringify({
      steps: [
        {
          id: 'change',
          name: 'Open the change request',
          action: 'slipway:change:open',
          input: {
            title: 'Add the service checkout',
            targetPath: 'platform',
            skeletonPath: 'code',
            repository: 'shop/checkout',
            branch: 'main',
          },
        },
      ],
    }),
  },
  {
    description: 'Retire a service',
    example: stringify({
      steps: [
        {
          id: 'change',
          name: 'Open the change request',
          action: 'slipway:change:open',
          input: {
            title: 'Retire the service checkout',
            description: 'Replaced by basket.',
            removePaths: ['organizations/shop/services/checkout.yaml'],
          },
        },
      ],
    }),
  },
];
