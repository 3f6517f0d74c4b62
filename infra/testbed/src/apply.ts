import { TestbedError } from './errors.ts';
import type { KubeClient } from './kubeClient.ts';
import type { KubeObject } from './manifests.ts';
import { waitFor } from './wait.ts';

const FIELD_MANAGER = 'slipway-testbed';
const ESTABLISHED_TIMEOUT_MS = 120_000;

/**
 * Applies objects by server-side apply: namespaces first, then CRDs until the
 * API server serves them, then the rest.
 */
export async function applyObjects(
  client: KubeClient,
  objects: KubeObject[],
): Promise<void> {
  const rank = (object: KubeObject) =>
    ['Namespace', 'CustomResourceDefinition'].indexOf(object.kind);
  const crds = objects.filter(object => rank(object) === 1);

  for (const object of objects.filter(candidate => rank(candidate) === 0)) {
    await applyObject(client, object);
  }
  for (const crd of crds) await applyObject(client, crd);
  await Promise.all(crds.map(crd => waitUntilEstablished(client, crd)));
  for (const object of objects.filter(candidate => rank(candidate) === -1)) {
    await applyObject(client, object);
  }
}

async function applyObject(
  client: KubeClient,
  object: KubeObject,
): Promise<void> {
  const path = await resourcePath(client, object);
  await client.json(
    'PATCH',
    `${path}?fieldManager=${FIELD_MANAGER}&force=true`,
    {
      // JSON is YAML; the API server knows server-side apply by this type alone.
      contentType: 'application/apply-patch+yaml',
      content: object,
    },
  );
}

/** Asks the API server under which path it serves a kind. */
async function resourcePath(
  client: KubeClient,
  object: KubeObject,
): Promise<string> {
  const base = object.apiVersion.includes('/')
    ? `/apis/${object.apiVersion}`
    : `/api/${object.apiVersion}`;
  const list = await client.json<{
    resources: { name: string; kind: string; namespaced: boolean }[];
  }>('GET', base);
  const resource = list.resources.find(
    candidate =>
      candidate.kind === object.kind && !candidate.name.includes('/'),
  );
  if (!resource) {
    throw new TestbedError(
      `The API server serves no ${object.kind} in ${object.apiVersion}: apply its CRD first.`,
    );
  }
  const scope = resource.namespaced
    ? `/namespaces/${object.metadata.namespace ?? 'default'}`
    : '';
  return `${base}${scope}/${resource.name}/${encodeURIComponent(object.metadata.name)}`;
}

async function waitUntilEstablished(
  client: KubeClient,
  crd: KubeObject,
): Promise<void> {
  await waitFor(
    `The established CRD ${crd.metadata.name}`,
    async () => {
      const live = await client.json<{
        status?: { conditions?: { type: string; status: string }[] };
      }>(
        'GET',
        `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${crd.metadata.name}`,
      );
      return live.status?.conditions?.some(
        condition =>
          condition.type === 'Established' && condition.status === 'True',
      );
    },
    { timeoutMs: ESTABLISHED_TIMEOUT_MS },
  );
}
