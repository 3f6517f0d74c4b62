import { clusterChecks } from '../lib/clusterChecks.ts';
import { JEST_CHECK, runChecks, STATIC_CHECKS } from '../lib/checks.ts';
import { closingLine } from '../lib/tally.ts';
import { storyCheck } from '../story/check.ts';

// What continuous integration runs: npm test, then the short set of npm run test:cluster, added up in one last line.
const tally = await runChecks([
  ...STATIC_CHECKS,
  JEST_CHECK,
  storyCheck(),
  ...clusterChecks({ all: false }),
]);
process.stdout.write(`${closingLine(tally)}\n`);
process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;
