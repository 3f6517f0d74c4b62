/** A schema with one of everything that structural schemas offer. */
export const widgetSchema = {
  type: 'object',
  required: ['spec'],
  properties: {
    spec: {
      type: 'object',
      required: ['size'],
      properties: {
        size: { type: 'integer', minimum: 1, maximum: 10 },
        color: { type: 'string', enum: ['red', 'green'], default: 'red' },
        name: { type: 'string', pattern: '^[a-z]+$', maxLength: 5 },
        mode: {
          type: 'object',
          default: {},
          properties: {
            fast: { type: 'boolean', default: true },
            retries: { type: 'integer', default: 3 },
          },
        },
        port: { 'x-kubernetes-int-or-string': true },
        free: {
          type: 'object',
          'x-kubernetes-preserve-unknown-fields': true,
        },
        tags: {
          type: 'array',
          maxItems: 3,
          items: { type: 'string' },
          'x-kubernetes-list-type': 'set',
        },
        parts: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['name'],
          items: {
            type: 'object',
            required: ['name'],
            properties: {
              name: { type: 'string' },
              count: { type: 'integer', default: 1 },
            },
          },
        },
        plain: {
          type: 'array',
          items: { type: 'object', properties: { a: { type: 'string' } } },
        },
        note: { type: 'string', nullable: true },
        limits: { type: 'object', additionalProperties: { type: 'string' } },
      },
    },
    status: { type: 'object', properties: { phase: { type: 'string' } } },
  },
};
