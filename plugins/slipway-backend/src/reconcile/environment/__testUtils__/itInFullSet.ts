/**
 * A test on a real API server whose kind of proof another one gives already, or which is about Slipway's own records: in
 * the full set only. Elsewhere, where it takes milliseconds, it always runs.
 */
export const itInFullSet =
  process.env.SLIPWAY_TEST_CLUSTER_URL && !process.env.SLIPWAY_TEST_ALL
    ? it.skip
    : it;
