import { GatheredMarks } from './GatheredMarks';

/** A queue whose marks end when the test says so. */
function world(pauseMs = 1_000) {
  const marked: string[][] = [];
  const failures: string[] = [];
  let end: ((error?: Error) => void) | undefined;
  const marks = new GatheredMarks({
    mark: keys => {
      marked.push(keys);
      return new Promise<void>((resolve, reject) => {
        end = error => (error ? reject(error) : resolve());
      });
    },
    failed: error => void failures.push(error.message),
    pauseMs,
  });
  return {
    marks,
    marked,
    failures,
    async end(error?: Error) {
      end?.(error);
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  const left = jest.getTimerCount();
  jest.useRealTimers();
  if (left > 0) throw new Error(`${left} timers are left.`);
});

it('marks the first at once, and ten thousand that follow in one go', async () => {
  const it_ = world();
  it_.marks.add(['a']);
  expect(it_.marked).toEqual([['a']]);
  for (let delivery = 0; delivery < 10_000; delivery += 1)
    it_.marks.add(['a', 'b']);
  await it_.end();
  expect(it_.marked).toHaveLength(1);
  jest.advanceTimersByTime(1_000);
  expect(it_.marked).toEqual([['a'], ['a', 'b']]);
  await it_.end();
  jest.advanceTimersByTime(10_000);
  expect(it_.marked).toHaveLength(2);
});

it('marks at once again after a rest', async () => {
  const it_ = world();
  it_.marks.add(['a']);
  await it_.end();
  jest.advanceTimersByTime(1_000);
  it_.marks.add(['b']);
  expect(it_.marked).toEqual([['a'], ['b']]);
  await it_.end();
  it_.marks.stop();
});

it('keeps what could not be marked, says so once, and tries ever more rarely', async () => {
  const it_ = world(0);
  it_.marks.add(['a']);
  it_.marks.add(['b']);
  await it_.end(new Error('the database is away'));
  it_.marks.add(['c']);
  expect(it_.marked).toEqual([['a']]);
  for (const ms of [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
    const before = it_.marked.length;
    jest.advanceTimersByTime(ms - 1);
    expect(it_.marked).toHaveLength(before);
    jest.advanceTimersByTime(1);
    expect(it_.marked).toHaveLength(before + 1);
    expect(new Set(it_.marked.at(-1))).toEqual(new Set(['a', 'b', 'c']));
    await it_.end(new Error('the database is still away'));
  }
  expect(it_.failures).toEqual(['the database is away']);
  jest.advanceTimersByTime(30_000);
  await it_.end();
  jest.advanceTimersByTime(0);
  it_.marks.add(['d']);
  expect(it_.marked.at(-1)).toEqual(['d']);
  await it_.end(new Error('the database is away again'));
  expect(it_.failures).toHaveLength(2);
  it_.marks.stop();
});

it('marks nothing once it is stopped', async () => {
  const it_ = world();
  it_.marks.add(['a']);
  it_.marks.add(['b']);
  it_.marks.stop();
  await it_.end();
  it_.marks.add(['c']);
  jest.advanceTimersByTime(10_000);
  expect(it_.marked).toEqual([['a']]);
});
