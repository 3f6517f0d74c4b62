export {
  endTestbed,
  startTestbed,
  type Testbed,
  type TestbedOptions,
} from './testbed.ts';
export type { TestbedCluster } from './cluster.ts';
export type { TestbedArgoCD } from './addons/argocd/index.ts';
export {
  startGitServer,
  type GitFault,
  type GitServer,
  type GitServerOptions,
} from './gitServer/server.ts';
export {
  startGitea,
  type Gitea,
  type GiteaOptions,
  type GiteaUser,
} from './gitea/server.ts';
export { yq } from './yq.ts';
export { TestbedError } from './errors.ts';
