import { join } from 'node:path';
import { BENCHES } from '../bench/benches.ts';
import { ROOT } from '../lib/paths.ts';
import { helm } from '../lib/helm.ts';
import { run } from '../lib/run.ts';
import { fail, say } from '../lib/say.ts';

// Measurements, side by side with what a user would pick instead, one after the other in one run. `npm run bench` runs all,
// `npm run bench queue` one; with `--json` only the results are printed, one JSON object a line.
const args = process.argv.slice(2);
const json = args.includes('--json');
const names = args.filter(arg => !arg.startsWith('--'));
const unknown = names.filter(
  name => !BENCHES.some(bench => bench.name === name),
);
if (unknown.length > 0) {
  fail(
    `there is no bench ${unknown.join(', ')}; there are: ${BENCHES.map(b => b.name).join(', ')}`,
  );
}
const chosen = BENCHES.filter(
  bench => names.length === 0 || names.includes(bench.name),
);
for (const bench of chosen) {
  if (!json) say(`${bench.name}: ${bench.what}`);
  const result = await run(
    'node',
    [
      '--no-node-snapshot',
      '--expose-gc',
      '--disable-warning=ExperimentalWarning',
      ...(bench.native
        ? []
        : ['--require', '@backstage/cli/config/nodeTransform.cjs']),
      join(ROOT, bench.file),
    ],
    {
      quiet: true,
      env: bench.helm ? { SLIPWAY_HELM: await helm() } : {},
      cwd: join(ROOT, bench.file.split('/').slice(0, 2).join('/')),
    },
  );
  const lines = result.output
    .split('\n')
    .filter(line => line.startsWith('{') && line.includes('"ratio"'));
  if (result.code !== 0 || lines.length === 0) {
    process.stderr.write(`${result.output}\n`);
    process.exitCode = 1;
    continue;
  }
  for (const line of lines) {
    if (json) process.stdout.write(`${line}\n`);
    else {
      const { ours, other, ratio, unit } = JSON.parse(line) as Record<
        string,
        unknown
      >;
      say(`  ours ${ours}, other ${other} (${unit}), ratio ${ratio}`);
    }
  }
}
