import { CircuitBreaker } from './CircuitBreaker';

describe('CircuitBreaker', () => {
  let now = 0;
  let breaker: CircuitBreaker;

  beforeEach(() => {
    now = 1_000;
    breaker = CircuitBreaker.create({
      threshold: 2,
      baseMs: 100,
      maxMs: 300,
      now: () => now,
    });
  });

  const pause = () => {
    const admitted = breaker.admit();
    return admitted.ok ? 0 : admitted.retryInMs;
  };

  it('opens after several failures in a row, and not after some between successes', () => {
    breaker.failed('timeout');
    breaker.answered();
    breaker.failed('timeout');
    expect(pause()).toBe(0);
    breaker.failed('timeout');
    expect(breaker.admit()).toEqual({
      ok: false,
      retryInMs: 100,
      lastError: 'timeout',
    });
  });

  it('takes requests that fail together for one outage', () => {
    for (let i = 0; i < 20; i++) breaker.failed('timeout');
    expect(pause()).toBe(100);
  });

  it('lets one probe through at a time, waits longer after each that fails, and never longer than allowed', () => {
    breaker.failed('a');
    breaker.failed('b');
    for (const wait of [100, 200, 300, 300]) {
      expect(pause()).toBe(wait);
      now += wait;
      expect(breaker.admit().ok).toBe(true);
      expect(breaker.admit().ok).toBe(false);
      breaker.failed('c');
    }
    now += 300;
    expect(breaker.admit().ok).toBe(true);
    breaker.answered();
    expect(breaker.admit().ok).toBe(true);
  });

  it('probes again when the last probe was given up', () => {
    breaker.failed('a');
    breaker.failed('b');
    now += 100;
    expect(breaker.admit().ok).toBe(true);
    breaker.abandoned();
    expect(breaker.admit().ok).toBe(true);
  });
});
