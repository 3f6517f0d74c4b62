import { yq } from 'slipway-testbed';
import { jest, type Check } from './checks.ts';
import { say } from './say.ts';

/** The chart's script for CI, with the real yq. In the full set only, as yq is built first. */
export const yqCheck: Check = {
  name: 'the script that sets a revision without the portal (yq 4)',
  async run() {
    return jest(
      '',
      [
        'backstage-cli',
        'repo',
        'test',
        '--maxWorkers',
        '1',
        '--testPathPatterns',
        'chart/setRevision\\.test\\.ts$',
      ],
      { SLIPWAY_YQ: await yq(say) },
      { everySuite: true },
    ).run();
  },
};
