import {
  Body,
  MERGE,
  Target,
  WatchEvent,
  configMap,
  namespaceFor,
  unique,
  until,
} from './target';

const names = (list: Body) => list.items.map((one: Body) => one.metadata.name);
const told = (events: WatchEvent[]) =>
  events
    .filter(one => one.type !== 'BOOKMARK')
    .map(one => `${one.type} ${one.object.metadata?.name}`);

describe('lists and watches', () => {
  let target: Target;
  let namespace: string;
  let maps: string;

  beforeAll(async () => {
    target = await Target.connect();
    namespace = await namespaceFor(target, 'lists');
    maps = `/api/v1/namespaces/${namespace}/configmaps`;
    for (const [name, labels] of Object.entries({
      a: { tier: 'front', env: 'prod' },
      b: { tier: 'back', env: 'prod' },
      c: { tier: 'back' },
      d: {},
    })) {
      await target.post(
        maps,
        configMap(name, {}, { labels: { set: 'abcd', ...labels } }),
      );
    }
  }, 30_000);

  afterAll(async () => {
    await target.delete(`/api/v1/namespaces/${namespace}`);
    await target.stop();
  });

  it.each([
    ['tier=back', ['b', 'c']],
    ['tier==back,env=prod', ['b']],
    ['tier!=back', ['a', 'd']],
    ['tier', ['a', 'b', 'c']],
    ['!tier', ['d']],
    ['tier in (front, other)', ['a']],
    ['tier notin (back)', ['a', 'd']],
    ['env', ['a', 'b']],
  ])('select by labels: %s', async (labelSelector, expected) => {
    const { body } = await target.get(maps, {
      labelSelector: `set=abcd,${labelSelector}`,
    });
    expect(names(body)).toEqual(expected);
  });

  it('refuse a label selector that makes no sense', async () => {
    const { status, body } = await target.get(maps, { labelSelector: 'a b' });
    expect([status, body.reason]).toEqual([400, 'BadRequest']);
  });

  it('select by name and namespace', async () => {
    expect(
      names(
        (await target.get(maps, { fieldSelector: 'metadata.name=b' })).body,
      ),
    ).toEqual(['b']);
    const all = await target.get('/api/v1/configmaps', {
      fieldSelector: `metadata.namespace=${namespace},metadata.name!=kube-root-ca.crt`,
    });
    expect(names(all.body)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('select Events by what they are about', async () => {
    const events = `/api/v1/namespaces/${namespace}/events`;
    const event = (name: string, about: string) => ({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name },
      involvedObject: { kind: 'Pod', namespace, name: about },
      reason: 'Test',
      type: 'Normal',
    });
    for (const [name, about] of [
      ['e1', 'web'],
      ['e2', 'db'],
    ])
      expect((await target.post(events, event(name, about))).status).toBe(201);
    const { body } = await target.get(events, {
      fieldSelector: 'involvedObject.kind=Pod,involvedObject.name=db',
    });
    expect(names(body)).toEqual(['e2']);
  });

  it('refuse a field that can not be selected by', async () => {
    const { status, body } = await target.get(maps, {
      fieldSelector: 'data.a=b',
    });
    expect([status, body.reason]).toEqual([400, 'BadRequest']);
    expect(body.message).toContain('is not a known field selector');
  });

  it('carry kind and version of the list, and a version to watch from', async () => {
    const { body } = await target.get(maps);
    expect(body).toMatchObject({ kind: 'ConfigMapList', apiVersion: 'v1' });
    expect(body.metadata.resourceVersion).toMatch(/^\d+$/);
    expect(body.items[0].kind).toBeUndefined();
  });

  it('come in pages that show one moment', async () => {
    const query = { limit: 2, labelSelector: '' };
    const first = (await target.get(maps, query)).body;
    expect(first.items).toHaveLength(2);
    expect(first.metadata.continue).toBeTruthy();
    expect(first.metadata.remainingItemCount).toBe(3);
    await target.post(maps, configMap('zz-late', {}));
    const second = (
      await target.get(maps, { limit: 2, continue: first.metadata.continue })
    ).body;
    const third = (
      await target.get(maps, { limit: 2, continue: second.metadata.continue })
    ).body;
    expect(third.metadata.continue ?? '').toBe('');
    const all = [first, second, third].flatMap(names);
    expect(all).toEqual(['a', 'b', 'c', 'd', 'kube-root-ca.crt']);
    expect(second.metadata.resourceVersion).toBe(
      first.metadata.resourceVersion,
    );
    await target.delete(`${maps}/zz-late`);
  });

  it('refuse a token of pages that is not theirs', async () => {
    const { status, body } = await target.get(maps, {
      limit: 2,
      continue: 'bm9uc2Vuc2U',
    });
    expect([status, body.reason]).toEqual([400, 'BadRequest']);
  });

  it('can be had as a table', async () => {
    const accept =
      'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
    const { body } = await target.send('GET', maps, undefined, {
      accept,
      query: { labelSelector: 'tier=front' },
    });
    expect(body).toMatchObject({ kind: 'Table', apiVersion: 'meta.k8s.io/v1' });
    expect(body.columnDefinitions.map((one: Body) => one.name)).toEqual([
      'Name',
      'Data',
      'Age',
    ]);
    expect(body.rows[0].cells[0]).toBe('a');
    expect(body.rows[0].object).toMatchObject({
      kind: 'PartialObjectMetadata',
      metadata: { name: 'a' },
    });
  });

  it('can be had as metadata alone', async () => {
    const accept =
      'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json';
    const { body } = await target.send('GET', maps, undefined, { accept });
    expect(body.kind).toBe('PartialObjectMetadataList');
    expect(Object.keys(body.items[0]).sort()).toEqual(
      expect.arrayContaining(['metadata']),
    );
    expect(body.items[0].data).toBeUndefined();
  });

  it('a watch tells what happens after a version, in order', async () => {
    const { body } = await target.get(maps);
    const { resourceVersion } = body.metadata;
    await target.post(maps, configMap('w1', {}));
    const events = await target.watch(
      maps,
      { resourceVersion },
      seen => seen.length >= 3,
      async () => {
        await target.patch(`${maps}/w1`, MERGE, { data: { x: '1' } });
        await target.delete(`${maps}/w1`);
      },
    );
    expect(told(events)).toEqual(['ADDED w1', 'MODIFIED w1', 'DELETED w1']);
    const versions = events.map(one =>
      Number(one.object.metadata.resourceVersion),
    );
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(events[0].object).toMatchObject({
      kind: 'ConfigMap',
      apiVersion: 'v1',
    });
  });

  it('a watch without a version begins with what is there', async () => {
    const events = await target.watch(
      maps,
      { labelSelector: 'set=abcd' },
      seen => seen.length >= 4,
    );
    expect(told(events).sort()).toEqual([
      'ADDED a',
      'ADDED b',
      'ADDED c',
      'ADDED d',
    ]);
  });

  it('a watch with a selector tells objects that come into view and leave it', async () => {
    const { resourceVersion } = (await target.get(maps)).body.metadata;
    await target.post(maps, configMap('view', {}));
    const events = await target.watch(
      maps,
      { resourceVersion, labelSelector: 'seen=yes' },
      seen => seen.length >= 2,
      async () => {
        await target.patch(`${maps}/view`, MERGE, {
          metadata: { labels: { seen: 'yes' } },
        });
        await target.patch(`${maps}/view`, MERGE, {
          metadata: { labels: { seen: 'no' } },
        });
      },
    );
    expect(told(events)).toEqual(['ADDED view', 'DELETED view']);
  });

  it('a watch of one object tells that object only', async () => {
    const { resourceVersion } = (await target.get(maps)).body.metadata;
    const events = await target.watch(
      maps,
      { resourceVersion, fieldSelector: 'metadata.name=d' },
      seen => seen.length >= 1,
      async () => {
        await target.patch(`${maps}/c`, MERGE, { data: { x: unique('x') } });
        await target.patch(`${maps}/d`, MERGE, { data: { x: unique('x') } });
      },
    );
    expect(told(events)).toEqual(['MODIFIED d']);
  });

  it('a watch sends a bookmark before its time is over, and ends', async () => {
    const { resourceVersion } = (await target.get(maps)).body.metadata;
    // Something happens that the watch doesn't show: the bookmark tells how far it came.
    const events = await target.watch(
      maps,
      {
        resourceVersion,
        labelSelector: 'no=one',
        allowWatchBookmarks: true,
        timeoutSeconds: 8,
      },
      () => false,
      () => target.post(maps, configMap('unseen', {})),
    );
    expect(events.length).toBeGreaterThan(0);
    expect(events[0]).toMatchObject({
      type: 'BOOKMARK',
      object: { kind: 'ConfigMap', apiVersion: 'v1' },
    });
    expect(Number(events[0].object.metadata.resourceVersion)).toBeGreaterThan(
      Number(resourceVersion),
    );
    await target.delete(`${maps}/unseen`);
  }, 15_000);

  it('a watch can send the list first, and a bookmark behind it', async () => {
    const query = {
      sendInitialEvents: true,
      resourceVersionMatch: 'NotOlderThan',
      allowWatchBookmarks: true,
      labelSelector: 'set=abcd',
    };
    const events = await target.watch(maps, query, seen =>
      seen.some(one => one.type === 'BOOKMARK'),
    );
    expect(told(events).sort()).toEqual([
      'ADDED a',
      'ADDED b',
      'ADDED c',
      'ADDED d',
    ]);
    expect(events[events.length - 1].object.metadata.annotations).toEqual({
      'k8s.io/initial-events-end': 'true',
    });
  });

  it('a watch from before a kind was served is told 410', async () => {
    const group = `${unique('g')}.conformance.test`;
    const kinds = { kind: 'Late', plural: 'lates' };
    const schema = { openAPIV3Schema: { type: 'object' } };
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `lates.${group}` },
      spec: {
        group,
        names: kinds,
        scope: 'Namespaced',
        versions: [{ name: 'v1', served: true, storage: true, schema }],
      },
    };
    const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    expect((await target.post(crds, crd)).status).toBe(201);
    const path = `/apis/${group}/v1/lates`;
    await until(
      () => target.get(path),
      reply => reply.status === 200,
    );
    const events = await target.watch(
      path,
      { resourceVersion: 1, timeoutSeconds: 5 },
      seen => seen.length >= 1,
    );
    expect(events[0]).toMatchObject({
      type: 'ERROR',
      object: { kind: 'Status', code: 410, reason: 'Expired' },
    });
    await target.delete(`${crds}/lates.${group}`);
  }, 30_000);
});
