import { runChecks } from '../lib/checks.ts';
import { clusterChecks } from '../lib/clusterChecks.ts';
import { closingLine } from '../lib/tally.ts';

// Against a real API server made by infra/testbed; `--all` for the full suite.
const tally = await runChecks(
  clusterChecks({ all: process.argv.includes('--all') }),
);
process.stdout.write(`${closingLine(tally)}\n`);
process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;
