import { mockServices } from '@backstage/backend-test-utils';
import type { LiveTopicStore, SeenState } from '../../ports/LiveTopicStore';
import { LiveTopics } from './LiveTopics';
import { LiveMessage, PublishedLiveSignals } from './PublishedLiveSignals';

const ENVIRONMENT = 'environment:shop/web/prod';

/** What replicas share, in memory. */
class SharedStore implements LiveTopicStore {
  private readonly states = new Map<string, { state: string; at: number }>();
  sequence = 0;
  beats = 0;
  failing = false;

  async secret() {
    return 's';
  }

  async tell(options: {
    subjects: string[];
    seen: SeenState[];
    staleSince(subject: string, toldMsAgo: number): boolean;
  }) {
    if (this.failing) throw new Error('The database is away');
    const told = new Set(options.subjects);
    for (const { subject, state } of options.seen) {
      const known = this.states.get(subject);
      if (known?.state !== state) {
        this.states.set(subject, { state, at: performance.now() });
        told.add(subject);
      } else if (options.staleSince(subject, performance.now() - known.at))
        told.add(subject);
    }
    if (told.size === 0) return { subjects: [] };
    return { subjects: [...told], sequence: ++this.sequence };
  }

  async beat() {
    return this.beats-- > 0 ? this.sequence : undefined;
  }

  async prune() {
    return 0;
  }
}

describe('PublishedLiveSignals', () => {
  let store: SharedStore;
  let sent: LiveMessage[];

  beforeEach(() => {
    jest.useFakeTimers();
    store = new SharedStore();
    sent = [];
  });
  afterEach(() => jest.useRealTimers());

  function replica() {
    const topics = new LiveTopics('s');
    const signals = PublishedLiveSignals.create({
      store,
      topics,
      publish: async message => void sent.push(message),
      logger: mockServices.logger.mock(),
    });
    return { topics, signals };
  }
  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
  const about = (topics: LiveTopics, subject: string) =>
    sent.filter(message => topics.idOf(subject) in message.topics);

  it('tells what comes together as one, within a tenth of a second', async () => {
    const { signals, topics } = replica();
    for (let i = 0; i < 20; i++) signals.changed([`environment:shop/web/${i}`]);
    await pass(100);
    expect(sent).toHaveLength(1);
    expect(about(topics, 'environment:shop/web/19')).toHaveLength(1);
    expect(about(topics, 'service:shop/web')).toHaveLength(1);
  });

  it('tells what many things move at most once a second, and doesn’t forget the last time', async () => {
    const { signals, topics } = replica();
    for (let i = 0; i < 30; i++) {
      signals.changed([ENVIRONMENT]);
      await pass(100);
    }
    expect(about(topics, ENVIRONMENT).length).toBeGreaterThan(20);
    const fleet = about(topics, 'fleet').length;
    expect(fleet).toBeGreaterThanOrEqual(3);
    expect(fleet).toBeLessThanOrEqual(4);
    await pass(1_100);
    expect(about(topics, 'fleet')).toHaveLength(fleet + 1);
  });

  it('takes thousands of changes in turns, and leaves none out', async () => {
    const { signals, topics } = replica();
    const subjects = Array.from(
      { length: 1_000 },
      (_, i) => `environment:shop/web/${i}`,
    );
    let computed = 0;
    signals.seen(subjects, () => `${computed++}`);
    await jest.advanceTimersByTimeAsync(0);
    expect(computed).toBeLessThanOrEqual(200);
    await pass(500);
    expect(sent).toHaveLength(5);
    for (const subject of subjects)
      expect(about(topics, subject)).toHaveLength(1);
  });

  it('tells a change that two replicas see once', async () => {
    const [a, b] = [replica(), replica()];
    a.signals.seen([ENVIRONMENT], () => 'degraded');
    b.signals.seen([ENVIRONMENT], () => 'degraded');
    await pass(200);
    expect(about(a.topics, ENVIRONMENT)).toHaveLength(1);
  });

  it('tells it again where a page was shown the state before, after it had been told', async () => {
    const [a, b] = [replica(), replica()];
    a.signals.seen([ENVIRONMENT], () => 'degraded');
    await pass(100);
    // The page hears of it and asks the replica whose watch is behind.
    b.topics.show([ENVIRONMENT]).done();
    await pass(50);
    b.signals.seen([ENVIRONMENT], () => 'degraded');
    await pass(100);
    expect(about(a.topics, ENVIRONMENT)).toHaveLength(2);
  });

  it('does so also while the answer is still under way', async () => {
    const [a, b] = [replica(), replica()];
    const answer = b.topics.show(['service:shop/web']);
    a.signals.seen([ENVIRONMENT], () => 'degraded');
    await pass(100);
    b.signals.seen([ENVIRONMENT], () => 'degraded');
    await pass(100);
    answer.done();
    expect(about(a.topics, 'service:shop/web')).toHaveLength(2);
  });

  it('tells later what it could not while the database was away', async () => {
    const { signals, topics } = replica();
    store.failing = true;
    signals.changed([ENVIRONMENT]);
    await pass(3_000);
    expect(sent).toEqual([]);
    store.failing = false;
    await pass(5_000);
    expect(about(topics, ENVIRONMENT)).toHaveLength(1);
  });

  it('says in its turn that it is there', async () => {
    const { signals } = replica();
    signals.start();
    store.sequence = 41;
    store.beats = 1;
    await pass(12_500);
    expect(sent).toEqual([{ sequence: 41, topics: {} }]);
    await signals.stop();
  });

  it('names nothing that says what it stands for', async () => {
    const { signals } = replica();
    signals.changed([ENVIRONMENT, 'change:42']);
    await pass(100);
    expect(JSON.stringify(sent)).not.toMatch(/shop|web|prod|42"|change|fleet/);
  });
});
