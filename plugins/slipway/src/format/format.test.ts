import { conditionsOf, count, folderUrl, money, moneyDelta, webUrl } from '.';

describe('money', () => {
  it('has two decimals and its currency', () => {
    expect(money(4120, 'EUR')).toBe('€41.20');
  });

  it.each([
    [1200, '+12.00'],
    [-350, '−3.50'],
    [0, '±0.00'],
    [123_456_78, '+123,456.78'],
  ])('says a difference of %d cents as %s', (cents, text) => {
    expect(moneyDelta(cents)).toBe(text);
  });
});

describe('words', () => {
  it('counts one and many', () => {
    expect(count(1, 'file')).toBe('1 file');
    expect(count(0, 'file')).toBe('0 files');
    expect(count(2, 'person', 'people')).toBe('2 people');
  });
});

describe('webUrl', () => {
  it('lets only addresses through that a browser may follow', () => {
    expect(webUrl('https://git.example.com/a')).toBe(
      'https://git.example.com/a',
    );
    // eslint-disable-next-line no-script-url -- that it isn't followed is the point
    expect(webUrl('javascript:alert(1)')).toBeUndefined();
    expect(webUrl('file:///state/platform.git')).toBeUndefined();
    expect(webUrl(undefined)).toBeUndefined();
  });
});

describe('conditionsOf', () => {
  it('leaves out conditions of a newer backend', () => {
    const base = {
      status: 'True' as const,
      reason: 'Valid',
      message: '',
      observedGeneration: 1,
      lastTransitionTime: '2026-01-01T00:00:00Z',
    };
    expect(
      conditionsOf([
        { ...base, type: 'Validated' },
        { ...base, type: 'Levitating' },
      ]).map(({ type }) => type),
    ).toEqual(['Validated']);
  });
});

describe('folderUrl', () => {
  it.each([
    [
      'https://github.com/shop/gitops.git',
      'https://github.com/shop/gitops/tree/HEAD/clusters/eu%20a/web',
    ],
    [
      'https://gitlab.example.com/shop/gitops',
      'https://gitlab.example.com/shop/gitops/-/tree/HEAD/clusters/eu%20a/web',
    ],
    // A host whose paths we don't know: the repository is better than a page that isn't there.
    ['https://git.example.com/gitops', 'https://git.example.com/gitops'],
    ['file:///state/gitops.git', undefined],
    ['git@github.com:shop/gitops.git', undefined],
  ])('leads into %s', (repository, address) => {
    expect(folderUrl(repository, 'clusters/eu a/web')).toBe(address);
  });
});
