import type { ClusterFacts, GitOpsTarget, PriceSheet } from '@slipway/plan';
import type { Release } from '@slipway/plugin-slipway-common';
import {
  environmentKey,
  planDeclared,
  type EnvironmentName,
  type PlanAttempt,
} from './planDeclared';
import type { PlatformState } from './PlatformState';

/** What the plan of one environment needs beside the declared files. */
export interface OneSurroundings {
  /** The recorded choice. */
  cluster: ClusterFacts;
  prices: PriceSheet;
  gitops: GitOpsTarget;
  release: Release;
}

/** A plan takes some hundred kilobytes; most runs look at what was looked at seconds before. */
const KEPT = 64;

const plans = new WeakMap<
  PlatformState,
  Map<string, { inputs: string; attempt: PlanAttempt }>
>();

/**
 * {@link planDeclared} for one environment, which the last ones are remembered of: a watch that sees what was applied
 * has every environment run again with nothing new to plan. It is a pure function, so the same inputs are the same plan;
 * what was made from another declared state is forgotten with that state.
 */
export function planRemembered(
  state: PlatformState,
  name: EnvironmentName,
  { cluster, prices, gitops, release }: OneSurroundings,
): PlanAttempt {
  const key = environmentKey(name);
  const inputs = JSON.stringify([cluster, prices, gitops, release]);
  const kept = plans.get(state) ?? new Map();
  plans.set(state, kept);
  const known = kept.get(key);
  kept.delete(key);
  const attempt =
    known?.inputs === inputs
      ? known.attempt
      : planDeclared(state, name, {
          clusters: [cluster],
          prices,
          gitops,
          release: () => release,
          recordedCluster: () => cluster.name,
        });
  kept.set(key, { inputs, attempt });
  if (kept.size > KEPT) kept.delete(kept.keys().next().value);
  return attempt;
}
