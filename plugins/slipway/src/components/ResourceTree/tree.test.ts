import type { ApiLiveObject } from '@slipway/plugin-slipway-common';
import { objects } from '../../../dev/fake';
import { allNodes, buildTree, filterTree, parseRef, refText } from './tree';

const object = (changes: Partial<ApiLiveObject>): ApiLiveObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  name: 'a',
  health: 'Healthy',
  ...changes,
});

describe('buildTree', () => {
  it('loses no object, and gives the Application the worst health of all', () => {
    const [root] = buildTree(objects, { name: 'app', namespace: 'argocd' });
    expect(allNodes([root])).toHaveLength(objects.length + 1);
    expect(root.health).toBe('Degraded');
  });

  it('shows an object whose owner is not known at the top', () => {
    expect(
      buildTree([object({ uid: '1', owner: 'gone' })]).map(({ id }) => id),
    ).toEqual(['1']);
  });

  it('hides nothing when owners go round in a circle', () => {
    const tree = buildTree([
      object({ uid: '1', owner: '2' }),
      object({ uid: '2', owner: '1', name: 'b' }),
      object({ uid: '3', owner: '3', name: 'c' }),
    ]);
    expect(
      allNodes(tree)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['1', '2', '3']);
  });

  it('tells a branch that is well from one with something unwell deep in it', () => {
    const tree = buildTree([
      object({ uid: '1', kind: 'A' }),
      object({ uid: '2', kind: 'B' }),
      object({ uid: '3', owner: '2', health: 'Degraded' }),
    ]);
    expect(tree.map(({ kind, worst }) => [kind, worst])).toEqual([
      ['B', 'Degraded'],
      ['A', 'Healthy'],
    ]);
  });
});

describe('filterTree', () => {
  it('keeps the way down to what it finds', () => {
    const found = filterTree(buildTree(objects), ({ id }) => id === 'd');
    expect(allNodes(found).map(({ id }) => id)).toEqual(['a', 'c', 'd']);
  });
});

describe('refText', () => {
  it.each([
    object({}),
    object({ namespace: 'ns' }),
    object({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'ns' }),
    object({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      name: 'system:node',
    }),
  ])('is read back as the object that it names: %#', each => {
    expect(parseRef(refText(each))).toMatchObject({
      apiVersion: each.apiVersion,
      kind: each.kind,
      name: each.name,
      ...(each.namespace && { namespace: each.namespace }),
    });
  });

  it.each(['', 'web', 'v1/Pod', 'v1/Pod/ns/', '/Pod/ns/a', 'a/b/c/d/e/f'])(
    'takes %j for no object',
    text => expect(parseRef(text)).toBeUndefined(),
  );
});
