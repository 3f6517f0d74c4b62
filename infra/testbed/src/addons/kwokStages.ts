import type { KubeObject } from '../manifests.ts';

/** An image with this tag was never pushed: it isn't pulled, as nothing is, but its Pod says that it can't be. */
const MISSING = ':missing';

/** True for a Pod that has such an image. */
const HAS_MISSING_IMAGE = `.spec.containers.[].image | select( contains("${MISSING}") )`;

const stage = (name: string, spec: object): KubeObject => ({
  apiVersion: 'kwok.x-k8s.io/v1alpha1',
  kind: 'Stage',
  metadata: { name },
  spec,
});

/** Keeps the Pods out of one of kwok's own stages that {@link imageMissing} takes. */
export function withoutMissingImages(original: KubeObject): KubeObject {
  const spec = original.spec as {
    selector: { matchExpressions: object[] };
  };
  return {
    ...original,
    spec: {
      ...spec,
      selector: {
        ...spec.selector,
        matchExpressions: [
          ...spec.selector.matchExpressions,
          { key: HAS_MISSING_IMAGE, operator: 'DoesNotExist' },
        ],
      },
    },
  };
}

/** What a kubelet tells of an image that no registry has. */
export const imageMissing = stage('image-missing', {
  resourceRef: { apiGroup: 'v1', kind: 'Pod' },
  selector: {
    matchExpressions: [
      { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' },
      { key: '.status.phase', operator: 'In', values: ['Pending'] },
      { key: '.status.containerStatuses', operator: 'DoesNotExist' },
      { key: HAS_MISSING_IMAGE, operator: 'Exists' },
    ],
  },
  next: {
    statusTemplate: `
{{ $now := Now }}
phase: Pending
conditions:
- lastTransitionTime: {{ $now | Quote }}
  status: "True"
  type: Initialized
- lastTransitionTime: {{ $now | Quote }}
  status: "False"
  type: Ready
  reason: ContainersNotReady
- lastTransitionTime: {{ $now | Quote }}
  status: "False"
  type: ContainersReady
  reason: ContainersNotReady
containerStatuses:
{{ range .spec.containers }}
- image: {{ .image | Quote }}
  imageID: ""
  name: {{ .name | Quote }}
  ready: false
  started: false
  restartCount: 0
  state:
    waiting:
      reason: ImagePullBackOff
      message: {{ printf "Back-off pulling image %q: not found" .image | Quote }}
{{ end }}
startTime: {{ $now | Quote }}
`,
  },
});

/** What the controller of an Ingress does first: it says where it listens. No traffic flows. */
export const ingressAddress = stage('ingress-address', {
  resourceRef: { apiGroup: 'networking.k8s.io/v1', kind: 'Ingress' },
  selector: {
    matchExpressions: [
      { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' },
      { key: '.status.loadBalancer.ingress', operator: 'DoesNotExist' },
    ],
  },
  next: {
    statusTemplate: `
loadBalancer:
  ingress:
  - ip: 192.0.2.1
`,
  },
});
