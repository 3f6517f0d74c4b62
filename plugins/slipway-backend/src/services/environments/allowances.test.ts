import type { ApiEnvironment } from '@slipway/plugin-slipway-common';
import { allowedByState, allowedTo, PERMISSION_OF } from './allowances';

const environment = (
  more: { drifted?: boolean; waits?: boolean } = {},
): ApiEnvironment =>
  ({
    conditions: more.waits
      ? [{ type: 'Approved', reason: 'ApprovalWanted' }]
      : [],
    drift: { state: more.drifted ? 'drifted' : 'none', objects: 0, fields: 0 },
  }) as unknown as ApiEnvironment;

const state = (more: Partial<Parameters<typeof allowedByState>[0]> = {}) =>
  allowedByState({
    environment: environment(),
    application: true,
    readOnly: false,
    approval: { groups: [], claims: [], asked: false },
    ...more,
  });

describe('what may be asked of an environment', () => {
  it('follows from its state, with the reason where it may not', () => {
    expect(state()).toMatchObject({
      refresh: { allowed: true },
      sync: { allowed: true },
      putBack: { allowed: false, reason: 'Nothing has drifted.' },
      approve: { allowed: false, reason: 'Nothing waits for an approval.' },
    });
    expect(state({ application: false }).sync).toEqual({
      allowed: false,
      reason: expect.stringContaining('no Application yet'),
    });
    const drifted = environment({ drifted: true });
    expect(state({ environment: drifted })).toMatchObject({
      putBack: { allowed: true },
      accept: { allowed: true },
    });
    expect(state({ environment: drifted, readOnly: true })).toMatchObject({
      putBack: {
        allowed: false,
        reason: expect.stringContaining('gitops-only'),
      },
      accept: { allowed: true },
    });
  });

  it('lets only the groups of the class approve', () => {
    const waiting = environment({ waits: true });
    const approval = {
      groups: ['group:default/leads'],
      claims: ['user:default/a'],
      asked: false,
    };
    expect(state({ environment: waiting, approval }).approve).toEqual({
      allowed: false,
      reason: 'One of group:default/leads has to approve it.',
    });
    approval.claims.push('group:default/leads');
    expect(state({ environment: waiting, approval }).approve).toEqual({
      allowed: true,
    });
  });

  it('lets nobody approve what they asked for themselves', () => {
    const approval = { groups: [], claims: [], asked: true };
    const waiting = environment({ waits: true });
    expect(state({ environment: waiting, approval }).approve).toEqual({
      allowed: false,
      reason: 'You asked for it; somebody else has to approve it.',
    });
  });

  it('tells a missing permission before anything else', () => {
    const names = Object.keys(PERMISSION_OF);
    const refusals = names.map(name =>
      name === 'sync' ? 'Ask somebody.' : undefined,
    );
    const allowed = allowedTo(state(), refusals);
    expect(allowed.sync).toEqual({ allowed: false, reason: 'Ask somebody.' });
    expect(allowed.refresh).toEqual({ allowed: true });
    expect(allowed.putBack.reason).toBe('Nothing has drifted.');
  });
});
