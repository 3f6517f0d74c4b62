import type { WatchedObject } from '../live/LiveKind';
import type { PipelineCluster } from './PipelineEngine';
import { repeatRun, runObject } from './repeatRun';
import type { PipelineRunItem } from './types';

const KIND = { apiVersion: 'tekton.dev/v1', kind: 'PipelineRun' };
const RUN = {
  id: 'u1',
  name: 'build',
  namespace: 'ci',
} as PipelineRunItem;
const OLD: WatchedObject = {
  ...KIND,
  metadata: {
    name: 'build',
    namespace: 'ci',
    uid: 'u1',
    labels: { team: 'a', 'tekton.dev/pipeline': 'p' },
  },
};
const COPY = {
  spec: { pipelineRef: { name: 'p' } },
  drop: (name: string) => name.startsWith('tekton.dev/'),
  labels: { from: 'build' },
};
const REQUEST = { key: 'k', actor: 'user:default/ann' };

/** A cluster in memory that gives what is made a uid of its own. */
function cluster({ forgets = false } = {}) {
  const objects = new Map([['build', OLD]]);
  const made: WatchedObject[] = [];
  const it: PipelineCluster = {
    name: 'eu',
    get: async ({ name }) => objects.get(name),
    create: async object => {
      const { name } = object.metadata;
      if (objects.has(name)) return false;
      made.push(object);
      const uid = `u${objects.size + 1}`;
      if (!forgets)
        objects.set(name, {
          ...object,
          metadata: { ...object.metadata, uid },
        });
      return true;
    },
    podLog: () => Promise.reject(new Error('Nobody asked for a log')),
  };
  return { it, objects, made };
}

describe('runObject', () => {
  it('is the object of the run', async () => {
    await expect(runObject(cluster().it, KIND, RUN)).resolves.toBe(OLD);
  });

  it('is neither one that is gone nor another that has its name', async () => {
    const { it: other, objects } = cluster();
    objects.set('build', { ...OLD, metadata: { ...OLD.metadata, uid: 'u9' } });
    await expect(runObject(other, KIND, RUN)).rejects.toThrow(
      'The PipelineRun build in ci is gone',
    );
    objects.clear();
    await expect(runObject(other, KIND, RUN)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });
});

describe('repeatRun', () => {
  it('makes one copy, however often the same is asked, and answers with its id', async () => {
    const { it: eu, made } = cluster();
    const first = await repeatRun(eu, OLD, REQUEST, COPY);
    expect(await repeatRun(eu, OLD, REQUEST, COPY)).toEqual(first);
    expect(first).toEqual({ id: 'u2' });
    expect(made).toHaveLength(1);
    await repeatRun(eu, OLD, { ...REQUEST, key: 'another' }, COPY);
    expect(made).toHaveLength(2);
  });

  it('leaves out what belongs to the old run, and adds what belongs to the copy', async () => {
    const { it: eu, made } = cluster();
    await repeatRun(eu, OLD, REQUEST, COPY);
    expect(made[0]).toMatchObject({ ...KIND, spec: COPY.spec });
    expect(made[0].metadata.labels).toEqual({ team: 'a', from: 'build' });
    expect(made[0].metadata.uid).toBeUndefined();
  });

  it('says so when the copy was removed before it could be told of', async () => {
    const { it: eu } = cluster({ forgets: true });
    await expect(repeatRun(eu, OLD, REQUEST, COPY)).rejects.toMatchObject({
      name: 'ConflictError',
    });
  });
});
