export { collectPlatformFiles, type FileChange } from './platformFiles';
export { collectSkeleton } from './skeletonFiles';
export {
  readWorkspaceFile,
  writeWorkspaceFile,
  type WorkspaceFile,
} from './workspaceFile';
