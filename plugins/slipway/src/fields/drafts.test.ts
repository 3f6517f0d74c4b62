import { change, numberOrText } from './drafts';
import { help } from './help';
import { itemsOf } from './itemsOf';

describe('numberOrText', () => {
  it('keeps what is no number as it was typed', () => {
    expect(numberOrText('80a')).toBe('80a');
    expect(numberOrText('-1')).toBe('-1');
    expect(numberOrText('8080')).toBe(8080);
    expect(numberOrText('  ')).toBeUndefined();
  });
});

describe('change', () => {
  it('takes out what is emptied', () => {
    expect(change({ a: 'x', b: ['y'] }, { a: undefined, b: [] })).toEqual({});
    expect(change({ a: '' }, {})).toEqual({ a: '' });
  });
});

describe('itemsOf', () => {
  it('takes what the form fills a list up with for an empty item', () => {
    expect(itemsOf([{ name: 'a' }, undefined, null])).toEqual([
      { name: 'a' },
      {},
      {},
    ]);
    expect(itemsOf(undefined)).toEqual([]);
  });
});

describe('help', () => {
  it('is what the schema says', () => {
    expect(help('spec', 'workloads', 'domains')).toMatch(/^Host names under/);
    expect(help('metadata', 'name')).toMatch(/^The name, unique/);
    expect(help('spec', 'nothing', 'there')).toBeUndefined();
  });
});
