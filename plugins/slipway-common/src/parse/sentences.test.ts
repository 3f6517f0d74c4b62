import { validateResource } from './validate';
import { SCHEMA_SENTENCES, sentence, sentenceOf } from './sentences';

const spec = (change: object) => ({
  apiVersion: 'slipway.dev/v1alpha1',
  kind: 'ServiceSpec',
  metadata: { name: 'cart', namespace: 'org-shop' },
  spec: {
    organization: 'shop',
    owner: 'group:default/shop',
    lifecycle: 'experimental',
    workloads: [],
    databases: [],
    environments: [],
    ...change,
  },
});

it.each(Object.keys(SCHEMA_SENTENCES) as Array<keyof typeof SCHEMA_SENTENCES>)(
  'reads back what it has made: %s',
  key => {
    const place = 'spec.workloads[0].name';
    const message = sentence(key, { place, length: 70 });
    expect(message).not.toContain('{{');
    expect(sentenceOf({ message, path: place })).toEqual({
      key,
      values: {
        place,
        length: /length/.test(SCHEMA_SENTENCES[key]) ? '70' : '',
      },
    });
  },
);

it('reads what the schema says of a resource', () => {
  const problems = validateResource(
    spec({
      owner: undefined,
      lifecycle: 'eternal',
      colour: 'red',
      workloads: [{ name: 'Web', kind: 'Deployment' }],
    }),
    { kinds: ['ServiceSpec'] },
  );
  const read = problems.map(problem => sentenceOf(problem)?.key);
  expect(read).toEqual(
    expect.arrayContaining(['missing', 'value', 'format', 'unknownKey']),
  );
});

it('leaves alone what another check says in words that end in the same way', () => {
  expect(
    sentenceOf({
      message: 'what web needs is missing',
      path: 'spec.workloads[0].needs[0]',
    }),
  ).toBeUndefined();
});
