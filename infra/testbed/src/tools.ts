import { LOOPBACK } from './ports.ts';

/** A Go module whose programs the testbed builds. */
export interface ToolModule {
  /** Folder under `tools/`. */
  module: string;
  /** File name of each program, and the package that it is built from. */
  binaries: Record<string, string>;
  /** Values that the linker sets: without them the programs call themselves v0.0.0. */
  linkerVariables: Record<string, string>;
  /** Source of a dependency that is built differently, where no flag of its program would do. */
  edits?: SourceEdit[];
}

/** One text in a file of a fetched Go module, in place of another. What was fetched stays as it is. */
export interface SourceEdit {
  goModule: string;
  file: string;
  from: string;
  to: string;
}

/** Must be the version in `tools/kubernetes/go.mod`; a test compares them. */
export const KUBERNETES_VERSION = 'v1.36.1';

/** Must be the version in `tools/argocd/go.mod`; a test compares them. */
export const ARGOCD_VERSION = 'v3.5.7';

const [major, minor] = KUBERNETES_VERSION.slice(1).split('.');

/** The programs of a control plane. */
export const TOOL_MODULES: ToolModule[] = [
  {
    module: 'etcd',
    binaries: { etcd: 'go.etcd.io/etcd/server/v3' },
    linkerVariables: {},
  },
  {
    module: 'kubernetes',
    binaries: {
      'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
      'kube-controller-manager':
        'k8s.io/kubernetes/cmd/kube-controller-manager',
      'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
      kubectl: 'k8s.io/kubernetes/cmd/kubectl',
    },
    linkerVariables: {
      'k8s.io/component-base/version.gitVersion': KUBERNETES_VERSION,
      'k8s.io/component-base/version.gitMajor': major,
      'k8s.io/component-base/version.gitMinor': minor,
    },
  },
];

/** Programs of what `--with` can run in a cluster; built when they are asked for. */
export const ADDON_MODULES: ToolModule[] = [
  {
    module: 'kwok',
    binaries: { kwok: 'sigs.k8s.io/kwok/cmd/kwok' },
    linkerVariables: {},
  },
  {
    module: 'tekton',
    binaries: {
      'tekton-controller': 'github.com/tektoncd/pipeline/cmd/controller',
    },
    linkerVariables: {},
  },
  {
    module: 'argo-workflows',
    binaries: {
      'workflow-controller':
        'github.com/argoproj/argo-workflows/v3/cmd/workflow-controller',
    },
    linkerVariables: {},
  },
  {
    module: 'argocd',
    binaries: { argocd: 'github.com/argoproj/argo-cd/v3/cmd' },
    linkerVariables: {
      'github.com/argoproj/argo-cd/v3/common.version': ARGOCD_VERSION.slice(1),
    },
    edits: [
      {
        goModule: 'github.com/argoproj/argo-cd/v3',
        file: 'controller/appcontroller.go',
        from: '"0.0.0.0:%d"',
        to: `"${LOOPBACK}:%d"`,
      },
    ],
  },
  {
    module: 'redis',
    binaries: { redis: 'slipway.dev/testbed/tools/redis' },
    linkerVariables: {},
  },
];

/** What the chart's script for CI edits values with. */
export const YQ_MODULE: ToolModule = {
  module: 'yq',
  binaries: { yq: 'github.com/mikefarah/yq/v4' },
  linkerVariables: {},
};

/** Programs without which no cluster starts. */
export const REQUIRED_BINARIES = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
];

/** Files of a fetched Go module that are manifests. */
export interface ManifestBundle {
  /** Folder under `tools/`. */
  name: string;
  /** Go module, and the files in it: a folder, or the files in a folder by prefix. */
  sources: { goModule: string; folder: string; prefix?: string }[];
}

/** Files of a fetched Go module that are CRDs; its name is the one for `--with`. */
export interface CrdBundle extends ManifestBundle {
  /**
   * A CRD that converts between versions calls its controller's webhook. The
   * webhook is not part of this bundle, and without it every read would fail.
   */
  withoutConversion: boolean;
}

/** What `--with` can install. */
export const CRD_BUNDLES: CrdBundle[] = [
  {
    name: 'argocd-crds',
    sources: [
      { goModule: 'github.com/argoproj/argo-cd/v3', folder: 'manifests/crds' },
    ],
    withoutConversion: false,
  },
  {
    name: 'tekton-crds',
    sources: [
      { goModule: 'github.com/tektoncd/pipeline', folder: 'config/300-crds' },
      {
        goModule: 'github.com/tektoncd/triggers',
        folder: 'config',
        prefix: '300-',
      },
    ],
    withoutConversion: true,
  },
];
