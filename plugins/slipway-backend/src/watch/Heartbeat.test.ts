import { setTimeout as sleep } from 'node:timers/promises';
import { Heartbeat } from './Heartbeat';

describe('Heartbeat', () => {
  const INTERVAL_MS = 10;
  let heartbeat: Heartbeat;
  let answer: () => Promise<void>;
  let ms: number;
  let told: string[];

  beforeEach(() => {
    ms = 0;
    told = [];
    answer = async () => {};
    heartbeat = Heartbeat.create({
      ask: () => answer(),
      intervalMs: INTERVAL_MS,
      staleMs: 1_000,
      now: () => new Date(ms),
      onState: ({ back }) =>
        told.push(`${heartbeat.current().state}${back ? ' back' : ''}`),
    });
  });
  afterEach(() => heartbeat.stop());

  const until = async (state: string) => {
    for (let i = 0; i < 3_000 && heartbeat.current().state !== state; i++)
      await sleep(INTERVAL_MS);
    expect(heartbeat.current().state).toBe(state);
  };

  it('calls a server that refuses connections late, then unreachable, then back', async () => {
    heartbeat.start();
    await until('live');
    ms = 5_000;
    answer = async () => {
      throw new Error('connection refused');
    };
    await until('stale');
    expect(heartbeat.current()).toMatchObject({
      asOf: expect.any(Date),
      message: 'connection refused',
    });
    ms += 1_000;
    await until('unreachable');
    answer = async () => {};
    await until('live');
    const at = new Date(ms);
    expect(heartbeat.current()).toEqual({ state: 'live', asOf: at, since: at });
    expect(told).toEqual(['live', 'stale', 'unreachable', 'live back']);
  });

  it('finds out that a server hangs, without asking it a second time', async () => {
    let asked = 0;
    let thaw = () => {};
    answer = () => {
      asked++;
      return new Promise(resolve => {
        thaw = resolve;
      });
    };
    heartbeat.start();
    await until('stale');
    ms = 1_000;
    await until('unreachable');
    expect(asked).toBe(1);
    answer = async () => {};
    thaw();
    await until('live');
  });

  it('says nothing any more once it has been stopped', async () => {
    heartbeat.start();
    await until('live');
    await heartbeat.stop();
    answer = async () => {
      throw new Error('gone');
    };
    await sleep(5 * INTERVAL_MS);
    expect(told).toEqual(['live']);
  });
});
