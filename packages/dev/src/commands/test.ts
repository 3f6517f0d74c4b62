import { JEST_CHECK, runChecks, STATIC_CHECKS } from '../lib/checks.ts';
import { picturesCheck } from '../screenshots/check.ts';
import { oldSystemCheck } from '../screenshots/oldSystem.ts';
import { storyCheck } from '../story/check.ts';
import { closingLine } from '../lib/tally.ts';

// Everything that needs neither Go nor the network: static checks, Jest over all packages, pictures of every view, the
// story in a browser.
// `pictures -- --update` takes what is drawn now for right; `--view=<name>` draws that view only.
const args = process.argv.slice(2);
const only = args.filter(arg => !arg.startsWith('--'));
const checks = [
  ...STATIC_CHECKS,
  JEST_CHECK,
  picturesCheck({
    update: args.includes('--update'),
    only: args
      .filter(arg => arg.startsWith('--view='))
      .map(arg => arg.slice('--view='.length)),
  }),
  oldSystemCheck(),
  storyCheck(),
].filter(
  check => only.length === 0 || only.some(word => check.name.includes(word)),
);
const tally = await runChecks(checks);
process.stdout.write(`${closingLine(tally)}\n`);
process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;
