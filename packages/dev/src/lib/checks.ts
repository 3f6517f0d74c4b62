import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestbedError } from 'slipway-testbed';
import { generateOpenApi } from './openapi.ts';
import { ROOT } from './paths.ts';
import { run } from './run.ts';
import { say } from './say.ts';
import { jestTally, plus, tapTally, type Tally } from './tally.ts';

/** One thing that `npm test` proves; static checks count as one test each. */
export interface Check {
  name: string;
  run(): Promise<Tally>;
}

const PASSED: Tally = { passed: 1, failed: 0 };
const FAILED: Tally = { passed: 0, failed: 1 };

function command(name: string, program: string, args: string[]): Check {
  return {
    name,
    async run() {
      const result = await run(program, args, {
        quiet: true,
        env: { FORCE_COLOR: '0' },
      });
      if (result.code === 0) return PASSED;
      process.stdout.write(`${result.output}\n`);
      return FAILED;
    },
  };
}

/** What a test may take: two busy cores make seconds of what is milliseconds alone; a hang is still told. */
const TEST_TIMEOUT_MS = 60_000;

/** Runs Jest over these paths (or the whole repository) and returns its counts. */
export function jest(
  name: string,
  args: string[],
  env: Record<string, string> = {},
  options: { everySuite?: boolean } = {},
): Check {
  return {
    name,
    async run() {
      const folder = await mkdtemp(join(tmpdir(), 'slipway-jest-'));
      const file = join(folder, 'result.json');
      try {
        const settings = [
          ...['--testTimeout', String(TEST_TIMEOUT_MS)],
          // React's warnings would bury what failed; one package's own run shows them.
          '--silent',
          ...['--json', '--outputFile', file],
        ];
        await run('yarn', [...args, ...settings], {
          env: {
            BACKSTAGE_TEST_DISABLE_DOCKER: '1',
            CI: 'true',
            FORCE_COLOR: '0',
            NODE_OPTIONS:
              '--no-node-snapshot --disable-warning=ExperimentalWarning',
            ...env,
          },
        });
        return await jestTally(file, options);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** Runs the testbed's own tests, which are Node's: it is started before anything of ours is built. */
export function testbedTests(name: string, pattern: string): Check {
  return {
    name,
    async run() {
      const result = await run(
        'node',
        ['--test', '--test-reporter=tap', pattern],
        { quiet: true, cwd: join(ROOT, 'infra/testbed') },
      );
      const tally = tapTally(result.output, result.code);
      if (tally.failed > 0) process.stdout.write(`${result.output}\n`);
      return tally;
    },
  };
}

/** What needs no cluster and no browser. */
export const STATIC_CHECKS: Check[] = [
  command('formatting (prettier)', 'yarn', [
    'prettier:check',
    '--log-level',
    'warn',
  ]),
  {
    name: 'types (tsc)',
    async run() {
      // Declarations of files that are gone would be read in place of those that are there.
      await rm(join(ROOT, 'dist-types'), { recursive: true, force: true });
      return command('', 'yarn', ['tsc']).run();
    },
  },
  // Reads the declarations that the check before has written.
  command('public API (api reports)', 'yarn', [
    'build:api-reports:only',
    '--ci',
  ]),
  command('lint and walls (eslint)', 'yarn', ['lint']),
  {
    name: 'generated files are current',
    async run() {
      const stale = await generateOpenApi(true);
      for (const file of stale)
        say(`not current: ${file}; run "npm run generate"`);
      return stale.length === 0 ? PASSED : FAILED;
    },
  },
  testbedTests('unit tests of the testbed', 'src/**/!(*.cluster).test.ts'),
];

/** Unit, property, HTTP and database tests of all packages. */
export const JEST_CHECK = jest('unit and integration tests (jest)', [
  'backstage-cli',
  'repo',
  'test',
  '--maxWorkers',
  '2',
]);

/** Runs checks one after the other, saying each one's result. */
export async function runChecks(checks: Check[]): Promise<Tally> {
  let total: Tally = { passed: 0, failed: 0 };
  for (const check of checks) {
    const started = Date.now();
    say(`${check.name} …`);
    const counts = await attempt(check);
    const tally =
      counts.failed > 0 && !counts.failures?.length
        ? { ...counts, failures: [check.name] }
        : counts;
    say(
      `${tally.failed === 0 ? '✔' : '✖'} ${check.name}: ${tally.passed} passed, ${tally.failed} failed, ${(
        (Date.now() - started) /
        1000
      ).toFixed(0)} s`,
    );
    total = plus(total, tally);
  }
  return total;
}

/** A check that can't even begin has failed, and says why; the ones behind it may still tell something. */
async function attempt(check: Check): Promise<Tally> {
  try {
    return await check.run();
  } catch (error) {
    // What was foreseen, such as that Go is missing, explains itself.
    process.stdout.write(
      `${error instanceof TestbedError ? error.message : (error as Error).stack}\n`,
    );
    return FAILED;
  }
}
