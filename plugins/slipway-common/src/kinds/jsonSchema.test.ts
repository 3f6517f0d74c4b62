import { jsonSchemaOf } from './jsonSchema';
import { KIND_NAMES } from './registry';

function* nodes(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) {
    yield value as Record<string, unknown>;
    for (const child of Object.values(value)) {
      yield* nodes(child);
    }
  }
}

describe('jsonSchemaOf', () => {
  it.each(KIND_NAMES)('%s describes and names every field', kind => {
    const fields = [...nodes(jsonSchemaOf(kind))].flatMap(node =>
      node.type === 'object' && node.properties
        ? Object.entries(
            node.properties as Record<string, Record<string, unknown>>,
          )
        : [],
    );
    expect(fields.length).toBeGreaterThan(5);
    expect(
      fields
        .filter(([, field]) => typeof field.description !== 'string')
        .map(([name]) => name),
    ).toEqual([]);
    expect(
      fields
        .filter(([, field]) => typeof field.title !== 'string')
        .map(([name]) => name),
    ).toEqual([]);
  });

  it.each(KIND_NAMES)(
    '%s stands alone: no references, nothing of Kubernetes',
    kind => {
      const text = JSON.stringify(jsonSchemaOf(kind));
      expect(text).not.toContain('$ref');
      expect(text).not.toContain('x-kubernetes');
    },
  );

  it('gives fields titles that people read', () => {
    expect(jsonSchemaOf('Organization')).toMatchObject({
      title: 'Organization',
      properties: {
        spec: {
          properties: {
            displayName: { title: 'Display name' },
            gitHost: { title: 'Git host' },
          },
        },
        status: { properties: { webhookURL: { title: 'Webhook URL' } } },
      },
    });
  });
});
