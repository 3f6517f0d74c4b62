import type { WatchedObject } from '../live/LiveKind';
import { repositoryKey } from './repositoryKey';
import { rerunBy, rerunMetadata, rerunOf } from './rerun';
import { runFacts } from './runFacts';
import { foundById, foundByRepository, runOwner } from './runOwner';

const object = (
  metadata: Partial<WatchedObject['metadata']> & { generateName?: string },
): WatchedObject => ({
  apiVersion: 'tekton.dev/v1',
  kind: 'PipelineRun',
  metadata: { name: 'build', namespace: 'ci', uid: 'u1', ...metadata },
});

describe('repositoryKey', () => {
  it.each([
    ['https://github.com/Acme/Shop.git', 'github.com/acme/shop'],
    ['https://user:secret@github.com/acme/shop/', 'github.com/acme/shop'],
    ['git@github.com:acme/shop.git', 'github.com/acme/shop'],
    ['ssh://git@git.example.com:2222/a/b', 'git.example.com:2222/a/b'],
    ['file:///srv/git/acme/shop.git', 'file/srv/git/acme/shop'],
    ['/srv/git/acme/shop.git', 'file/srv/git/acme/shop'],
    ['not a repository', undefined],
    ['', undefined],
  ])('gives %s one word, whatever way it is written', (url, key) => {
    expect(repositoryKey(url)).toBe(key);
  });
});

describe('runOwner', () => {
  it("goes by Slipway's labels before everything else", () => {
    const run = object({
      labels: {
        'slipway.dev/organization': 'acme',
        'slipway.dev/service': 'shop',
        'slipway.dev/environment': 'preview',
        'backstage.io/kubernetes-id': 'other',
      },
    });
    expect(runOwner(run, 'https://github.com/a/b')).toEqual({
      owner: { organization: 'acme', service: 'shop', environment: 'preview' },
      byUs: true,
    });
  });

  it('goes by backstage.io/kubernetes-id, as label or annotation', () => {
    const owner = foundById('ci', 'shop');
    const found = { 'backstage.io/kubernetes-id': 'shop' };
    expect(runOwner(object({ labels: found }))).toEqual({ owner, byUs: false });
    expect(runOwner(object({ annotations: found }))).toEqual({
      owner,
      byUs: false,
    });
  });

  it('goes by the repository where nothing else tells', () => {
    expect(runOwner(object({}), 'git@github.com:Acme/Shop.git')).toEqual({
      owner: foundByRepository('github.com/acme/shop'),
      byUs: false,
    });
    expect(runOwner(object({}))).toBeUndefined();
  });
});

describe('runFacts', () => {
  it("prefers labels and annotations to parameters, and Slipway's to others", () => {
    expect(
      runFacts(
        object({
          labels: { 'pipelinesascode.tekton.dev/sha': 'bbb' },
          annotations: {
            'slipway.dev/revision': 'aaa',
            'pipelinesascode.tekton.dev/repo-url': 'https://github.com/a/b',
          },
        }),
        [
          { name: 'revision', value: 'ccc' },
          { name: 'branch', value: 'refs/heads/main' },
          { name: 'url', value: ['not', 'a', 'string'] },
        ],
      ),
    ).toEqual({
      repository: 'https://github.com/a/b',
      revision: 'aaa',
      branch: 'main',
    });
  });
});

describe('rerunMetadata', () => {
  const request = { key: 'k1', actor: 'user:default/ann' };

  it('gives the same name for the same run and key, and another for another key or run', () => {
    const name = (run: WatchedObject, key: string) =>
      rerunMetadata(run, { ...request, key }, () => false).name;
    const run = object({ generateName: 'build-' });
    expect(name(run, 'k1')).toBe(name(run, 'k1'));
    expect(name(run, 'k1')).not.toBe(name(run, 'k2'));
    expect(name(object({ uid: 'u2', generateName: 'build-' }), 'k1')).not.toBe(
      name(run, 'k1'),
    );
    expect(name(run, 'k1')).toMatch(/^build-[0-9a-f]{10}$/);
  });

  it('keeps the name short, also when a re-run is run again', () => {
    const first = rerunMetadata(
      object({ name: 'x'.repeat(63) }),
      request,
      () => false,
    );
    expect(first.name).toHaveLength(63);
    const again = rerunMetadata(
      object({ name: 'build-r0123456789' }),
      request,
      () => false,
    );
    expect(again.name).toMatch(/^build-r[0-9a-f]{10}$/);
  });

  it('keeps labels, drops what belongs to the old object, and says what it repeats and who wanted it', () => {
    const metadata = rerunMetadata(
      object({
        labels: { team: 'a', 'tekton.dev/pipeline': 'p' },
        annotations: {
          note: 'b',
          'argocd.argoproj.io/tracking-id': 'app:x',
          'kubectl.kubernetes.io/last-applied-configuration': '{}',
        },
      }),
      request,
      name => name.startsWith('tekton.dev/'),
    );
    expect(metadata.labels).toEqual({ team: 'a' });
    expect(metadata.annotations).toEqual({
      note: 'b',
      'slipway.dev/rerun-of': 'u1',
      'slipway.dev/rerun-by': 'user:default/ann',
    });
    expect(rerunOf(object(metadata))).toBe('u1');
    expect(rerunBy(object(metadata))).toBe('user:default/ann');
  });
});
