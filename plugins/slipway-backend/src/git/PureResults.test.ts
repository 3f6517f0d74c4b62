import { PureResults } from './PureResults';

const output = (size: number) => ({ stdout: Buffer.alloc(size) });

describe('PureResults', () => {
  it('keeps what fits, and lets go of what nobody asked for longest', () => {
    const results = new PureResults<{ stdout: Buffer }>(3000);
    results.set('a', output(1000));
    results.set('b', output(1000));
    expect(results.get('a')).toBeDefined();
    results.set('c', output(1000));
    expect(results.get('b')).toBeUndefined();
    expect(results.get('a')).toBeDefined();
    expect(results.get('c')).toBeDefined();
  });

  it('does not keep what is larger than all', () => {
    const results = new PureResults<{ stdout: Buffer }>(3000);
    results.set('a', output(5000));
    expect(results.get('a')).toBeUndefined();
    results.set('b', output(100));
    expect(results.get('b')).toBeDefined();
  });
});
