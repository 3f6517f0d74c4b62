import { runSuite } from '../lib/suite.ts';
import { closingLine } from '../lib/tally.ts';

// Static checks, Jest over all packages, pictures of every view, the old frontend system and the story in a browser.
// `pictures -- --update` takes what is drawn now for right; `--view=<name>` draws that view only.
const args = process.argv.slice(2);
const tally = await runSuite({
  words: args.filter(arg => !arg.startsWith('--')),
  update: args.includes('--update'),
  views: args
    .filter(arg => arg.startsWith('--view='))
    .map(arg => arg.slice('--view='.length)),
});
process.stdout.write(`${closingLine(tally)}\n`);
process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;
