import { GatheredMarks } from './GatheredMarks';

/** A queue whose marks end when the test says so. */
function world(pauseMs = 1_000) {
  const marked: string[][] = [];
  const failures: string[] = [];
  let end: ((error?: Error) => void) | undefined;
  const marks = new GatheredMarks({
    queue: {
      mark: keys => {
        marked.push(keys);
        return new Promise<void>((resolve, reject) => {
          end = error => (error ? reject(error) : resolve());
        });
      },
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

it('says that a mark failed, and makes the next one all the same', async () => {
  const it_ = world();
  it_.marks.add(['a']);
  it_.marks.add(['b']);
  await it_.end(new Error('the database is away'));
  expect(it_.failures).toEqual(['the database is away']);
  jest.advanceTimersByTime(1_000);
  expect(it_.marked).toEqual([['a'], ['b']]);
  await it_.end();
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
