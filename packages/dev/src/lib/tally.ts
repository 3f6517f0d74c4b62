import { readFile } from 'node:fs/promises';
import { say } from './say.ts';

/** Tests counted over all suites of a run. */
export interface Tally {
  passed: number;
  failed: number;
  /** What failed, as far as it has a name: said again at the end, where a log of many megabytes is read. */
  failures?: string[];
}

/** Adds up. */
export function plus(a: Tally, b: Tally): Tally {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    failures: [...(a.failures ?? []), ...(b.failures ?? [])],
  };
}

/**
 * Reads the counts that `jest --json --outputFile` wrote; a run that wrote none has failed as a whole.
 *
 * @param options - `everySuite`: a suite of which no test ran has failed. Suites that need a cluster skip themselves
 * where there is none, and where there is one nobody would see that they still do.
 */
export async function jestTally(
  file: string,
  options: { everySuite?: boolean } = {},
): Promise<Tally> {
  try {
    const result = JSON.parse(await readFile(file, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      numRuntimeErrorTestSuites: number;
      testResults: Array<{
        name: string;
        status: string;
        assertionResults: Array<{ status: string; fullName: string }>;
      }>;
    };
    const idle = options.everySuite
      ? result.testResults.filter(
          ({ assertionResults }) =>
            assertionResults.length > 0 &&
            assertionResults.every(({ status }) => status === 'pending'),
        )
      : [];
    for (const { name } of idle) say(`no test of it ran: ${name}`);
    return {
      passed: result.numPassedTests,
      failed:
        result.numFailedTests + result.numRuntimeErrorTestSuites + idle.length,
      failures: result.testResults.flatMap(suite => {
        const failed = suite.assertionResults.filter(
          ({ status }) => status === 'failed',
        );
        if (failed.length > 0)
          return failed.map(test => `${suite.name}: ${test.fullName}`);
        // It could not even be loaded.
        return suite.status === 'failed' ? [suite.name] : [];
      }),
    };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** Reads the counts at the end of what `node --test --test-reporter=tap` prints; none of them is a failure as a whole. */
export function tapTally(output: string, code: number): Tally {
  const count = (name: string) =>
    Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  const passed = count('pass');
  const failed = count('fail') + count('cancelled');
  const unsaid = code !== 0 || passed === 0;
  return { passed, failed: failed === 0 && unsaid ? 1 : failed };
}

/** What every test command ends with: what failed, and in the last line how many. */
export function closingLine(tally: Tally): string {
  return [
    ...(tally.failures ?? []).map(name => `✖ ${name}`),
    `${tally.passed} passed, ${tally.failed} failed`,
  ].join('\n');
}
