import type { LiveApplication } from '../live/types';
import type { FieldDrift, ObjectDrift } from './types';
import { argocdVerdict } from './verdict';

const application = (sync: LiveApplication['sync']): LiveApplication =>
  ({ sync }) as LiveApplication;
const object = (
  part: ObjectDrift['part'],
  why: FieldDrift['why'],
): ObjectDrift => ({
  apiVersion: 'v1',
  kind: 'Service',
  name: 'web',
  missing: false,
  part,
  fields: [{ path: 'spec', segments: ['spec'], why }],
});

describe('the verdict of Argo CD beside ours', () => {
  it('agrees when both see the same', () => {
    expect(argocdVerdict(application('Synced'), 'none', [])).toEqual({
      sync: 'Synced',
      agrees: true,
    });
    expect(
      argocdVerdict(application('OutOfSync'), 'drifted', [
        object('workload', 'changed'),
      ]),
    ).toEqual({ sync: 'OutOfSync', agrees: true });
  });

  it.each([
    ['Synced', 'drifted', [object('platform', 'changed')], /platform\//],
    ['Synced', 'drifted', [object('workload', 'foreign')], /added beside/],
    ['Synced', 'drifted', [object('workload', 'changed')], /has not compared/],
    ['OutOfSync', 'none', [], /newest commit/],
    ['Unknown', 'none', [], /Argo CD has not been able/],
    ['Synced', 'unknown', [], /Slipway has not been able/],
  ] as const)(
    'says why it differs: %s, and we say %s',
    (sync, state, drifted, why) => {
      expect(argocdVerdict(application(sync), state, [...drifted])).toEqual({
        sync,
        agrees: false,
        why: expect.stringMatching(why),
      });
    },
  );
});
