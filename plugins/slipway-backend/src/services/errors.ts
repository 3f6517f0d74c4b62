import { CustomErrorBase } from '@backstage/errors';
import type { Problem } from '@slipway/plugin-slipway-common';

/** Files that don't validate; every problem with its place. Answered as 422. */
export class InvalidFilesError extends CustomErrorBase {
  name = 'InvalidFilesError' as const;
  readonly problems: Problem[];

  constructor(problems: Problem[]) {
    const [first] = problems;
    super(
      `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}; the first: ${
        first?.file ? `${first.file}:${first.line ?? 1}: ` : ''
      }${first?.message ?? 'unknown'}`,
    );
    this.problems = problems;
  }
}
