import {
  ENTITY_ANNOTATIONS,
  FIELD_MANAGER,
  LABELS,
  MANAGED_BY,
} from './annotations';

/** `[prefix/]name` as Kubernetes and the catalog allow it. */
const KEY =
  /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

describe('labels and annotations', () => {
  it.each(Object.entries({ ...LABELS, ...ENTITY_ANNOTATIONS }))(
    'has a valid key for %s',
    (_, key) => {
      expect(key).toMatch(KEY);
    },
  );

  it('has no key for two things', () => {
    for (const table of [LABELS, ENTITY_ANNOTATIONS]) {
      const keys = Object.values(table);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it('marks the catalog entity and its objects alike, so that one is found by the other', () => {
    expect(ENTITY_ANNOTATIONS.kubernetesId).toBe(LABELS.kubernetesId);
  });

  it('has values that fit into a label and a field manager', () => {
    expect(MANAGED_BY).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
    expect(FIELD_MANAGER.length).toBeLessThanOrEqual(128);
  });
});
