import type { Condition } from '@slipway/plugin-slipway-common';
import { settleConditions } from '../conditions';
import type { ConditionDraft } from '../decision';
import type { Observation } from '../observation';

export const NOW = new Date('2026-01-02T03:04:05Z');
export const synced: ConditionDraft = {
  type: 'Synced',
  status: 'True',
  reason: 'Synced',
  message: 'At commit abc.',
};
export const healthy: ConditionDraft = {
  type: 'Healthy',
  status: 'True',
  reason: 'Healthy',
  message: '3 objects healthy.',
};

export const ready = {
  state: 'ready',
  digest: 'sha256:d1',
  approvalDigest: 'sha256:a1b2c3d4e5',
  files: 3,
  objects: 12,
  passed: 4,
  warnings: [],
  denials: [],
  brokenRules: [],
  misfits: [],
  gates: [],
  approval: { required: false, count: 1, groups: [] },
} satisfies Observation['plan'];

export const arrived: Observation = {
  name: 'shop/web/prod',
  previous: { conditions: [] },
  declaration: { state: 'declared' },
  validity: { state: 'valid' },
  placement: { state: 'recorded', cluster: 'eu' },
  domains: { state: 'held' },
  plan: ready,
  approvals: { state: 'unseen' },
  delivered: { state: 'same', commit: 'abcdef0123456789' },
  platform: { state: 'applied', objects: 7 },
  remains: { state: 'unseen' },
  live: { synced, healthy },
};

export const looked = {
  state: 'looked',
  keeps: [] as string[],
  application: 'present',
  project: 'present',
  objects: ['RoleBinding owners'],
  namespace: 'present',
  folder: 'present',
  domains: 'held',
} satisfies Observation['remains'];

export const settled = (drafts: ConditionDraft[]): Condition[] =>
  settleConditions(drafts, [], { generation: 1, now: NOW });
