import { SharedLook, SharedLooks } from './SharedLook';

/** A look that ends when it is told to, with how it was when it began. */
function slow() {
  let state = 0;
  const ends: Array<() => void> = [];
  return {
    change: () => (state += 1),
    began: () => ends.length,
    end: (look: number) => ends[look](),
    look: () => {
      const seen = state;
      return new Promise<number>(resolve => ends.push(() => resolve(seen)));
    },
  };
}

const settled = () => new Promise(resolve => setImmediate(resolve));

describe('SharedLook', () => {
  it('shares one look among those who come in one turn, another among those who come while it is under way, and gives nobody what was before they asked', async () => {
    const world = slow();
    const shared = new SharedLook(world.look);
    const first = [shared.now(), shared.now()];
    await settled();
    expect(world.began()).toBe(1);
    world.change();
    const later = [shared.now(), shared.now(), shared.now()];
    await settled();
    expect(world.began()).toBe(1);
    world.end(0);
    await settled();
    expect(world.began()).toBe(2);
    world.end(1);
    expect(await Promise.all(first)).toEqual([0, 0]);
    expect(await Promise.all(later)).toEqual([1, 1, 1]);
    expect(shared.idle).toBe(true);
  });

  it('tells a failure to those who shared it, and to nobody after them', async () => {
    let fails = true;
    const shared = new SharedLook(async () => {
      if (fails) throw new Error('away');
      return 'there';
    });
    const [one, two] = await Promise.allSettled([shared.now(), shared.now()]);
    await settled();
    expect([one.status, two.status]).toEqual(['rejected', 'rejected']);
    fails = false;
    expect(await shared.now()).toBe('there');
  });

  it('lets nobody wait for a look that never ends, but those who shared it', async () => {
    let looks = 0;
    const shared = new SharedLook(
      () =>
        looks++ === 0 ? new Promise<number>(() => {}) : Promise.resolve(2),
      10,
    );
    void shared.now();
    await settled();
    expect(await shared.now()).toBe(2);
    expect(await shared.now()).toBe(2);
  });
});

describe('SharedLooks', () => {
  it('shares a look among those who ask for the same, and keeps none that nobody waits for', async () => {
    const looks = new SharedLooks<string>();
    const asked: string[] = [];
    const ask = (key: string) =>
      looks.now(key, async () => {
        asked.push(key);
        return key;
      });
    expect(await Promise.all([ask('a'), ask('a'), ask('a'), ask('b')])).toEqual(
      ['a', 'a', 'a', 'b'],
    );
    expect(asked.sort()).toEqual(['a', 'b']);
    await settled();
    expect(
      (looks as unknown as { looks: Map<string, unknown> }).looks.size,
    ).toBe(0);
  });
});
