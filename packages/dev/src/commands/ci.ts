import { runChecks } from '../lib/checks.ts';
import { clusterChecks } from '../lib/clusterChecks.ts';
import { runSuite } from '../lib/suite.ts';
import { closingLine, plus } from '../lib/tally.ts';

// What continuous integration runs: npm test, then the short set of npm run test:cluster, added up in one last line.
const suite = await runSuite();
const tally = plus(suite, await runChecks(clusterChecks({ all: false })));
process.stdout.write(`${closingLine(tally)}\n`);
process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;
