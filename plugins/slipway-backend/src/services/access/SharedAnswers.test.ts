import { SharedAnswers } from './SharedAnswers';

describe('SharedAnswers', () => {
  let now = 0;
  let asked: string[];
  const shared = () => new SharedAnswers<string>(5_000, () => now);
  const ask = (answer: string) => async () => {
    asked.push(answer);
    return answer;
  };

  beforeEach(() => {
    now = 0;
    asked = [];
  });

  it('asks once for all who ask while the question is under way, and for those who come soon after', async () => {
    const answers = shared();
    const both = [answers.get('a', ask('1')), answers.get('a', ask('2'))];
    expect(await Promise.all(both)).toEqual(['1', '1']);
    now = 4_999;
    expect(await answers.get('a', ask('3'))).toBe('1');
    expect(asked).toEqual(['1']);
  });

  it('asks anew when the answer is too old, however often it was used', async () => {
    const answers = shared();
    await answers.get('a', ask('1'));
    now = 4_000;
    await answers.get('a', ask('2'));
    now = 5_000;
    expect(await answers.get('a', ask('3'))).toBe('3');
  });

  it('gives nobody the answer to the question of another', async () => {
    const answers = shared();
    await answers.get('a', ask('1'));
    expect(await answers.get('b', ask('2'))).toBe('2');
  });

  it('shares no failure with those who come after it', async () => {
    const answers = shared();
    await expect(
      answers.get('a', () => Promise.reject(new Error('away'))),
    ).rejects.toThrow('away');
    expect(await answers.get('a', ask('2'))).toBe('2');
  });

  it('keeps nothing that is too old to be used', async () => {
    const answers = shared();
    for (let i = 0; i < 100; i++) await answers.get(`${i}`, ask(`${i}`));
    now = 5_000;
    await answers.get('last', ask('last'));
    expect(
      (answers as unknown as { kept: Map<string, unknown> }).kept.size,
    ).toBe(1);
  });
});
