import type { ConfiguredCluster } from '../../../kubernetes';
import { HttpTransport } from '../../../kubernetes/HttpTransport';
import type { KubernetesObject } from '../../../ports/Clusters';

/** Where the kinds of the tests are. */
const PATHS: Record<string, string> = {
  Deployment: 'apis/apps/v1/namespaces/NS/deployments',
  StatefulSet: 'apis/apps/v1/namespaces/NS/statefulsets',
  Ingress: 'apis/networking.k8s.io/v1/namespaces/NS/ingresses',
  PodDisruptionBudget: 'apis/policy/v1/namespaces/NS/poddisruptionbudgets',
  CronJob: 'apis/batch/v1/namespaces/NS/cronjobs',
  HorizontalPodAutoscaler:
    'apis/autoscaling/v2/namespaces/NS/horizontalpodautoscalers',
  PersistentVolumeClaim: 'api/v1/namespaces/NS/persistentvolumeclaims',
  Service: 'api/v1/namespaces/NS/services',
  NetworkPolicy: 'apis/networking.k8s.io/v1/namespaces/NS/networkpolicies',
  LimitRange: 'api/v1/namespaces/NS/limitranges',
  Secret: 'api/v1/namespaces/NS/secrets',
  Namespace: 'api/v1/namespaces',
};

/** Somebody at a terminal: writes with the field manager of their tool, past Git and past Slipway. */
export class Hand {
  private readonly transport: HttpTransport;

  constructor({ info, connection }: ConfiguredCluster) {
    this.transport = HttpTransport.create({ cluster: info.name, connection });
  }

  /** A patch as `kubectl edit` makes it: strategic where it may be, so that items of lists are found by name. */
  async patch(
    ref: { kind: string; namespace?: string; name: string },
    manager: string,
    body: unknown,
    options: { type?: 'merge' | 'json' | 'strategic' } = {},
  ): Promise<void> {
    const media = {
      merge: 'application/merge-patch+json',
      json: 'application/json-patch+json',
      strategic: 'application/strategic-merge-patch+json',
    }[options.type ?? 'strategic'];
    await this.send('PATCH', ref, manager, body, media);
  }

  /** Server-side apply, as another controller does it. */
  async apply(object: KubernetesObject, manager: string): Promise<void> {
    const { name, namespace } = object.metadata;
    await this.send(
      'PATCH',
      { kind: object.kind, name, namespace },
      manager,
      object,
      'application/apply-patch+yaml',
    );
  }

  /** As `kubectl create`. */
  async create(object: KubernetesObject): Promise<void> {
    const folder = PATHS[object.kind].replace(
      'NS',
      object.metadata.namespace ?? '',
    );
    const response = await this.transport.request({
      method: 'POST',
      path: `/${folder}`,
      query: { fieldManager: 'kubectl-create' },
      body: object,
    });
    if (response.status >= 300)
      throw new Error(`POST /${folder}: ${response.text}`);
  }

  async delete(ref: {
    kind: string;
    namespace?: string;
    name: string;
  }): Promise<void> {
    await this.send('DELETE', ref, 'kubectl', {}, 'application/json');
  }

  close(): void {
    this.transport.close();
  }

  private async send(
    method: 'PATCH' | 'DELETE',
    ref: { kind: string; namespace?: string; name: string },
    manager: string,
    body: unknown,
    contentType: string,
  ): Promise<void> {
    const folder = PATHS[ref.kind].replace('NS', ref.namespace ?? '');
    const path = `/${folder}/${ref.name}`;
    const response = await this.transport.request({
      method,
      path,
      query:
        method === 'PATCH'
          ? {
              fieldManager: manager,
              ...(contentType.includes('apply') && { force: true }),
            }
          : {},
      contentType,
      body,
    });
    if (response.status >= 300)
      throw new Error(`${method} ${path}: ${response.text}`);
  }
}
