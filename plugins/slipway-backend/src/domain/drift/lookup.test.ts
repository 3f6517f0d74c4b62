import fc from 'fast-check';
import { pointerOf, valueAt } from './lookup';
import { field, item, member, position, ROOT, type Place } from './place';

const object = {
  metadata: { annotations: { 'example.com/a.b': 'x', 'has/slash~': 'y' } },
  spec: {
    containers: [
      { name: 'side', env: [] },
      {
        name: 'web',
        ports: [{ containerPort: 80 }, { containerPort: 81, protocol: 'UDP' }],
        args: ['a', 'b'],
      },
    ],
    finalizers: ['one/two', 'three'],
  },
};

describe('a path of the drift list', () => {
  it.each([
    [
      'metadata.annotations[example.com/a.b]',
      'x',
      '/metadata/annotations/example.com~1a.b',
    ],
    [
      'metadata.annotations[has/slash~]',
      'y',
      '/metadata/annotations/has~1slash~0',
    ],
    ['spec.containers[name=web].args[1]', 'b', '/spec/containers/1/args/1'],
    ['spec.finalizers[=three]', 'three', '/spec/finalizers/1'],
    [
      'spec.containers[name=web].ports[containerPort=80,protocol=TCP]',
      { containerPort: 80 },
      '/spec/containers/1/ports/0',
    ],
    [
      'spec.containers[name=web].ports[containerPort=81,protocol=UDP].protocol',
      'UDP',
      '/spec/containers/1/ports/1/protocol',
    ],
  ])(
    '%s leads to a value and a pointer, also where a key field is left to its default',
    (path, value, pointer) => {
      expect(valueAt(object, path)).toEqual(value);
      expect(pointerOf(object, path)).toBe(pointer);
    },
  );

  it('leads nowhere where nothing is', () => {
    expect(valueAt(object, 'spec.containers[name=db].image')).toBeUndefined();
    expect(pointerOf(object, 'spec.nothing.here')).toBeUndefined();
    expect(valueAt(object, 'spec.containers[7]')).toBeUndefined();
  });

  it('leads back to where it was made, whatever the names', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9./_-]{0,12}$/);
    const step = fc.record({
      name,
      then: fc.constantFrom('field', 'item', 'position'),
      key: name,
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), steps => {
        let at: Place = ROOT;
        const wrap: Array<(value: object) => object> = [];
        for (const { name: of, then, key } of steps) {
          at = field(at, of);
          wrap.push(value => ({ [of]: value }));
          if (then === 'item') {
            at = item(at, `k:${JSON.stringify({ key })}`, 1);
            wrap.push(value => [{ key: 'ANOTHER' }, { ...value, key }]);
          } else if (then === 'position') {
            at = position(at, 1);
            wrap.push(value => ['other', value]);
          }
        }
        const found = { found: true };
        const whole = wrap.reduceRight<object>(
          (inner, make) => make(inner),
          found,
        );
        expect(valueAt(whole, at.path)).toMatchObject(found);
      }),
    );
    expect(member(field(ROOT, 'a'), 'x', 0).path).toBe('a[=x]');
  });
});
