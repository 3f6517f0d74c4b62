import { applyPatch, type PatchOperation } from './jsonPatch';

const target = { list: ['a', 'b'], map: { 'x/y': 1, '~': 2 } };
const patched = (...operations: PatchOperation[]) =>
  applyPatch<unknown>(target, operations);

describe('applyPatch', () => {
  it('adds, replaces, removes and tests, and leaves its input alone', () => {
    expect(
      patched(
        { op: 'test', path: '/list/0', value: 'a' },
        { op: 'add', path: '/list/0', value: 'first' },
        { op: 'add', path: '/list/-', value: 'last' },
        { op: 'remove', path: '/list/1' },
        { op: 'replace', path: '/map/x~1y', value: { deep: [1] } },
        { op: 'test', path: '/map/x~1y', value: { deep: [1] } },
        { op: 'remove', path: '/map/~0' },
      ),
    ).toEqual({ list: ['first', 'b', 'last'], map: { 'x/y': { deep: [1] } } });
    expect(target.list).toEqual(['a', 'b']);
  });

  it.each<[string, PatchOperation]>([
    ['finds no field z; there are x/y, ~', { op: 'remove', path: '/map/z' }],
    [
      'finds no item 2; the list has 2',
      { op: 'replace', path: '/list/2', value: 1 },
    ],
    [
      "can't add at 5; allowed are 0 to 2 and -",
      { op: 'add', path: '/list/5', value: 1 },
    ],
    ["can't add at x", { op: 'add', path: '/list/x', value: 1 }],
    [
      'finds no map or list that could hold deep',
      { op: 'add', path: '/list/0/deep', value: 1 },
    ],
    ['finds another value', { op: 'test', path: '/list/0', value: 'b' }],
    ['has no value', { op: 'add', path: '/map/new' }],
    [
      'must not replace the whole object',
      { op: 'replace', path: '', value: 1 },
    ],
    [
      'must not touch __proto__',
      { op: 'add', path: '/__proto__/polluted', value: 1 },
    ],
  ])('says that it %s', (message, operation) => {
    expect(() => patched(operation)).toThrow(message);
  });

  it('says which operation failed', () => {
    expect(() =>
      patched(
        { op: 'remove', path: '/list/0' },
        { op: 'remove', path: '/gone' },
      ),
    ).toThrow('operation 2 (remove /gone)');
  });
});
