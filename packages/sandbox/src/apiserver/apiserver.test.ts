import { FieldSet, describePath } from './fieldset';
import { canonicalQuantity, parseQuantity } from './quantity';
import { Store } from './store';
import { KubeObject } from './types';

describe('quantities', () => {
  it.each([
    ['1000m', '1'],
    ['0.5', '500m'],
    ['1024Mi', '1Gi'],
    ['1.5Gi', '1536Mi'],
    ['1e3', '1e3'],
    ['1000', '1k'],
    ['100', '100'],
    ['0', '0'],
    ['0.0000000001', '1n'],
    ['9223372036854775807', '9223372036854775807'],
    ['-1500m', '-1500m'],
  ])('writes %s as %s', (text, expected) => {
    expect(canonicalQuantity(text)).toBe(expected);
  });

  it('are exact where floating point is not', () => {
    expect(parseQuantity('0.1') + parseQuantity('0.2')).toBe(
      parseQuantity('0.3'),
    );
  });
});

describe('sets of fields', () => {
  it('are read and written as fieldsV1', () => {
    const json = {
      'f:spec': {
        'f:ports': { 'k:{"port":80}': { '.': {}, 'f:port': {} } },
        'f:type': {},
      },
    };
    expect(FieldSet.fromJson(json).toJson()).toEqual(json);
  });

  it('take what is below a member with it only where that is asked for', () => {
    const all = FieldSet.of(['f:a'], ['f:a', 'f:b'], ['f:c']);
    const one = FieldSet.of(['f:a']);
    expect([...all.difference(one).paths()]).toEqual([['f:c'], ['f:a', 'f:b']]);
    expect([...all.without(one).paths()]).toEqual([['f:c']]);
  });

  it('name a path as Kubernetes does', () => {
    expect(
      describePath([
        'f:spec',
        'f:ports',
        'k:{"port":80,"protocol":"TCP"}',
        'f:name',
      ]),
    ).toBe('.spec.ports[port=80,protocol="TCP"].name');
  });
});

describe('the store', () => {
  const object = (name: string): KubeObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'a', uid: name },
  });

  it('forgets old changes and says 410', () => {
    const store = new Store(10);
    for (let count = 0; count < 50; count += 1)
      store.put('configmaps', object(`o${count}`));
    expect(() => store.since(2)).toThrow('too old resource version');
    expect(() => store.list('configmaps', undefined, 2)).toThrow(
      'too old resource version',
    );
    expect(store.since(store.revision - 1)).toHaveLength(1);
  });

  it('shows a past moment as it was', () => {
    const store = new Store();
    store.put('configmaps', object('a'));
    const then = store.put('configmaps', object('b')).metadata.resourceVersion;
    store.remove('configmaps', 'a', 'a');
    store.put('configmaps', object('c'));
    const names = store
      .list('configmaps', undefined, Number(then))
      .map(one => one.metadata.name);
    expect(names).toEqual(['a', 'b']);
  });

  it('tells changes in their order, also when a listener writes', () => {
    const store = new Store();
    const seen: string[] = [];
    store.subscribe(event => {
      if (event.object.metadata.name === 'first')
        store.put('configmaps', object('second'));
    });
    store.subscribe(event => seen.push(event.object.metadata.name));
    store.put('configmaps', object('first'));
    expect(seen).toEqual(['first', 'second']);
  });
});
