import { databaseIsAway } from './databaseAway';

describe('databaseIsAway', () => {
  it.each([
    ['a refused connection', { code: 'ECONNREFUSED' }, true],
    ['a server that ends', { code: '57P01' }, true],
    ['a server that starts', { code: '57P03' }, true],
    ['a transaction that was given up', { code: '25P03' }, true],
    ['a wrong statement', { code: '42601' }, false],
    ['a key that is there already', { code: '23505' }, false],
  ])('tells of %s whether it is one', (_, more, away) => {
    expect(databaseIsAway(Object.assign(new Error('x'), more))).toBe(away);
  });

  it('knows drivers that say it in words, and hosts of several addresses', () => {
    expect(
      databaseIsAway(new Error('Connection terminated unexpectedly')),
    ).toBe(true);
    expect(
      databaseIsAway(
        new AggregateError([
          Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
        ]),
      ),
    ).toBe(true);
    expect(databaseIsAway(new Error('No such column'))).toBe(false);
    expect(databaseIsAway('ECONNREFUSED')).toBe(false);
  });
});
