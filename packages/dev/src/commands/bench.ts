import { BENCHES } from '../bench/benches.ts';
import { recordResults, writeDocument } from '../bench/document.ts';
import { runBench } from '../bench/runBench.ts';
import { fail, say } from '../lib/say.ts';

// Measurements, side by side with what a user would pick instead, one after the other in one run. `npm run bench` runs all,
// `npm run bench queue` one, and docs/benchmarks.md is written anew with what they gave. With `--json` only the results
// are printed, one JSON object a line; with `--small` they run at sizes for slow machines. Neither changes the document.
const args = process.argv.slice(2);
const json = args.includes('--json');
const small = args.includes('--small');
const names = args.filter(arg => !arg.startsWith('--'));
const unknown = names.filter(
  name => !BENCHES.some(bench => bench.name === name),
);
if (unknown.length > 0) {
  fail(
    `there is no bench ${unknown.join(', ')}; there are: ${BENCHES.map(b => b.name).join(', ')}`,
  );
}
if (args.includes('--document')) {
  await writeDocument();
  process.exit();
}
const chosen = BENCHES.filter(
  bench => names.length === 0 || names.includes(bench.name),
);
for (const bench of chosen) {
  if (!json) say(`${bench.name}: ${bench.what}`);
  const { code, output, results } = await runBench(bench, {
    small,
    say: message => (json ? undefined : say(`  ${message}`)),
  });
  if (code !== 0 || results.length === 0) {
    process.stderr.write(`${output}\n`);
    process.exitCode = 1;
    continue;
  }
  for (const result of results) {
    if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
    else {
      const { name, ours, other, ratio, unit, goal } = result;
      say(
        `  ${name}: ours ${ours}, other ${other} (${unit}), ratio ${ratio}${goal ? `, goal ${goal}` : ''}`,
      );
    }
  }
  if (!json && !small) {
    await recordResults(bench, results);
    await writeDocument();
  }
}
