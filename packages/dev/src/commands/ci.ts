import { runChecks } from '../lib/checks.ts';
import { clusterChecks } from '../lib/clusterChecks.ts';
import { runSuite } from '../lib/suite.ts';
import { closingLine, plus } from '../lib/tally.ts';

// What continuous integration runs: npm test, then what npm run test:cluster holds against a real API server, added up in
// one last line. The real Argo CD is left to npm run test:cluster: it takes minutes to be built, and minutes to be driven.
const suite = await runSuite();
const tally = plus(
  suite,
  await runChecks(clusterChecks({ all: false, apiServerOnly: true })),
);
process.stdout.write(`${closingLine(tally)}\n`);
process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;
