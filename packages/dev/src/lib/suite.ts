import { picturesCheck } from '../screenshots/check.ts';
import { oldSystemCheck } from '../screenshots/oldSystem.ts';
import { storyCheck } from '../story/check.ts';
import { type Check, JEST_CHECK, runChecks, STATIC_CHECKS } from './checks.ts';
import { plus, type Tally } from './tally.ts';

interface Options {
  /** Only checks whose name contains one of these; all of them when there is none. */
  words?: string[];
  /** Takes what is drawn now for right. */
  update?: boolean;
  /** Only these views are drawn. */
  views?: string[];
}

/** What `npm test` runs: everything that needs neither Go nor the network. */
export async function runSuite({
  words = [],
  update = false,
  views = [],
}: Options = {}): Promise<Tally> {
  const wanted = (checks: Check[]) =>
    checks.filter(
      ({ name }) =>
        words.length === 0 || words.some(word => name.includes(word)),
    );
  // Each of the two keeps one core busy; what follows takes all there are.
  const [still, drawn] = await Promise.all([
    runChecks(wanted(STATIC_CHECKS)),
    runChecks(wanted([picturesCheck({ update, only: views })])),
  ]);
  const rest = await runChecks(
    wanted([JEST_CHECK, oldSystemCheck(), storyCheck()]),
  );
  return plus(plus(still, drawn), rest);
}
