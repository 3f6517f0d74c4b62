import { LiveStore } from '../src/watch/LiveStore';
import type { KubernetesObject } from '../src/ports/Clusters';
import { application } from './live/application';
import { report } from './live/report';

/**
 * Bytes of heap that the status index keeps of an Application, beside the whole object as an informer's cache keeps it.
 * Both get the same parsed objects, as large and as full as a real one with twenty resources.
 */
const APPLICATIONS = 5_000;
const RESOURCES = 20;

function heap(): number {
  for (let i = 0; i < 4; i += 1) globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** Heap that is still held after `fill`, per Application. */
function held(fill: () => unknown): number {
  const before = heap();
  const kept = fill();
  const after = heap();
  // Read afterwards, so that nothing of it is collected before it is measured.
  if (kept === undefined) throw new Error('Nothing was kept.');
  return (after - before) / APPLICATIONS;
}

const other = held(() => {
  const cache = new Map<string, KubernetesObject>();
  for (let i = 0; i < APPLICATIONS; i += 1)
    cache.set(String(i), application(i, RESOURCES));
  return cache;
});
const ours = held(() => {
  const store = new LiveStore(() => 'eu');
  for (let i = 0; i < APPLICATIONS; i += 1)
    store.upsert('eu', application(i, RESOURCES));
  return store;
});
report({
  name: 'index-memory',
  what: `heap that ${APPLICATIONS} Applications of ${JSON.stringify(application(1, RESOURCES)).length} bytes of JSON keep; the other is an informer's cache`,
  ours: Math.round(ours),
  other: Math.round(other),
  ratio: Number((ours / other).toFixed(3)),
  unit: 'bytes an Application',
  goal: '≤ 0.25',
});
