import fc from 'fast-check';
import { KIND_NAMES, KINDS, type Resource } from '../kinds/registry';
import { arbitraryOf } from './__testUtils__/arbitrary';
import { parseFile } from './parseFile';
import { stringifyResource } from './stringify';
import { SERVICE } from './__testUtils__/service';

const resource = (kind: (typeof KIND_NAMES)[number]) =>
  arbitraryOf(KINDS[kind].schema).map(
    value => KINDS[kind].schema.parse(value) as Resource,
  );

describe('stringifyResource', () => {
  it('writes fields in the order of the schema and leaves empty lists out', () => {
    const [service] = parseFile(SERVICE).resources;
    const text = stringifyResource(service);
    expect(text).toMatch(
      /^apiVersion: .*\nkind: ServiceSpec\nmetadata:\n {2}name: shop\nspec:\n {2}organization: acme\n/,
    );
    expect(text).not.toContain('[]');
    expect(parseFile(text).resources).toEqual([service]);
  });

  it('says values that YAML 1.1 would read otherwise in quotes', () => {
    const [service] = parseFile(
      SERVICE.replace('value: info', "value: 'on'"),
    ).resources;
    expect(stringifyResource(service)).toContain('value: "on"');
  });

  it.each(KIND_NAMES)('writes any %s so that it reads as the same', kind => {
    fc.assert(
      fc.property(resource(kind), value => {
        const text = stringifyResource(value);
        const [document] = parseFile(text).documents;
        expect(KINDS[kind].schema.parse(document.value)).toEqual(value);
        expect(
          stringifyResource(
            KINDS[kind].schema.parse(document.value) as Resource,
          ),
        ).toBe(text);
      }),
      { numRuns: 60 },
    );
  });
});
