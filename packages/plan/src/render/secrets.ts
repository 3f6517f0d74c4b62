import {
  type NormalizedWorkload,
  type SecretReference,
} from '@slipway/plugin-slipway-common';
import type { ISecret } from 'kubernetes-models/v1';
import { sortBy } from '../canonical';
import {
  componentLabels,
  derived,
  draft,
  type Draft,
  type RenderContext,
} from '../context';
import { secretsName } from '../names';
import { servedAs } from '../routeChoice';
import type { IExternalSecret } from './customKinds';

/** How soon a rotated secret reaches the cluster. */
const REFRESH_INTERVAL = '5m';

const BY_REFERENCE = 'A secret is written by reference; change the reference.';

/** A secret that a Secret of the environment shall carry. @internal */
export interface SecretEntry {
  key: string;
  from: SecretReference;
  specPath: string;
}

/** The Secret of a workload's own secrets. @internal */
export function renderWorkloadSecrets(
  context: RenderContext,
  workload: NormalizedWorkload,
): Draft[] {
  const entries = workload.secrets.map(({ name, from }) => ({
    key: name,
    from,
    specPath: context.paths.workload(workload.name, `secrets[${name}].from`),
  }));
  return renderSecretEntries(context, {
    name: secretsName(workload.name),
    labels: componentLabels(context, { workload: workload.name }),
    entries,
    source: `workloads[${workload.name}].secrets`,
    workload: workload.name,
  });
}

/**
 * A Secret that is filled by reference: an ExternalSecret, or placeholders of
 * the Argo CD Vault Plugin where the cluster has that instead. Values are
 * never rendered.
 *
 * @internal
 */
export function renderSecretEntries(
  context: RenderContext,
  secret: {
    name: string;
    labels: Record<string, string>;
    annotations?: Record<string, string>;
    entries: SecretEntry[];
    source: string;
    workload?: string;
  },
): Draft[] {
  const entries = sortBy(secret.entries, ({ key }) => key);
  if (entries.length === 0) {
    return [];
  }
  const { cluster } = context.input;
  const about = {
    summary: `${entries.length} ${entries.length === 1 ? 'secret' : 'secrets'} by reference`,
    source: { specPath: secret.source },
    workload: secret.workload,
  };
  const metadata = {
    name: secret.name,
    namespace: context.namespace,
    labels: secret.labels,
    annotations: secret.annotations,
  };
  const apiVersion = servedAs(
    cluster,
    'external-secrets.io',
    ['v1', 'v1beta1'],
    'ExternalSecret',
  );
  if (!apiVersion && usesVaultPlugin(context)) {
    return [
      draft<ISecret>(
        context,
        'workload',
        {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata,
          type: 'Opaque',
          stringData: Object.fromEntries(
            entries.flatMap(({ key, from: reference, specPath }) => {
              const placeholder = placeholderOf(context, reference, specPath);
              return placeholder
                ? [[key, derived<string>(specPath, placeholder, BY_REFERENCE)]]
                : [];
            }),
          ),
        },
        about,
      ),
    ];
  }
  if (!apiVersion) {
    context.findings.push({
      rule: 'secrets',
      result: 'deny',
      message: `${secret.name} is kept outside the cluster, but cluster ${cluster.name} has nothing that could fetch it.`,
      fix: 'Install External Secrets on the cluster, or the Argo CD Vault Plugin.',
      specPath: secret.source,
    });
    return [];
  }
  return [
    draft<IExternalSecret>(
      context,
      'workload',
      {
        apiVersion,
        kind: 'ExternalSecret',
        metadata,
        spec: {
          refreshInterval: REFRESH_INTERVAL,
          target: { name: secret.name, creationPolicy: 'Owner' },
          data: entries.map(({ key, from: reference, specPath }) =>
            derived<IExternalSecret['spec']['data'][number]>(
              specPath,
              {
                secretKey: key,
                ...remoteReference(context, reference, specPath),
              },
              BY_REFERENCE,
            ),
          ),
        },
      },
      about,
    ),
  ];
}

/** Whether Argo CD fills in secrets while it renders. @internal */
export function usesVaultPlugin(context: RenderContext): boolean {
  const { cluster, organization } = context.input;
  return (
    cluster.argocd.vaultPlugin !== undefined &&
    organization.spec.secretStore.provider === 'vault' &&
    !servedAs(
      cluster,
      'external-secrets.io',
      ['v1', 'v1beta1'],
      'ExternalSecret',
    )
  );
}

function remoteReference(
  context: RenderContext,
  reference: SecretReference,
  specPath: string,
): Pick<IExternalSecret['spec']['data'][number], 'remoteRef' | 'sourceRef'> {
  const vault = vaultReference(context, reference);
  if (
    vault &&
    context.input.organization.spec.secretStore.provider !== 'vault'
  ) {
    context.findings.push({
      rule: 'secrets',
      result: 'deny',
      message: `${specPath} names a Vault path, but organization ${context.organization} keeps its secrets in Kubernetes.`,
      fix: 'Write store and key instead of vault.',
      specPath,
    });
  }
  return {
    remoteRef: vault
      ? { key: vault.path, property: vault.key }
      : { key: reference.key ?? '', property: reference.property },
    sourceRef: {
      storeRef: {
        name: reference.store ?? `org-${context.organization}`,
        kind: 'ClusterSecretStore',
      },
    },
  };
}

function placeholderOf(
  context: RenderContext,
  reference: SecretReference,
  specPath: string,
): string | undefined {
  const vault = vaultReference(context, reference);
  if (!vault) {
    context.findings.push({
      rule: 'secrets',
      result: 'deny',
      message: `${specPath} names a store of External Secrets, but cluster ${context.input.cluster.name} has the Argo CD Vault Plugin only.`,
      fix: 'Write vault with path and key instead of store.',
      specPath,
    });
    return undefined;
  }
  return `<path:${vault.path}#${vault.key}>`;
}

/** Path and key in Vault; paths of a spec are below the organization's. */
function vaultReference(
  context: RenderContext,
  reference: SecretReference,
): { path: string; key: string } | undefined {
  if (reference.vault === undefined) {
    return undefined;
  }
  const { path: root } = context.input.organization.spec.secretStore;
  const hash = reference.vault.lastIndexOf('#');
  const path = reference.vault.slice(0, hash);
  return {
    path: root === undefined || root === '.' ? path : `${root}/${path}`,
    key: reference.vault.slice(hash + 1),
  };
}
