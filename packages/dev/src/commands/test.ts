import { JEST_CHECK, runChecks, STATIC_CHECKS } from '../lib/checks.ts';
import { storyCheck } from '../story/check.ts';
import { closingLine } from '../lib/tally.ts';

// Everything that needs neither Go nor the network: static checks, Jest over all packages, the story in a browser.
const only = process.argv.slice(2);
const checks = [...STATIC_CHECKS, JEST_CHECK, storyCheck()].filter(
  check => only.length === 0 || only.some(word => check.name.includes(word)),
);
const tally = await runChecks(checks);
process.stdout.write(`${closingLine(tally)}\n`);
process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;
