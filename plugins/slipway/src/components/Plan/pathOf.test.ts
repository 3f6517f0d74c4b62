import { pathOf } from './pathOf';

describe('pathOf', () => {
  it.each([
    ['/spec/replicas', 'spec.replicas'],
    [
      '/spec/template/spec/containers/0/image',
      'spec.template.spec.containers[0].image',
    ],
    [
      '/metadata/labels/app.kubernetes.io~1name',
      "metadata.labels['app.kubernetes.io/name']",
    ],
    ['/data/a~0b', 'data.a~b'],
    ['', ''],
  ])('writes %s as %s', (pointer, path) => {
    expect(pathOf(pointer)).toBe(path);
  });
});
